//! Declining an offer.

use super::{Package, Stage, changed};
use crate::journal::{PackageChange, Posting};
use crate::{Context, Decision, EntryKey, Refusal};

/// Declines an offer, for good.
///
/// # Errors
/// In this order: [`Refusal::NotAnOffer`], [`Refusal::OfferAnswered`], [`Refusal::OfferLapsed`].
pub fn decline(package: &Package, key: EntryKey, context: &Context) -> Result<Decision, Refusal> {
    package.must_be_open_offer(context.now)?;
    let mut posting = Posting::new(std::slice::from_ref(package), context.now);
    posting.stand(package.id, |standing| standing.stage = Stage::Declined)?;
    let change = PackageChange::Declined;
    Ok(changed(posting, package, key, change, context))
}
