//! Declining an offer.

use super::accept::open_offer;
use super::{Package, Stage};
use crate::journal::{Fact, PackageChange, Posting};
use crate::{Context, Decision, EntryKey, Refusal};

/// Declines an offer, for good.
///
/// # Errors
/// In this order: [`Refusal::NotAnOffer`], [`Refusal::OfferAnswered`], [`Refusal::OfferLapsed`].
pub fn decline(package: &Package, key: EntryKey, context: &Context) -> Result<Decision, Refusal> {
    open_offer(package, context.now)?;
    let mut posting = Posting::new(std::slice::from_ref(package), context.now);
    posting.stand(package.id, |standing| standing.stage = Stage::Declined)?;
    let fact = Fact::PackageChanged {
        package: package.id,
        change: PackageChange::Declined,
    };
    Ok(posting.record(key, package.customer, fact, context))
}
