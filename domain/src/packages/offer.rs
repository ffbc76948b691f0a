//! Offering a package: priced and dated, but nothing is granted before the customer accepts.

use chrono::NaiveDate;

use super::{Order, Package, Sale, Stage, Status};
use crate::calendar::{End, Validity, check_last_day};
use crate::journal::{Fact, Posting, fold};
use crate::{Context, Decision, EntryKey, Instant, PackageId, Put, Refusal};

/// Offers the customer what is ordered as the package `id`; it can be accepted through the day
/// `until`, or at any time. What ends on a fixed day cannot be accepted after it either.
///
/// # Errors
/// In this order: [`Refusal::SettingsMissing`], [`Refusal::CustomerNotFound`]; for a template
/// [`Refusal::TemplateNotFound`], [`Refusal::TemplateArchived`] and, for a price that does not fit it,
/// [`Refusal::PackageTerms`]; for other terms those of [`crate::catalog::TemplateDraft::terms`]; then
/// [`Refusal::DayOutOfRange`] for `expires_on`, [`Refusal::ValidityOutOfRange`],
/// [`Refusal::EndsInPast`], [`Refusal::DayOutOfRange`] for `offer.until`.
pub fn offer(
    sale: &Sale,
    order: &Order,
    until: Option<NaiveDate>,
    id: PackageId,
    context: &Context,
) -> Result<Decision, Refusal> {
    let mut agreed = order.agreed(sale)?;
    if let (Some(price), Some(_)) = (order.price, agreed.template) {
        agreed.terms = agreed.terms.at_price(price)?;
    }
    let zone = agreed.settings.time_zone();
    let mut package = agreed.package(id, context)?;
    if let Some(day) = until {
        check_last_day(day, "offer.until", context.now, zone)?;
    }
    let standing = &mut package.standing;
    standing.stage = Stage::Offered;
    match package.terms.validity {
        // Counted from the acceptance.
        Some(Validity::FromSale(_) | Validity::FromFirstUse(_)) if !standing.end_is_set => {
            standing.end_at(None);
        }
        Some(Validity::Until(_) | Validity::FromSale(_) | Validity::FromFirstUse(_)) | None => {}
    }
    let until = match until {
        Some(day) => Some(End::after(day, 0, zone)?.expires_at),
        None => None,
    };
    standing.offered_until = [until, standing.ends_at].into_iter().flatten().min();
    let posting = Posting::new(std::slice::from_ref(&package), context.now);
    let customer = package.customer;
    let fact = Fact::PackageOffered(package);
    let mut decision = posting.record(EntryKey::Sale(id), customer, fact, context);
    let offered = fold(id, [&decision.entry])?.ok_or(Refusal::PackageNotFound)?;
    decision.puts = vec![Put::Package(offered)];
    Ok(decision)
}

impl Package {
    /// # Errors
    /// In this order: [`Refusal::NotAnOffer`] for what was sold at once, [`Refusal::OfferAnswered`],
    /// [`Refusal::OfferLapsed`].
    pub(super) fn must_be_open_offer(&self, now: Instant) -> Result<(), Refusal> {
        match (self.standing.stage, self.standing.accepted_at) {
            (Stage::Declined, _) | (_, Some(_)) => Err(Refusal::OfferAnswered),
            (Stage::Offered, None) if self.status(now) == Status::Expired => {
                Err(Refusal::OfferLapsed)
            }
            (Stage::Offered, None) => Ok(()),
            (
                Stage::Pending
                | Stage::Active
                | Stage::Voided
                | Stage::Refunded
                | Stage::Transferred,
                None,
            ) => Err(Refusal::NotAnOffer),
        }
    }
}
