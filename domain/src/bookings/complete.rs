//! Completing an appointment. That it took place is a fact, so what no package covers is due
//! rather than refused.

use super::book::{Appointment, Holdings, lines};
use super::booking::{Booking, BookingTerms, DeductAt};
use super::choose::choose;
use super::draw::{ServiceLine, draw, wanted};
use crate::calendar::{Slot, check_walk_in};
use crate::journal::{Fact, Posting};
use crate::packages::{Account, Package, stood_at};
use crate::{Context, Decision, EntryKey, Instant, Refusal};

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
    completed(booking, packages, context.now, context)
}

/// The completion, as it was at that instant.
pub(super) fn completed(
    booking: &Booking,
    packages: &[Package],
    at: Instant,
    context: &Context,
) -> Result<Decision, Refusal> {
    let terms = &booking.terms;
    let (services, moves) = match terms.policies.deduct_at {
        DeductAt::Booking => (
            terms.services.clone(),
            booking.resolve_holds(Account::Captured),
        ),
        DeductAt::Completion => {
            let services = settle(booking, packages, (at, context.now));
            let moves = draw(&services, packages, Account::Captured, terms.slot())?;
            (services, moves)
        }
    };
    let fact = Fact::Completed {
        booking: terms.booking.clone(),
        services,
    };
    let mut posting = Posting::new(packages, context.now);
    posting.moves(&moves)?;
    Ok(posting.record(booking.next_step(), booking.customer, fact, context))
}

/// What paid then for a booking that holds nothing, at the prices agreed when it was made.
pub(super) fn settle(
    booking: &Booking,
    packages: &[Package],
    (at, now): (Instant, Instant),
) -> Vec<ServiceLine> {
    let (customer, terms) = (booking.customer, &booking.terms);
    let wanted = wanted(&terms.services);
    let packages = stood_at(packages, at, now);
    let choice = choose(customer, &packages, &wanted, &terms.pay_with, terms.slot());
    lines(&wanted, &choice)
}

/// Records an appointment that was never booked and has taken place: one entry is both its booking
/// and its completion, and takes the booking id for good.
///
/// # Errors
/// In this order: [`Refusal::SettingsMissing`], [`Refusal::CustomerNotFound`], [`Refusal::CustomerErased`],
/// [`Refusal::StartsInFuture`], [`Refusal::StartsTooFar`], [`Refusal::ServiceNotFound`] (an archived
/// service was still performed), [`Refusal::PackageNotFound`].
pub fn complete_walk_in(
    holdings: &Holdings,
    appointment: &Appointment,
    context: &Context,
) -> Result<Decision, Refusal> {
    let settings = holdings.settings()?;
    let customer = holdings.customer()?;
    let slot = Slot {
        starts_at: appointment.starts_at,
        zone: settings.time_zone(),
    };
    check_walk_in(slot.starts_at, context.now, slot.zone)?;
    let wanted = holdings.priced(&appointment.services)?;
    let (pay_with, _) = appointment.payment(settings);
    holdings.packages_exist(&pay_with)?;
    let packages = &holdings.packages;
    let choice = choose(customer, packages, &wanted, &pay_with, slot);
    let services = lines(&wanted, &choice);
    let mut posting = Posting::new(packages, context.now);
    posting.moves(&draw(&services, packages, Account::Captured, slot)?)?;
    let terms = BookingTerms {
        booking: appointment.booking.clone(),
        starts_at: appointment.starts_at,
        services,
        pay_with,
        allow_partial: true,
        policies: settings.policies,
    };
    let key = EntryKey::Booking(appointment.booking.clone());
    Ok(posting.record(key, customer, Fact::WalkInCompleted(terms), context))
}
