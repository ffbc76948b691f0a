//! Completing, cancelling and no-shows, under both policies.

use domain::bookings::{BookingStatus, DeductAt, PayWith, Penalty};
use domain::packages::{Account, Package};
use domain::{Decision, EntryKey, Refusal};

use super::Desk;
use crate::fixtures::*;

type Verb = fn(&mut Desk, u8) -> Result<Decision, Refusal>;

const DEDUCT_AT: [DeductAt; 2] = [DeductAt::Booking, DeductAt::Completion];

/// Booking 1 of service 1, tomorrow, with ten visits to pay for it.
fn booked(deduct_at: DeductAt, no_show: Penalty) -> Desk {
    let mut desk = Desk::new(deduct_at, no_show, vec![visits(1, 10, &[(1, 2)])]);
    desk.book(1, &[1], now() + days(1), PayWith::Auto).unwrap();
    desk.now = now() + days(1);
    desk
}

#[test]
fn completing_captures_under_both_policies() {
    for deduct_at in DEDUCT_AT {
        let mut desk = booked(deduct_at, Penalty::Forfeit);
        let decision = desk.complete(1).unwrap();
        assert_eq!(decision.key, EntryKey::Step(bkg(1), 1));
        assert_eq!(desk.balance(1), "10: 8 available, 2 captured");
        assert_eq!(desk.booking(1).status, BookingStatus::Completed);
        assert_eq!(desk.due(1), [0; 0]);
    }
}

#[test]
fn cancelling_returns_every_unit() {
    for deduct_at in DEDUCT_AT {
        let mut desk = booked(deduct_at, Penalty::Forfeit);
        let decision = desk.cancel(1).unwrap();
        assert_eq!(decision.key, EntryKey::Step(bkg(1), 1));
        assert_eq!(desk.balance(1), "10: 10 available");
        assert_eq!(desk.booking(1).status, BookingStatus::Cancelled);
        assert_eq!(desk.due(1), [0; 0]);
    }
}

#[test]
fn a_no_show_releases_or_forfeits_as_agreed_under_both_policies() {
    for deduct_at in DEDUCT_AT {
        for (policy, balance) in [
            (Penalty::Release, "10: 10 available"),
            (Penalty::Forfeit, "10: 8 available, 2 forfeited"),
        ] {
            let mut desk = booked(deduct_at, policy);
            let decision = desk.no_show(1).unwrap();
            assert_eq!(decision.key, EntryKey::Step(bkg(1), 1));
            assert_eq!(desk.balance(1), balance, "{deduct_at:?} {policy:?}");
            assert_eq!(desk.booking(1).status, BookingStatus::NoShow);
            assert_eq!(desk.due(1), [0; 0]);
        }
    }
}

#[test]
fn a_second_resolution_is_refused_and_moves_nothing() {
    let verbs = [Desk::complete, Desk::cancel, Desk::no_show];
    for first in verbs {
        for second in verbs {
            let mut desk = booked(DeductAt::Booking, Penalty::Forfeit);
            first(&mut desk, 1).unwrap();
            let (balance, status) = (desk.balance(1), desk.booking(1).status);
            let refused = second(&mut desk, 1).unwrap_err();
            assert_eq!(refused, Refusal::BookingResolved(status));
            assert_eq!(desk.balance(1), balance);
        }
    }
}

#[test]
fn units_return_in_the_reverse_of_the_order_in_which_they_were_taken() {
    let packages = vec![visits(1, 1, &[(1, 1)]), credit(2, lira(60_000), &[2])];
    let mut desk = Desk::new(DeductAt::Booking, Penalty::Forfeit, packages);
    desk.book(1, &[1, 2], now() + days(1), PayWith::Auto)
        .unwrap();
    let decision = desk.cancel(1).unwrap();
    let lines: Vec<_> = decision
        .entry
        .lines
        .iter()
        .map(|l| (l.package, l.to))
        .collect();
    assert_eq!(
        lines,
        [
            (pkg(2), Some(Account::Available)),
            (pkg(1), Some(Account::Available))
        ]
    );
    assert_eq!(desk.balance(1), "1: 1 available");
    assert_eq!(desk.balance(2), "60000: 60000 available");
}

#[test]
fn a_hold_outlives_the_expiry_of_its_package() {
    let verbs: [(Verb, &str); 3] = [
        (Desk::complete, "10: 8 available, 2 captured"),
        (Desk::no_show, "10: 8 available, 2 forfeited"),
        (Desk::cancel, "10: 2 available, 8 expired"),
    ];
    for (verb, balance) in verbs {
        let mut desk = booked(DeductAt::Booking, Penalty::Forfeit);
        *desk.package(1) = expiring(desk.package(1).clone(), now() + days(2));
        desk.now = now() + days(9);
        verb(&mut desk, 1).unwrap();
        assert_eq!(desk.balance(1), balance);
    }
}

#[test]
fn what_pays_at_completion_is_judged_by_the_appointment_and_not_by_the_clock() {
    for (expires_in, balance, due) in [
        (hours(24), "10: 10 available", vec![30_000]),
        (hours(25), "10: 8 available, 2 captured", vec![]),
    ] {
        let mut desk = booked(DeductAt::Completion, Penalty::Forfeit);
        *desk.package(1) = expiring(desk.package(1).clone(), now() + expires_in);
        desk.now = now() + days(9);
        let decision = desk.complete(1).unwrap();
        let starts_at = Some(now() + days(1));
        assert!(
            decision
                .entry
                .lines
                .iter()
                .all(|line| line.valid_at == starts_at)
        );
        assert_eq!(desk.balance(1), balance);
        assert_eq!(desk.due(1), due);
    }
}

#[test]
fn a_completion_is_never_refused_for_want_of_units() {
    let mut desk = booked(DeductAt::Completion, Penalty::Forfeit);
    desk.holdings.packages.clear();
    assert_eq!(desk.complete(1).unwrap().entry.lines, []);
    assert_eq!(desk.due(1), [30_000]);
}

#[test]
fn a_booking_that_nothing_pays_is_due_once_completed() {
    for deduct_at in DEDUCT_AT {
        let packages = vec![visits(1, 10, &[(1, 1)])];
        let mut desk = Desk::new(deduct_at, Penalty::Forfeit, packages);
        desk.book(1, &[1], now(), PayWith::None).unwrap();
        desk.complete(1).unwrap();
        assert_eq!(desk.balance(1), "10: 10 available");
        assert_eq!(desk.due(1), [30_000]);
    }
}

#[test]
fn the_price_is_that_of_the_booking_and_not_of_the_completion() {
    let packages = vec![credit(1, lira(90_000), &[])];
    let mut desk = Desk::new(DeductAt::Completion, Penalty::Forfeit, packages);
    desk.book(1, &[1], now(), PayWith::Auto).unwrap();
    desk.holdings.services[0].terms.list_price = lira(40_000);
    desk.complete(1).unwrap();
    assert_eq!(desk.balance(1), "90000: 60000 available, 30000 captured");
}

#[test]
fn the_policies_are_those_of_the_moment_of_booking() {
    let mut desk = booked(DeductAt::Booking, Penalty::Forfeit);
    desk.change_policy(DeductAt::Completion, Penalty::Release);
    desk.book(2, &[1], desk.now, PayWith::Auto).unwrap();
    assert_eq!(desk.balance(1), "10: 8 available, 2 held");
    desk.change_policy(DeductAt::Booking, Penalty::Forfeit);
    desk.no_show(1).unwrap();
    assert_eq!(desk.balance(1), "10: 8 available, 2 forfeited");
    desk.no_show(2).unwrap();
    assert_eq!(desk.balance(1), "10: 8 available, 2 forfeited");
}

#[test]
fn a_walk_in_takes_what_is_covered_and_leaves_the_rest_due() {
    for deduct_at in DEDUCT_AT {
        let packages: Vec<Package> = vec![visits(1, 10, &[(1, 1)])];
        let mut desk = Desk::new(deduct_at, Penalty::Forfeit, packages);
        let starts_at = now() - days(1);
        let decision = desk.walk_in(1, &[2, 1], starts_at, PayWith::Auto).unwrap();
        assert_eq!(decision.key, EntryKey::Booking(bkg(1)));
        assert_eq!(desk.balance(1), "10: 9 available, 1 captured");
        assert_eq!(desk.booking(1).status, BookingStatus::Completed);
        assert_eq!(desk.booking(1).customer, cus(1));
        assert_eq!(desk.due(1), [50_000]);
        assert_eq!(decision.entry.lines[0].valid_at, Some(starts_at));
    }
}

#[test]
fn a_walk_in_paid_with_none_is_due_in_full() {
    let packages = vec![visits(1, 10, &[(1, 1)])];
    let mut desk = Desk::new(DeductAt::Booking, Penalty::Forfeit, packages);
    desk.walk_in(1, &[1], now(), PayWith::None).unwrap();
    assert_eq!(desk.balance(1), "10: 10 available");
    assert_eq!(desk.due(1), [30_000]);
}
