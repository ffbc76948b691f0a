//! What was agreed when a package was sold. A snapshot: editing a template never changes it.

use serde::{Deserialize, Serialize};

use super::Conditions;
use crate::calendar::Validity;
use crate::catalog::Kind;
use crate::{Colour, Money, Name};

/// The part of a package that never changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageTerms {
    /// What it is called.
    pub name: Name,
    /// Which kind it was sold as.
    pub kind: Kind,
    /// Its colour.
    pub colour: Colour,
    /// What it was sold for, tax included.
    pub price: Money,
    /// What its services would cost one by one, in the price's currency; none where that cannot be
    /// said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list_price_minor: Option<u64>,
    /// How long it is valid; none is for ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub validity: Option<Validity>,
    /// What else was agreed.
    #[serde(flatten)]
    pub conditions: Conditions,
    /// What has to be paid before it can be used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deposit: Option<Money>,
    /// How the rest is paid; none is at any time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<InstalmentPlan>,
}

impl PackageTerms {
    /// What its services would cost one by one; none where that cannot be said.
    pub fn list_price(&self) -> Option<Money> {
        let of_price = |minor| Money::total(self.price.currency(), minor);
        self.list_price_minor.map(of_price)
    }

    /// How much less it was sold for than its services one by one.
    pub fn discount(&self) -> Option<Money> {
        self.price.less_than(self.list_price()?)
    }
}

/// A plan to pay month by month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstalmentPlan {
    /// How many instalments, after the deposit if there is one.
    pub count: u8,
    /// The day of the month on which each is due, from 1 to 31; clamped to the month's last.
    pub monthly_day: u8,
    /// Whether they are collected from the customer's account under a mandate.
    #[serde(default, skip_serializing_if = "is_default")]
    pub direct_debit: bool,
}

pub(crate) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
