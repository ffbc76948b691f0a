//! Paying for an appointment that is booked already.

use super::book::lines;
use super::booking::{Booking, PayWith};
use super::choose::choose;
use super::draw::{ServiceLine, draw, wanted};
use crate::journal::{Fact, Posting};
use crate::packages::{Account, Package};
use crate::{Context, Decision, Refusal};

/// Pays with packages for what is due of a booking that is still to come, at the prices agreed: all of
/// it, or with `allow_partial` as much as can be. What was paid before stays. A booking whose units
/// leave at completion is agreed to be paid then, and nothing is held.
///
/// # Errors
/// In this order: [`Refusal::BookingResolved`], [`Refusal::BookingPaid`],
/// [`Refusal::PackageNotFound`] for one that was named, then those of [`super::Choice::all_paid`];
/// with `allow_partial` these only where nothing at all can be paid.
pub fn pay(
    booking: &Booking,
    packages: &[Package],
    pay_with: &PayWith,
    allow_partial: bool,
    context: &Context,
) -> Result<Decision, Refusal> {
    booking.must_be_open()?;
    let due: Vec<ServiceLine> = booking.due().cloned().collect();
    if due.is_empty() {
        return Err(Refusal::BookingPaid);
    }
    pay_with.must_exist(packages)?;
    let (terms, slot) = (&booking.terms, booking.terms.slot());
    let wanted = wanted(&due);
    let choice = choose(booking.customer, packages, &wanted, pay_with, slot);
    let nothing = choice.paid_by.iter().all(Option::is_none);
    if !allow_partial || nothing {
        choice.all_paid(&wanted)?;
    }
    let mut posting = Posting::new(packages, context.now);
    let mut services = terms.services.clone();
    if terms.holds() {
        let paid = lines(&wanted, &choice);
        posting.moves(&draw(&paid, packages, Account::Held, slot)?)?;
        let unpaid = services.iter_mut().filter(|line| line.paid_by.is_none());
        for (line, paid) in unpaid.zip(paid) {
            *line = paid;
        }
    }
    let fact = Fact::Paid {
        booking: terms.booking.clone(),
        services,
        pay_with: terms.pay_with.or(pay_with),
        allow_partial: terms.allow_partial || allow_partial,
    };
    Ok(posting.record(booking.next_step(), booking.customer, fact, context))
}
