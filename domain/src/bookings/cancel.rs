//! Calling an appointment off.

use chrono::TimeDelta;

use super::booking::{Booking, Penalty};
use super::penalty::penalise;
use crate::journal::{Fact, Posting};
use crate::packages::Package;
use crate::{Context, Decision, Instant, Refusal};

/// Cancels a booking. In time, every unit it holds returns to the pool it came from; late, the policy
/// it was made under decides, unless the business waives it.
///
/// # Errors
/// [`Refusal::BookingResolved`].
pub fn cancel(
    booking: &Booking,
    packages: &[Package],
    waive: bool,
    context: &Context,
) -> Result<Decision, Refusal> {
    booking.must_be_open()?;
    let policies = &booking.terms.policies;
    let penalty = match is_late(booking, context.now) && !waive {
        true => policies.late_cancel,
        false => Penalty::Release,
    };
    let mut posting = Posting::new(packages, context.now);
    let taken = penalise(&mut posting, booking, penalty, context.now)?;
    let lost = taken.iter().any(|line| line.paid_by.is_some());
    let fact = Fact::Cancelled {
        booking: booking.terms.booking.clone(),
        services: if lost { taken } else { Vec::new() },
    };
    Ok(posting.record(booking.next_step(), booking.customer, fact, context))
}

/// Whether it is too late to cancel for nothing.
fn is_late(booking: &Booking, now: Instant) -> bool {
    let window = TimeDelta::hours(booking.terms.policies.cancel_window_hours.into());
    booking
        .terms
        .starts_at
        .checked_sub_signed(window)
        .is_some_and(|from| from <= now)
}
