//! Moving a booking keeps its holds, or chooses again.

use domain::bookings::{BookingStatus, DeductAt, PayWith, Penalty};
use domain::packages::Account;
use domain::{EntryKey, Refusal, Role};

use super::Desk;
use crate::fixtures::*;

/// Booking 1 of service 1, tomorrow, held in package 1, which is gone after ten days; package 2
/// never expires.
fn booked() -> Desk {
    let packages = vec![
        expiring(visits(1, 1, &[(1, 1)]), now() + days(10)),
        credit(2, lira(30_000), &[]),
    ];
    let mut desk = Desk::new(DeductAt::Booking, Penalty::Forfeit, packages);
    desk.book(1, &[1], now() + days(1), PayWith::Auto).unwrap();
    assert_eq!(desk.balance(1), "1: 1 held");
    desk
}

#[test]
fn holds_stay_while_their_packages_are_valid_at_the_new_time() {
    let mut desk = booked();
    let starts_at = now() + days(10) - hours(1);
    let decision = desk.reschedule(1, starts_at).unwrap();
    assert_eq!(decision.key, EntryKey::Step(bkg(1), 1));
    assert_eq!(desk.balance(1), "1: 1 held");
    assert_eq!(desk.balance(2), "30000: 30000 available");
    // The store must see the package untouched and valid then, although no unit moves.
    let [released, held] = decision.entry.lines.as_slice() else {
        unreachable!("two lines: {decision:?}");
    };
    assert_eq!(
        (released.to, held.to),
        (Some(Account::Available), Some(Account::Held))
    );
    assert_eq!((held.valid_at, held.version), (Some(starts_at), 3));
    assert_eq!(desk.booking(1).terms.starts_at, starts_at);
    assert_eq!(desk.booking(1).status, BookingStatus::Booked);
}

#[test]
fn a_package_that_will_have_expired_is_replaced() {
    let mut desk = booked();
    let starts_at = now() + days(10);
    let decision = desk.reschedule(1, starts_at).unwrap();
    assert_eq!(desk.balance(1), "1: 1 available");
    assert_eq!(desk.balance(2), "30000: 30000 held");
    let valid_at: Vec<_> = decision
        .entry
        .lines
        .iter()
        .map(|line| line.valid_at)
        .collect();
    assert_eq!(valid_at, [None, Some(starts_at)]);
    desk.cancel(1).unwrap();
    assert_eq!(desk.balance(1), "1: 1 available");
    assert_eq!(desk.balance(2), "30000: 30000 available");
}

/// Package 2 can take over only if the credit that this booking itself holds there is released.
#[test]
fn what_a_booking_holds_itself_can_pay_for_it_again() {
    let packages = vec![
        expiring(visits(1, 1, &[(1, 1)]), now() + days(10)),
        credit(2, lira(80_000), &[]),
    ];
    let mut desk = Desk::new(DeductAt::Booking, Penalty::Forfeit, packages);
    desk.book(1, &[1, 2], now() + days(1), PayWith::Auto)
        .unwrap();
    assert_eq!(desk.balance(2), "80000: 30000 available, 50000 held");
    desk.reschedule(1, now() + days(20)).unwrap();
    assert_eq!(desk.balance(1), "1: 1 available");
    assert_eq!(desk.balance(2), "80000: 80000 held");
    assert_eq!(desk.package(2).version, 3);
    desk.complete(1).unwrap();
    assert_eq!(desk.balance(2), "80000: 80000 captured");
}

#[test]
fn a_move_that_nothing_would_pay_for_leaves_everything_as_it_was() {
    let mut desk = booked();
    desk.book(2, &[1], now() + days(1), PayWith::Packages(vec![pkg(2)]))
        .unwrap();
    let refused = desk.reschedule(1, now() + days(10)).unwrap_err();
    assert_eq!(refused, Refusal::InsufficientUnits);
    assert_eq!(desk.balance(1), "1: 1 held");
    assert_eq!(desk.booking(1).terms.starts_at, now() + days(1));
}

#[test]
fn a_moved_booking_keeps_to_the_packages_that_were_named() {
    let mut desk = booked();
    desk.cancel(1).unwrap();
    desk.book(2, &[1], now() + days(1), PayWith::Packages(vec![pkg(1)]))
        .unwrap();
    let refused = desk.reschedule(2, now() + days(10)).unwrap_err();
    assert_eq!(refused, Refusal::ExpiredAtAppointment(svc(1)));
}

#[test]
fn a_booking_that_holds_nothing_is_moved_without_a_line() {
    for (deduct_at, pay_with) in [
        (DeductAt::Completion, PayWith::Auto),
        (DeductAt::Booking, PayWith::None),
    ] {
        let packages = vec![expiring(visits(1, 1, &[(1, 1)]), now() + days(10))];
        let mut desk = Desk::new(deduct_at, Penalty::Forfeit, packages);
        desk.book(1, &[1], now() + days(1), pay_with).unwrap();
        let decision = desk.reschedule(1, now() + days(20)).unwrap();
        assert_eq!(decision.entry.lines, []);
        assert_eq!(desk.booking(1).terms.starts_at, now() + days(20));
    }
}

/// Whatever happens to a booking takes the next number, so that of two decisions on the same
/// booking only one can be written.
#[test]
fn every_step_of_a_booking_takes_the_next_key() {
    let mut desk = booked();
    for step in 1..=3 {
        let decision = desk.reschedule(1, now() + days(i64::from(step))).unwrap();
        assert_eq!(decision.key, EntryKey::Step(bkg(1), step));
        assert_eq!(desk.booking(1).steps, step);
    }
    let decision = desk.cancel(1).unwrap();
    assert_eq!(decision.key, EntryKey::Step(bkg(1), 4));
    assert_eq!(desk.booking(1).steps, 4);
}

#[test]
fn a_customer_does_not_move_what_it_would_cost_them_to_call_off() {
    let starts_at = now() + days(1);
    // Who acts, hours before it starts, late cancellation: whether it is moved.
    for (role, before, late_cancel, moved) in [
        (Role::Customer, 13, Penalty::Forfeit, true),
        (Role::Customer, 12, Penalty::Forfeit, false),
        (Role::Customer, 12, Penalty::ForfeitPercent(50), false),
        // Less than half a visit is none.
        (Role::Customer, 12, Penalty::ForfeitPercent(49), true),
        (Role::Customer, 12, Penalty::Release, true),
        // It has begun.
        (Role::Customer, 0, Penalty::Release, false),
        (Role::Staff, -2, Penalty::Forfeit, true),
        (Role::Machine, 1, Penalty::Forfeit, true),
    ] {
        let packages = vec![visits(1, 5, &[(1, 1)])];
        let mut desk = Desk::new(DeductAt::Booking, Penalty::Forfeit, packages);
        let settings = desk.holdings.settings.as_mut().unwrap();
        settings.policies.late_cancel = late_cancel;
        settings.policies.cancel_window_hours = 12;
        desk.book(1, &[1], starts_at, PayWith::Auto).unwrap();
        (desk.now, desk.role) = (starts_at - hours(before), role);
        let outcome = desk.reschedule(1, starts_at + days(6));
        match moved {
            true => assert!(outcome.is_ok(), "{role:?} {before}: {outcome:?}"),
            false => assert_eq!(outcome.unwrap_err(), Refusal::RescheduleLate),
        }
    }
}

#[test]
fn a_customer_moves_what_nothing_pays_for() {
    let mut desk = Desk::new(
        DeductAt::Booking,
        Penalty::Forfeit,
        vec![visits(1, 5, &[(1, 1)])],
    );
    let settings = desk.holdings.settings.as_mut().unwrap();
    settings.policies.late_cancel = Penalty::Forfeit;
    settings.policies.cancel_window_hours = 48;
    desk.book(1, &[1], now() + days(1), PayWith::None).unwrap();
    desk.role = Role::Customer;
    assert!(desk.reschedule(1, now() + days(6)).is_ok());
}
