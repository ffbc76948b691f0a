//! Calling an appointment off.

use super::booking::{Booking, Penalty};
use super::penalty::penalise;
use crate::journal::{Fact, Posting};
use crate::packages::Package;
use crate::{Context, Decision, Refusal};

/// Cancels a booking. In time, every unit it holds returns to the pool it came from; late, the policy
/// it was made under decides, unless the business waives it. A customer who calls off what has begun
/// already did not come: that is a no-show, whatever it is called.
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
    let penalty = match waive {
        true => Penalty::Release,
        false => booking.penalty_at(context),
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
