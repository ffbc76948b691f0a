//! Moving an appointment.

use chrono_tz::Tz;

use super::book::lines;
use super::booking::{Booking, DeductAt, PayWith, draw, wanted};
use super::choose::choose;
use super::record::record;
use crate::calendar::check_appointment;
use crate::journal::{Fact, Move, fold_lines, post};
use crate::packages::{Account, Package};
use crate::{Context, Decision, Instant, Refusal};

/// Moves a booking to `starts_at`, at the prices agreed when it was made. What it holds stays held
/// where it is while every package is valid at the new time; else everything is released and chosen
/// again as the booking was asked to be paid, all or nothing.
///
/// # Errors
/// In this order: [`Refusal::BookingResolved`], [`Refusal::StartsInPast`],
/// [`Refusal::StartsTooFar`], then those of [`super::Choice::all_paid`].
pub fn reschedule(
    booking: &Booking,
    packages: &[Package],
    starts_at: Instant,
    zone: Tz,
    context: &Context,
) -> Result<Decision, Refusal> {
    booking.must_be_open()?;
    check_appointment(starts_at, context.now, zone)?;
    let terms = &booking.terms;
    let holds = terms.deduct_at == DeductAt::Booking && terms.pay_with != PayWith::None;
    let (services, moves) = if !holds {
        (terms.services.clone(), Vec::new())
    } else if stays_valid(booking, packages, starts_at) {
        (terms.services.clone(), hold_on(booking, starts_at))
    } else {
        let released = booking.resolve_holds(Account::Available);
        let wanted = wanted(&terms.services);
        let free = fold_lines(packages, &post(packages, &released)?)?;
        let choice = choose(&free, &wanted, &terms.pay_with, starts_at);
        choice.all_paid(&wanted)?;
        let services = lines(&wanted, &choice);
        let held = draw(&services, Account::Held, starts_at);
        (services, released.into_iter().chain(held).collect())
    };
    let fact = Fact::Rescheduled {
        booking: terms.booking.clone(),
        starts_at,
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

fn stays_valid(booking: &Booking, packages: &[Package], starts_at: Instant) -> bool {
    booking
        .terms
        .services
        .iter()
        .filter_map(|line| line.paid_by)
        .all(|draw| {
            packages
                .iter()
                .any(|package| package.id == draw.package && package.valid_at(starts_at))
        })
}

/// Keeps the holds for the new time. The units stay where they are, but the packages must be valid
/// then.
fn hold_on(booking: &Booking, starts_at: Instant) -> Vec<Move> {
    let keep = |step: Move| Move {
        valid_at: Some(starts_at),
        ..step
    };
    booking
        .resolve_holds(Account::Held)
        .into_iter()
        .map(keep)
        .collect()
}
