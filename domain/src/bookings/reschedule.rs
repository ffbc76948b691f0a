//! Moving an appointment.

use super::book::lines;
use super::booking::{Booking, PayWith};
use super::choose::choose;
use super::draw::{Draw, ServiceLine, draw, wanted};
use super::eligible::can_pay;
use super::penalty::{give_back, penalise};
use crate::calendar::{Slot, check_appointment};
use crate::journal::{Fact, Move, Posting};
use crate::packages::{Account, Package};
use crate::{Context, Decision, Instant, Refusal, Role};

/// Moves a booking to `starts_at`, at the prices agreed when it was made. What it holds stays held
/// where it is while every package can pay for the new time; else everything is released and chosen
/// again as the booking was asked to be paid: all or nothing, unless the rest may be due. What has begun,
/// or would cost them something to call off now, customers do not move: they would move it and then call
/// it off for nothing.
///
/// # Errors
/// In this order: [`Refusal::BookingResolved`], [`Refusal::RescheduleLate`], [`Refusal::StartsInPast`],
/// [`Refusal::StartsTooFar`], then those of [`super::Choice::all_paid`].
pub fn reschedule(
    booking: &Booking,
    packages: &[Package],
    starts_at: Instant,
    context: &Context,
) -> Result<Decision, Refusal> {
    booking.must_be_open()?;
    if context.actor.role == Role::Customer {
        must_cost_nothing(booking, packages, context.now)?;
    }
    let terms = &booking.terms;
    let slot = Slot {
        starts_at,
        zone: terms.policies.time_zone,
    };
    check_appointment(starts_at, context.now, slot.zone)?;
    let mut posting = Posting::new(packages, context.now);
    let services = if !terms.holds() || terms.pay_with == PayWith::None {
        terms.services.clone()
    } else if let Some(held_on) = hold_on(booking, &posting, slot)? {
        posting = held_on;
        terms.services.clone()
    } else {
        let partial = terms.allow_partial;
        choose_again(booking, &mut posting, slot, (partial, context.now))?
    };
    let fact = Fact::Rescheduled {
        booking: terms.booking.clone(),
        starts_at,
        services,
    };
    Ok(posting.record(booking.next_step(), booking.customer, fact, context))
}

/// # Errors
/// [`Refusal::RescheduleLate`].
fn must_cost_nothing(booking: &Booking, packages: &[Package], now: Instant) -> Result<(), Refusal> {
    let penalty = booking.penalty_at(now);
    let lost = penalise(&mut Posting::new(packages, now), booking, penalty, now)?;
    let lost = lost.iter().filter_map(|line| line.paid_by);
    let begun = booking.terms.starts_at <= now;
    match begun || lost.map(|draw| draw.units).any(|units| units > 0) {
        true => Err(Refusal::RescheduleLate),
        false => Ok(()),
    }
}

/// Everything released and held again where it was, if it can be held there for the new time.
fn hold_on(booking: &Booking, posting: &Posting, slot: Slot) -> Result<Option<Posting>, Refusal> {
    let mut moved = posting.clone();
    moved.moves(&released(booking, posting)?)?;
    let services = &booking.terms.services;
    let draws: Vec<Draw> = services.iter().filter_map(|line| line.paid_by).collect();
    for (index, draw) in draws.iter().enumerate() {
        let package = moved.package(draw.package)?;
        let before = draws.iter().take(index);
        let drawn: Vec<Draw> = before
            .filter(|other| other.package == draw.package)
            .copied()
            .collect();
        if can_pay(booking.customer, package, *draw, &drawn, slot).is_err() {
            return Ok(None);
        }
    }
    let again = draw(services, moved.packages(), Account::Held, slot)?;
    moved.moves(&again)?;
    Ok(Some(moved))
}

fn released(booking: &Booking, posting: &Posting) -> Result<Vec<Move>, Refusal> {
    let free = |step: Move| {
        let pool = posting.package(step.package)?.pools.get(step.pool);
        let free = pool.ok_or(Refusal::PackageNotFound)?.free();
        Ok(Move { to: free, ..step })
    };
    let held = booking.resolve_holds(Account::Held).into_iter();
    held.map(free).collect()
}

/// Everything given back and chosen again for `slot`, as it was at that instant.
pub(super) fn choose_again(
    booking: &Booking,
    posting: &mut Posting,
    slot: Slot,
    (allow_partial, now): (bool, Instant),
) -> Result<Vec<ServiceLine>, Refusal> {
    let terms = &booking.terms;
    give_all_back(booking, posting, now)?;
    let wanted = wanted(&terms.services);
    let packages = posting.packages();
    let choice = choose(booking.customer, packages, &wanted, &terms.pay_with, slot);
    if !allow_partial {
        choice.all_paid(&wanted)?;
    }
    let services = lines(&wanted, &choice);
    let held = draw(&services, posting.packages(), Account::Held, slot)?;
    posting.moves(&held)?;
    Ok(services)
}

/// Everything given back that the booking holds.
pub(super) fn give_all_back(
    booking: &Booking,
    posting: &mut Posting,
    now: Instant,
) -> Result<(), Refusal> {
    for held in booking.resolve_holds(Account::Held) {
        give_back(posting, held, &booking.terms.policies, now)?;
    }
    Ok(())
}
