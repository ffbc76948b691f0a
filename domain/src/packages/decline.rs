//! Not wanting what was offered, or not paid for yet.

use super::{Package, Stage, VoidReason, changed, void};
use crate::journal::{PackageChange, Posting};
use crate::{Context, Decision, EntryKey, Refusal};

/// Declines an offer, for good. What was bought or accepted and waits for its first payment is withdrawn
/// from alike: it is voided.
///
/// # Errors
/// For what waits for its first payment those of [`void`]; for everything else, in this order:
/// [`Refusal::NotAnOffer`], [`Refusal::OfferAnswered`], [`Refusal::OfferLapsed`].
pub fn decline(package: &Package, key: EntryKey, context: &Context) -> Result<Decision, Refusal> {
    let standing = &package.standing;
    if standing.stage == Stage::Pending && standing.paid_minor == 0 {
        return void(package, VoidReason::Withdrawn, key, context);
    }
    package.must_be_open_offer(context.now)?;
    let mut posting = Posting::new(std::slice::from_ref(package), context.now);
    posting.stand(package.id, |standing| standing.stage = Stage::Declined)?;
    let change = PackageChange::Declined;
    Ok(changed(posting, package, key, change, context))
}
