//! Choosing anew what pays for an appointment that another system told, once a payment of a package came in or
//! came back.

use std::collections::BTreeMap;

use super::booking::{Booking, BookingStatus, PayWith};
use super::draw::{Draw, ServiceLine};
use super::follow::happened_at;
use super::reschedule::choose_again;
use crate::journal::{Entry, Fact, Posting};
use crate::packages::Package;
use crate::{BookingId, Context, Decision, Instant, PackageId, Refusal};

/// The most appointments that one payment lets be paid anew.
const MOST: usize = 100;

/// The bookings of the package's holder that another system told, are open, and may draw on the package, the
/// earliest appointment first. `entries` are the holder's journal, in order.
pub fn told_bookings(entries: &[Entry], package: &Package) -> Vec<BookingId> {
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
    let mut told: Vec<Booking> = told
        .filter_map(|steps| Booking::fold(steps.iter().copied()))
        .filter(|booking| booking.customer == package.customer && may_draw_on(booking, package.id))
        .collect();
    told.sort_by_key(|booking| (booking.terms.starts_at, booking.terms.booking.clone()));
    told.truncate(MOST);
    told.into_iter()
        .map(|booking| booking.terms.booking)
        .collect()
}

/// Lets an open appointment that another system told be paid as if it had been told now, where that makes a
/// difference to what it draws on `package`: so it is the same whether it was told before a payment of the
/// package or after it. None where there is nothing to do. `entries` are the booking's, in order.
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
    if !may_draw_on(&booking, package) {
        return Ok(None);
    }
    let terms = &booking.terms;
    if holds_what_is_over(&terms.services, packages, context.now) {
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
    let fact = Fact::Rescheduled {
        booking: terms.booking.clone(),
        starts_at: terms.starts_at,
        services,
    };
    let decision = posting.record(booking.next_step(), booking.customer, fact, context);
    // It stands where it stood: what is told of it later is weighed against that.
    Ok(Some(decision.told(Some(happened_at(entries)))))
}

/// Whether any of it is held of a package that has ended or rests: given back, it could not be held again.
fn holds_what_is_over(services: &[ServiceLine], packages: &[Package], now: Instant) -> bool {
    let mut draws = services.iter().filter_map(|line| line.paid_by);
    draws.any(|draw| {
        let mut held = packages.iter().filter(|one| one.id == draw.package);
        held.any(|one| one.standing.ended_at(now) || one.standing.frozen_at(now))
    })
}

fn is_told(first: Option<&Entry>) -> bool {
    first.is_some_and(|first| matches!(first.fact, Fact::Booked(_)) && first.told_at.is_some())
}

fn may_draw_on(booking: &Booking, package: PackageId) -> bool {
    let terms = &booking.terms;
    let named = match &terms.pay_with {
        PayWith::None => false,
        PayWith::Auto => true,
        PayWith::Packages(ids) => ids.contains(&package),
    };
    named && terms.holds() && booking.status == BookingStatus::Booked
}

fn drawn_on(services: &[ServiceLine], package: PackageId) -> Vec<Option<Draw>> {
    let draws = services.iter().map(|line| line.paid_by);
    draws
        .map(|draw| draw.filter(|draw| draw.package == package))
        .collect()
}
