//! What a package was sold as: all that a report needs to know of it, and it never changes.

use chrono_tz::Tz;

use super::{Counted, Month, Seller};
use crate::calendar::day_of;
use crate::journal::Entry;
use crate::packages::Package;
use crate::{Currency, Instant, PackageId, TemplateId};

/// What a package was sold as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// What it was made from; none where it was put together for the customer.
    pub template: Option<TemplateId>,
    /// Who sold it, or offered it first.
    pub seller: Seller,
    /// When it was sold, or offered first.
    pub sold_at: Instant,
    /// The currency of its price.
    pub currency: Currency,
    /// Whether this business sold it: what was imported, or given by another customer, was not.
    pub sold: bool,
    /// Whether a quote of an opportunity sold it.
    pub quoted: bool,
    /// What each of its pools counts; none for visits without number.
    pub counted: Vec<Option<Counted>>,
}

impl Origin {
    /// The package that an entry brought into being, and its origin; none for other entries.
    pub fn of(entry: &Entry) -> Option<(PackageId, Self)> {
        let package: &Package = entry.fact.creates()?;
        let pools = package.pools.iter();
        let origin = Self {
            template: package.template,
            seller: Seller::of(&entry.actor),
            sold_at: package.sold_at,
            currency: package.terms.price.currency(),
            sold: entry.fact.sells(),
            // What went on to another customer was sold when it came to the first.
            quoted: package.opportunity.is_some() && package.origin.is_none(),
            counted: pools.map(|pool| Counted::of(pool.unit)).collect(),
        };
        Some((package.id, origin))
    }

    /// The month in which it was sold.
    pub(super) fn month(&self, zone: Tz) -> Month {
        Month::of(day_of(self.sold_at, zone))
    }
}
