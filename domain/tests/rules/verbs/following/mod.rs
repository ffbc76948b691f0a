//! Following an appointment that another system keeps: in whichever order its events come, however often.

mod one;
mod paid;
mod paid_again;
mod paid_once;
mod till;

use domain::bookings::{self, BookingStatus, DeductAt, Penalty, Telling};
use domain::journal::Entry;
use domain::packages::{Caps, Package, Pool, Standing};
use domain::{Instant, Refusal};

use super::{Desk, appointment};
use crate::fixtures::*;

use BookingStatus::{Booked, Cancelled, Completed, NoShow};

/// What may be told of an appointment. `Moved` is booked at the later time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Booked,
    Moved,
    Cancelled,
    Completed,
    NoShow,
}

const KINDS: [Kind; 5] = [
    Kind::Booked,
    Kind::Moved,
    Kind::Cancelled,
    Kind::Completed,
    Kind::NoShow,
];

fn telling(status: BookingStatus, at: Instant, starts_at: Instant) -> Telling {
    Telling {
        at,
        customer: cus(1),
        appointment: appointment(1, &[1, 1], starts_at, Some(bookings::PayWith::Auto)),
        status,
    }
}

/// Told in this order, an hour apart from each other, by a system that knows what it told before.
fn sequence(kinds: &[Kind]) -> Vec<Telling> {
    let mut starts_at = now() + hours(2);
    let hours_from_now = 1..;
    let told = kinds.iter().zip(hours_from_now);
    let told = told.map(|(kind, hour)| of_kind(*kind, now() + hours(hour), &mut starts_at));
    told.collect()
}

/// Told then, of an appointment that starts at `starts_at` unless this moves it.
fn of_kind(kind: Kind, at: Instant, starts_at: &mut Instant) -> Telling {
    let status = match kind {
        Kind::Booked | Kind::Moved => Booked,
        Kind::Cancelled => Cancelled,
        Kind::Completed => Completed,
        Kind::NoShow => NoShow,
    };
    if kind == Kind::Moved {
        *starts_at = now() + days(1) + hours(3);
    }
    telling(status, at, *starts_at)
}

fn own_entries(desk: &Desk) -> Vec<Entry> {
    let mut entries = desk.journal.clone();
    entries.retain(|entry| entry.fact.booking() == Some(&bkg(1)));
    entries
}

/// More steps than lead from anywhere to anywhere.
const MOST_STEPS: usize = 8;

/// Takes it until nothing is left to do.
fn deliver(desk: &mut Desk, telling: &Telling) -> Result<(), Refusal> {
    match deliver_until(desk, telling, MOST_STEPS)? {
        true => Ok(()),
        false => panic!("it does not come to rest: {telling:?}"),
    }
}

/// Takes at most so many steps of it; whether nothing is left to do.
fn deliver_until(desk: &mut Desk, telling: &Telling, most: usize) -> Result<bool, Refusal> {
    for _ in 0..most {
        let entries = own_entries(desk);
        let mut context = desk.context();
        let event = format!("{:?}{}", telling.status, telling.at.timestamp_millis());
        context.fingerprint = event.parse().unwrap();
        let next = bookings::follow(&entries, &desk.holdings, telling, &context)?;
        let Some(decision) = next else {
            return Ok(true);
        };
        desk.keep(Ok(decision)).unwrap();
    }
    Ok(false)
}

/// Where the booking and its packages stand.
type State = (
    Option<(BookingStatus, Instant, Vec<bookings::ServiceLine>)>,
    Vec<(Vec<Pool>, Standing)>,
);

fn state(desk: &Desk) -> State {
    let booking = bookings::Booking::fold(&own_entries(desk));
    let booking = booking.map(|booking| {
        (
            booking.status,
            booking.terms.starts_at,
            booking.terms.services,
        )
    });
    let packages = desk.holdings.packages.iter();
    let packages = packages.map(|package| {
        let mut pools = package.pools.clone();
        // A day on which nothing is drawn any more is as any other.
        for days in pools.iter_mut().filter_map(|pool| pool.days.as_mut()) {
            days.retain(|_, drawn| *drawn > 0);
        }
        (pools, package.standing.clone())
    });
    (booking, packages.collect())
}

/// After each was taken until it was stopped after so many steps.
fn after(desk: impl Fn() -> Desk, told: &[(&Telling, usize)]) -> State {
    let mut desk = desk();
    desk.now = now() + days(3);
    for (telling, steps) in told {
        match deliver_until(&mut desk, telling, *steps) {
            Ok(done) => assert!(done || *steps < MOST_STEPS, "no rest: {telling:?}"),
            Err(Refusal::NoShowTooEarly) => {}
            Err(refusal) => panic!("{telling:?}: {refusal}"),
        }
    }
    state(&desk)
}

/// Every way to choose and order at most four of them.
fn ordered<T: Clone>(from: &[T], most: usize) -> Vec<Vec<T>> {
    let mut all = vec![Vec::new()];
    if most == 0 {
        return all;
    }
    for (index, first) in from.iter().enumerate() {
        let mut others = from.to_vec();
        others.remove(index);
        for mut rest in ordered(&others, most - 1) {
            rest.insert(0, first.clone());
            all.push(rest);
        }
    }
    all
}

/// Every way to deliver these, told in this order: in every order, each twice in a row; and all of them again
/// after each was stopped at its first step, and then at its second.
fn deliveries<T>(told: &[T]) -> Vec<Vec<(&T, usize)>> {
    let in_order: Vec<&T> = told.iter().collect();
    let orders = ordered(&in_order, told.len()).into_iter();
    let orders = orders.filter(|order| order.len() == told.len());
    let delivered = orders.flat_map(|order| {
        let taken = |steps| order.iter().map(move |one| (*one, steps));
        let in_a_row = taken(MOST_STEPS).flat_map(|one| [one, one]);
        let again = [1, 2, MOST_STEPS].map(taken).into_iter().flatten();
        [in_a_row.collect(), again.collect()]
    });
    delivered.collect()
}

/// Every sequence of at most four, however it is delivered.
fn every_order_ends_alike(desk: impl Fn() -> Desk) {
    let mut tried = 0;
    for kinds in ordered(&KINDS, 4) {
        let told = sequence(&kinds);
        let whole: Vec<_> = told.iter().map(|one| (one, MOST_STEPS)).collect();
        let expected = after(&desk, &whole);
        for delivered in deliveries(&told) {
            let found = after(&desk, &delivered);
            assert_eq!(found, expected, "{kinds:?} as {delivered:#?}");
            tried += 1;
        }
    }
    assert!(tried > 6_000, "{tried}");
}

/// A desk with a late fee, and one visit package, of which there is too little, before another.
fn desk(deduct_at: DeductAt, no_show: Penalty, late: Penalty, packages: &[Package]) -> Desk {
    let mut desk = Desk::new(deduct_at, no_show, packages.to_vec());
    let settings = desk.holdings.settings.as_mut().unwrap();
    settings.policies.late_cancel = late;
    settings.policies.cancel_window_hours = 1;
    desk
}

#[test]
fn held_visits_end_alike_whatever_is_lost() {
    // The first one has ended when the appointment is moved to the next day.
    let ending = || expiring(visits(1, 3, &[(1, 1)]), now() + hours(20));
    let packages = [ending(), visits(2, 1, &[(1, 1)])];
    for (no_show, late) in [
        (Penalty::Forfeit, Penalty::Forfeit),
        (Penalty::ForfeitPercent(50), Penalty::Release),
        (Penalty::Release, Penalty::ForfeitPercent(50)),
    ] {
        every_order_ends_alike(|| desk(DeductAt::Booking, no_show, late, &packages));
    }
}

#[test]
fn what_is_captured_at_completion_ends_alike() {
    let packages = [visits(1, 3, &[(1, 1)])];
    every_order_ends_alike(|| {
        desk(
            DeductAt::Completion,
            Penalty::Forfeit,
            Penalty::Forfeit,
            &packages,
        )
    });
}

#[test]
fn credit_and_passes_end_alike() {
    let once = Caps {
        per_day: Some(1),
        ..Caps::default()
    };
    let packages = [pass(1, &[1], once), credit(2, lira(100_000), &[])];
    every_order_ends_alike(|| {
        desk(
            DeductAt::Booking,
            Penalty::Forfeit,
            Penalty::Forfeit,
            &packages,
        )
    });
}

#[test]
fn what_nothing_pays_for_ends_alike() {
    every_order_ends_alike(|| desk(DeductAt::Booking, Penalty::Forfeit, Penalty::Forfeit, &[]));
}
