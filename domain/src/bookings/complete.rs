//! Completing an appointment. That it took place is a fact, so what no package covers is due
//! rather than refused.

use super::book::{Holdings, agreed, lines};
use super::booking::{Booking, BookingTerms, DeductAt, PayWith, ServiceLine, draw, wanted};
use super::choose::choose;
use super::record::record;
use crate::calendar::check_walk_in;
use crate::journal::Fact;
use crate::packages::{Account, Package};
use crate::{BookingId, Context, Decision, EntryKey, Instant, Refusal, ServiceId};

/// Completes a booking: what is held is captured; with `deduct_at: completion` what can pay is
/// chosen and captured now.
///
/// # Errors
/// [`Refusal::BookingResolved`].
pub fn complete(
    booking: &Booking,
    packages: &[Package],
    context: &Context,
) -> Result<Decision, Refusal> {
    booking.must_be_open()?;
    let terms = &booking.terms;
    let (services, moves) = match terms.deduct_at {
        DeductAt::Booking => (
            terms.services.clone(),
            booking.resolve_holds(Account::Captured),
        ),
        DeductAt::Completion => {
            let services = settle(terms, packages);
            let moves = draw(&services, Account::Captured, terms.starts_at);
            (services, moves)
        }
    };
    let fact = Fact::Completed {
        booking: terms.booking.clone(),
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

/// What pays for a booking that holds nothing, at the prices agreed when it was made.
pub(super) fn settle(terms: &BookingTerms, packages: &[Package]) -> Vec<ServiceLine> {
    let wanted = wanted(&terms.services);
    lines(
        &wanted,
        &choose(packages, &wanted, &terms.pay_with, terms.starts_at),
    )
}

/// Records an appointment that was never booked and has taken place: one entry is both its booking
/// and its completion, and takes the booking id for good.
///
/// # Errors
/// In this order: [`Refusal::SettingsMissing`], [`Refusal::CustomerNotFound`],
/// [`Refusal::StartsInFuture`], [`Refusal::StartsTooFar`], [`Refusal::ServiceNotFound`] (an archived
/// service was still performed), [`Refusal::PackageNotFound`].
pub fn complete_walk_in(
    holdings: &Holdings,
    booking: BookingId,
    services: &[ServiceId],
    starts_at: Instant,
    pay_with: PayWith,
    context: &Context,
) -> Result<Decision, Refusal> {
    let settings = holdings.settings()?;
    let customer = holdings.customer()?;
    check_walk_in(starts_at, context.now, settings.time_zone)?;
    let wanted = holdings.priced(services)?;
    holdings.packages_exist(&pay_with)?;
    let services = lines(
        &wanted,
        &choose(&holdings.packages, &wanted, &pay_with, starts_at),
    );
    let moves = draw(&services, Account::Captured, starts_at);
    let terms = agreed(settings, &booking, starts_at, services, pay_with);
    let (key, fact) = (EntryKey::Booking(booking), Fact::WalkInCompleted(terms));
    record(key, customer, fact, &holdings.packages, &moves, context)
}
