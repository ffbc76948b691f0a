//! Taking back what was recorded by mistake.

use domain::bookings::{
    Appointment, Booking, BookingStatus, Holdings, PayWith, Penalty, book, complete, no_show,
    reverse,
};
use domain::journal::Entry;
use domain::packages::{Package, Stage};
use domain::{Decision, Instant, Refusal};

use crate::fixtures::*;

#[derive(Clone)]
struct Attempt {
    booking: Booking,
    entries: Vec<Entry>,
    packages: Vec<Package>,
}

/// A booking of service 1 in an hour that `package` paid for, and what `verb` made of it.
fn after(
    package: Package,
    policy: Penalty,
    verb: impl Fn(&Booking, &[Package], Instant) -> Result<Decision, Refusal>,
) -> Attempt {
    let mut holdings: Holdings = holdings(vec![package]);
    if let Some(settings) = &mut holdings.settings {
        settings.policies.no_show = policy;
    }
    let appointment = Appointment {
        booking: bkg(1),
        services: vec![svc(1)],
        starts_at: now() + hours(1),
        pay_with: Some(PayWith::Auto),
        allow_partial: false,
    };
    let booked = book(&holdings, &appointment, &context(now()))
        .unwrap()
        .entry;
    let held = holdings.packages[0].after(&booked).unwrap();
    let booking = Booking::fold([&booked]).unwrap();
    let resolved = verb(&booking, std::slice::from_ref(&held), now() + hours(2));
    let resolved = resolved.unwrap().entry;
    Attempt {
        packages: vec![held.after(&resolved).unwrap()],
        booking: Booking::fold([&booked, &resolved]).unwrap(),
        entries: vec![booked, resolved],
    }
}

fn completed() -> Attempt {
    after(
        visits(1, 1, &[(1, 1)]),
        Penalty::Forfeit,
        |booking, packages, at| complete(booking, packages, &context(at)),
    )
}

fn missed(package: Package, policy: Penalty) -> Attempt {
    after(package, policy, |booking, packages, at| {
        no_show(booking, packages, &context(at))
    })
}

fn run(a: &Attempt) -> Result<Decision, Refusal> {
    reverse(
        &a.booking,
        &a.entries,
        &a.packages,
        &context(now() + hours(3)),
    )
}

#[test]
fn reversing_refuses_in_the_documented_order() {
    let flaws: [Flaw<Attempt>; 4] = [
        (Refusal::NotReversible(BookingStatus::Booked), |a| {
            a.booking.status = BookingStatus::Booked;
        }),
        (Refusal::NotReversible(BookingStatus::Cancelled), |a| {
            a.booking.status = BookingStatus::Cancelled;
            a.booking.walk_in = true;
        }),
        (Refusal::PackageClosed, |a| {
            a.packages[0].standing.stage = Stage::Refunded;
        }),
        (Refusal::PackageClosed, |a| {
            a.packages[0].standing.stage = Stage::Voided;
        }),
    ];
    check(&completed(), run, &flaws);
    check(
        &missed(visits(1, 1, &[(1, 1)]), Penalty::Forfeit),
        run,
        &flaws,
    );
}

/// The booking was read after it was completed, the package before.
#[test]
fn what_was_used_is_missed_in_a_package_that_does_not_know_it_yet() {
    let mut attempt = completed();
    attempt.packages = vec![visits(1, 1, &[(1, 1)])];
    assert_eq!(run(&attempt), Err(Refusal::HoldMissing));
}

#[test]
fn what_a_no_show_gave_back_must_still_be_there() {
    let mut attempt = missed(visits(1, 1, &[(1, 1)]), Penalty::Release);
    assert!(run(&attempt).is_ok());
    attempt.packages[0].pools[0].balance.available = 0;
    attempt.packages[0].pools[0].balance.captured = 1;
    assert_eq!(run(&attempt), Err(Refusal::InsufficientUnits));
}

#[test]
fn a_pass_that_was_used_instead_of_a_no_show_has_no_room_for_it() {
    let caps = domain::packages::Caps {
        per_day: Some(1),
        ..Default::default()
    };
    let mut attempt = missed(pass(1, &[1], caps), Penalty::Release);
    assert!(run(&attempt).is_ok());
    let days = attempt.packages[0].pools[0].days.as_mut().unwrap();
    days.insert("2026-03-02".parse().unwrap(), 1);
    assert_eq!(run(&attempt), Err(Refusal::CapReached(svc(1))));
}
