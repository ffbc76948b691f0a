//! Calling an appointment off.

use super::booking::{Booking, Penalty};
use super::penalty::penalise;
use crate::journal::{Fact, Posting};
use crate::packages::Package;
use crate::{Context, Decision, Instant, Refusal, Role};

/// Cancels a booking. In time, every unit it holds returns to the pool it came from; late, the policy
/// it was made under decides, unless the business waives it. What has begun is no longer the customer's to
/// call off: the business records whether they came.
///
/// # Errors
/// In this order: [`Refusal::BookingResolved`], [`Refusal::CancelLate`].
pub fn cancel(
    booking: &Booking,
    packages: &[Package],
    waive: bool,
    context: &Context,
) -> Result<Decision, Refusal> {
    booking.must_be_open()?;
    if context.actor.role == Role::Customer && booking.terms.starts_at <= context.now {
        return Err(Refusal::CancelLate);
    }
    let penalty = match waive {
        true => Penalty::Release,
        false => booking.penalty_at(context.now),
    };
    cancelled(booking, packages, (penalty, context.now), context)
}

/// The cancellation, as it was at that instant.
pub(super) fn cancelled(
    booking: &Booking,
    packages: &[Package],
    (penalty, at): (Penalty, Instant),
    context: &Context,
) -> Result<Decision, Refusal> {
    let mut posting = Posting::new(packages, context.now);
    let taken = penalise(&mut posting, booking, penalty, at)?;
    let lost = taken.iter().any(|line| line.paid_by.is_some());
    let fact = Fact::Cancelled {
        booking: booking.terms.booking.clone(),
        services: if lost { taken } else { Vec::new() },
    };
    Ok(posting.record(booking.next_step(), booking.customer, fact, context))
}
