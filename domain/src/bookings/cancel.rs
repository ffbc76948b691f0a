//! Calling an appointment off.

use super::booking::Booking;
use super::record::record;
use crate::journal::Fact;
use crate::packages::{Account, Package};
use crate::{Context, Decision, Refusal};

/// Cancels a booking; every unit it holds returns to the pool it came from.
///
/// # Errors
/// [`Refusal::BookingResolved`].
pub fn cancel(
    booking: &Booking,
    packages: &[Package],
    context: &Context,
) -> Result<Decision, Refusal> {
    booking.must_be_open()?;
    let id = booking.terms.booking.clone();
    let moves = booking.resolve_holds(Account::Available);
    let fact = Fact::Cancelled { booking: id };
    record(
        booking.next_step(),
        booking.customer,
        fact,
        packages,
        &moves,
        context,
    )
}
