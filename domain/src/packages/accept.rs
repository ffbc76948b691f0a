//! Accepting an offer: from then on it is sold.

use super::sell::{first_stage, grants};
use super::{DirectDebit, Package, changed};
use crate::calendar::day_of;
use crate::journal::{PackageChange, Posting};
use crate::settings::Settings;
use crate::{Context, Decision, EntryKey, Refusal};

/// Accepts an offer: its units are granted, its validity begins to count, and it is active unless a
/// deposit is due. The template it was made from may be archived by then.
///
/// # Errors
/// In this order: [`Refusal::NotAnOffer`], [`Refusal::OfferAnswered`], [`Refusal::OfferLapsed`],
/// [`Refusal::ValidityOutOfRange`].
pub fn accept(
    package: &Package,
    settings: &Settings,
    key: EntryKey,
    context: &Context,
) -> Result<Decision, Refusal> {
    package.must_be_open_offer(context.now)?;
    let zone = settings.time_zone();
    let terms = &package.terms;
    let end = match terms.validity {
        Some(validity) => validity.end(
            day_of(context.now, zone),
            None,
            terms.conditions.grace_days,
            zone,
        )?,
        None => None,
    };
    let mut posting = Posting::new(std::slice::from_ref(package), context.now);
    posting.moves(&grants(package))?;
    posting.stand(package.id, |standing| {
        standing.stage = first_stage(terms.deposit);
        standing.accepted_at = Some(package.changes_at(context.now));
        if !standing.end_is_set {
            standing.end_at(end);
        }
    })?;
    let debit = DirectDebit::of(posting.package(package.id)?, zone);
    posting.stand(package.id, |standing| standing.debit = debit)?;
    let change = PackageChange::Accepted;
    Ok(changed(posting, package, key, change, context))
}
