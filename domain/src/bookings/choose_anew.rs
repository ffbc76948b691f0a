//! Choosing anew what pays for an appointment that another system told, once a payment of a package came in or
//! came back.

use std::collections::BTreeMap;

use super::booking::{Booking, BookingStatus, PayWith};
use super::follow::happened_at;
use super::paid_then::{drawn_on, held_otherwise, holds_what_is_over};
use super::reschedule::choose_again;
use super::resolve_anew::{resolve_anew, unfinished};
use crate::journal::{Entry, Fact, Posting};
use crate::packages::Package;
use crate::{BookingId, Context, Decision, Instant, PackageId, Refusal};

/// The most appointments that one payment lets be paid anew.
const MOST: usize = 100;

/// The bookings of the package's holder that another system told, and that may draw on the package or lose
/// of it: those that are open, and then those that were resolved at `since` or later; the earliest appointment
/// first, or where the package is blocked the latest, so that what is left pays for the earliest. `entries` are
/// the holder's journal, in order.
pub fn told_bookings(entries: &[Entry], package: &Package, since: Instant) -> Vec<BookingId> {
    let mut steps = BTreeMap::<&BookingId, Vec<&Entry>>::new();
    for entry in entries {
        if let Some(booking) = entry.fact.booking() {
            steps.entry(booking).or_default().push(entry);
        }
    }
    for steps in steps.values_mut() {
        // What happens within one millisecond is in no order here; but it is booked first.
        steps.sort_by_key(|entry| !matches!(entry.fact, Fact::Booked(_)));
    }
    let told = steps
        .into_values()
        .filter(|steps| is_told(steps.first().copied()));
    let told = told.filter_map(|steps| {
        let booking = Booking::fold(steps.iter().copied())?;
        let late = happened_at(steps.iter().copied()) >= since;
        let concerned = booking.status == BookingStatus::Booked || late;
        (concerned && booking.customer == package.customer && booking.names(package.id))
            .then_some(booking)
    });
    let mut told: Vec<Booking> = told.collect();
    told.sort_by_key(|booking| (booking.terms.starts_at, booking.terms.booking.clone()));
    if package.standing.blocked {
        told.reverse();
    }
    told.sort_by_key(|booking| booking.status != BookingStatus::Booked);
    told.truncate(MOST);
    told.into_iter()
        .map(|booking| booking.terms.booking)
        .collect()
}

/// The next step by which an appointment that another system told is paid as if it had been told after what
/// is known by now of the payments of `package`, where that makes a difference to what it draws on it or lost
/// of it. What is open is paid as if it had been told now; what was resolved is opened and resolved again,
/// with what could pay for it then. So it is the same whether it was told before a payment of the package or
/// after it. None where there is nothing to do, and where what was resolved, or done by a person, knew of the payment:
/// then that is delivered once more. `entries` are the booking's, in order.
///
/// # Errors
/// Those of a [`Posting`]: packages that were read at another moment than the booking.
pub fn choose_anew(
    entries: &[Entry],
    packages: &[Package],
    package: PackageId,
    context: &Context,
) -> Result<Option<Decision>, Refusal> {
    let Some(booking) = Booking::fold(entries).filter(|_| is_told(entries.first())) else {
        return Ok(None);
    };
    if !booking.names(package) {
        return Ok(None);
    }
    let unfinished = unfinished(entries).is_some();
    let last = entries.last();
    // What is to come, and was told, is always paid by what can pay.
    let to_come =
        booking.status == BookingStatus::Booked && last.is_some_and(|last| last.told_at.is_some());
    let mut of_package = packages.iter().filter(|one| one.id == package);
    let is_news =
        of_package.any(|one| last.is_some_and(|last| one.standing.is_news(last.at, context.now)));
    if !(to_come || is_news || unfinished) {
        return Ok(None);
    }
    if booking.status != BookingStatus::Booked || unfinished {
        return resolve_anew(&booking, (entries, packages), package, context);
    }
    let terms = &booking.terms;
    if !terms.holds() || holds_what_is_over(&terms.services, packages, context.now) {
        return Ok(None);
    }
    let mut posting = Posting::new(packages, context.now);
    let services = choose_again(&booking, &mut posting, terms.slot(), (true, context.now))?;
    let (then, before) = (
        drawn_on(&services, package),
        drawn_on(&terms.services, package),
    );
    let blocked = packages
        .iter()
        .any(|one| one.id == package && one.standing.blocked);
    let is_less = then.iter().flatten().count() < before.iter().flatten().count();
    // A payment pays for more, never for less; what came back takes away.
    if then == before || is_less && !blocked {
        return Ok(None);
    }
    let decision = held_otherwise(&booking, services, posting, context);
    // It stands where it stood: what is told of it later is weighed against that.
    Ok(Some(decision.told(Some(happened_at(entries)))))
}

fn is_told(first: Option<&Entry>) -> bool {
    first.is_some_and(|first| matches!(first.fact, Fact::Booked(_)) && first.told_at.is_some())
}

impl Booking {
    /// Whether the package may pay for it.
    fn names(&self, package: PackageId) -> bool {
        match &self.terms.pay_with {
            PayWith::None => false,
            PayWith::Auto => true,
            PayWith::Packages(ids) => ids.contains(&package),
        }
    }
}
