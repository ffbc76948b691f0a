//! Recording that a customer did not come.

use super::booking::{Booking, DeductAt, NoShowPolicy, draw, unpaid};
use super::complete::settle;
use super::record::record;
use crate::journal::Fact;
use crate::packages::{Account, Package};
use crate::{Context, Decision, Refusal};

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
    let terms = &booking.terms;
    if context.now < terms.starts_at {
        return Err(Refusal::NoShowTooEarly);
    }
    let (services, moves) = match (terms.no_show, terms.deduct_at) {
        (NoShowPolicy::Release, _) => (
            unpaid(&terms.services),
            booking.resolve_holds(Account::Available),
        ),
        (NoShowPolicy::Forfeit, DeductAt::Booking) => (
            terms.services.clone(),
            booking.resolve_holds(Account::Forfeited),
        ),
        (NoShowPolicy::Forfeit, DeductAt::Completion) => {
            let services = settle(terms, packages);
            let moves = draw(&services, Account::Forfeited, terms.starts_at);
            (services, moves)
        }
    };
    let fact = Fact::NoShow {
        booking: terms.booking.clone(),
        policy: terms.no_show,
        services,
    };
    record(
        booking.next_step(),
        booking.customer,
        fact,
        packages,
        &moves,
        context,
    )
}
