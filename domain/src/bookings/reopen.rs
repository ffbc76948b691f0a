//! Opening again what was called off or missed before it was known that something counts more.

use super::book::lines;
use super::booking::{Booking, BookingStatus, PayWith};
use super::choose::choose;
use super::draw::{ServiceLine, draw, unpaid, wanted};
use super::reschedule::give_all_back;
use super::reverse::{may_hold_again, put_back};
use crate::journal::{Entry, Fact, Posting};
use crate::packages::{Account, Package, stood_at};
use crate::{Context, Decision, Instant, Refusal};

/// Opens it again, with what could pay for it at `at`. What was taken for it is given back as it was taken,
/// and held; what had gone back is chosen again. What cannot be given back any more, of a package that is
/// closed or over by now, stays lost: a fact is not refused for it, and what it paid for is due.
///
/// # Errors
/// [`Refusal::HoldMissing`] where packages were read at another moment than the booking.
pub(super) fn reopen(
    booking: &Booking,
    entries: &[Entry],
    packages: &[Package],
    at: Instant,
    context: &Context,
) -> Result<Decision, Refusal> {
    let mut posting = Posting::new(packages, context.now);
    let mut lines = booking.terms.services.iter();
    let services = match lines.any(|line| line.paid_by.is_some()) {
        true => hold_again(booking, entries, &mut posting, at)?,
        false => hold(booking, &mut posting, at)?,
    };
    let fact = Fact::Reversed {
        booking: booking.terms.booking.clone(),
        services,
        again: false,
    };
    Ok(posting.record(booking.next_step(), booking.customer, fact, context))
}

fn hold_again(
    booking: &Booking,
    entries: &[Entry],
    posting: &mut Posting,
    at: Instant,
) -> Result<Vec<ServiceLine>, Refusal> {
    let lost = unpaid(&booking.terms.services);
    let mut returned = posting.clone();
    let services = match put_back(booking, entries, &mut returned) {
        Ok(services) => services,
        Err(Refusal::HoldMissing) => return Err(Refusal::HoldMissing),
        Err(_) => return Ok(lost),
    };
    let packages = stood_at(returned.packages(), at, returned.now());
    match may_hold_again(booking, &services, &packages) {
        Ok(()) => {
            *posting = returned;
            Ok(services)
        }
        // It is the package's again, and not for this until it is paid for.
        Err(Refusal::NotPaid(_) | Refusal::PackageNotActive(_)) => {
            let opened = booking.opened(services);
            give_all_back(&opened, &mut returned, at)?;
            *posting = returned;
            hold(&opened, posting, at)
        }
        Err(_) => Ok(lost),
    }
}

/// What could pay at `at`, held for a booking that holds nothing.
pub(super) fn hold(
    booking: &Booking,
    posting: &mut Posting,
    at: Instant,
) -> Result<Vec<ServiceLine>, Refusal> {
    let (terms, slot) = (&booking.terms, booking.terms.slot());
    if !booking.may_hold() {
        return Ok(unpaid(&terms.services));
    }
    let wanted = wanted(&terms.services);
    let packages = stood_at(posting.packages(), at, posting.now());
    let choice = choose(booking.customer, &packages, &wanted, &terms.pay_with, slot);
    let services = lines(&wanted, &choice);
    let held = draw(&services, posting.packages(), Account::Held, slot)?;
    posting.moves(&held)?;
    Ok(services)
}

impl Booking {
    /// Whether packages may hold units for it while it is to come.
    pub(super) fn may_hold(&self) -> bool {
        self.terms.holds() && self.terms.pay_with != PayWith::None
    }

    /// This, open again and holding what `services` say.
    pub(super) fn opened(&self, services: Vec<ServiceLine>) -> Self {
        let mut booking = self.clone();
        booking.status = BookingStatus::Booked;
        booking.terms.services = services;
        booking
    }
}
