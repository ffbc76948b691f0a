//! Recording that a customer did not come.

use super::booking::Booking;
use super::penalty::penalise;
use crate::journal::{Fact, Posting};
use crate::packages::Package;
use crate::{Context, Decision, Instant, Refusal};

/// Records a no-show under the policy the booking was made with: its units go back or are lost. A
/// booking that holds nothing yet because of `deduct_at: completion` loses what it would have drawn.
///
/// # Errors
/// In this order: [`Refusal::BookingResolved`], [`Refusal::NoShowTooEarly`].
pub fn no_show(
    booking: &Booking,
    packages: &[Package],
    context: &Context,
) -> Result<Decision, Refusal> {
    booking.must_be_open()?;
    missed(booking, packages, context.now, context)
}

/// The no-show, as it was at that instant.
///
/// # Errors
/// [`Refusal::NoShowTooEarly`].
pub(super) fn missed(
    booking: &Booking,
    packages: &[Package],
    at: Instant,
    context: &Context,
) -> Result<Decision, Refusal> {
    let terms = &booking.terms;
    if at < terms.starts_at {
        return Err(Refusal::NoShowTooEarly);
    }
    let policy = terms.policies.no_show;
    let mut posting = Posting::new(packages, context.now);
    let services = penalise(&mut posting, booking, policy, at)?;
    let fact = Fact::NoShow {
        booking: terms.booking.clone(),
        policy,
        services,
    };
    Ok(posting.record(booking.next_step(), booking.customer, fact, context))
}
