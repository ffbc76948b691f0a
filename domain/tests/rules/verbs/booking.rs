//! Booking holds, or does not; a quote says what it would.

use domain::bookings::{BookingStatus, DeductAt, PayWith, Penalty, quote};
use domain::packages::Account;
use domain::{EntryKey, Refusal};

use super::Desk;
use crate::fixtures::*;

#[test]
fn booking_holds_what_pays() {
    let packages = vec![visits(1, 10, &[(1, 2)]), credit(2, lira(60_000), &[2])];
    let mut desk = Desk::new(DeductAt::Booking, Penalty::Forfeit, packages);
    let starts_at = now() + days(1);
    let decision = desk.book(1, &[1, 2], starts_at, PayWith::Auto).unwrap();
    assert_eq!(decision.key, EntryKey::Booking(bkg(1)));
    assert_eq!(decision.puts, []);
    assert_eq!(desk.balance(1), "10: 8 available, 2 held");
    assert_eq!(desk.balance(2), "60000: 10000 available, 50000 held");
    for line in &decision.entry.lines {
        assert_eq!(
            (line.from, line.to),
            (Some(Account::Available), Some(Account::Held))
        );
        // The store checks the expiry against the appointment, not against the clock.
        assert_eq!((line.valid_at, line.version), (Some(starts_at), 2));
    }
    let booking = desk.booking(1);
    assert_eq!(booking.status, BookingStatus::Booked);
    assert_eq!((booking.customer, booking.steps), (cus(1), 0));
    assert_eq!(booking.terms.starts_at, starts_at);
    assert_eq!(desk.due(1), [0; 0]);
}

#[test]
fn two_services_of_one_package_are_two_lines_of_one_change() {
    let packages = vec![visits(1, 3, &[(1, 1), (2, 2)])];
    let mut desk = Desk::new(DeductAt::Booking, Penalty::Forfeit, packages);
    let decision = desk
        .book(1, &[1, 2], now() + days(1), PayWith::Auto)
        .unwrap();
    let after: Vec<String> = decision.entry.lines.iter().map(|l| show(l.after)).collect();
    assert_eq!(after, ["3: 2 available, 1 held", "3: 3 held"]);
    assert!(decision.entry.lines.iter().all(|line| line.version == 2));
    assert_eq!(desk.package(1).version, 2);
}

#[test]
fn a_booking_that_one_service_of_is_not_covered_holds_nothing() {
    let packages = vec![visits(1, 10, &[(1, 1)])];
    let mut desk = Desk::new(DeductAt::Booking, Penalty::Forfeit, packages);
    assert!(
        desk.book(1, &[1, 2], now() + days(1), PayWith::Auto)
            .is_err()
    );
    assert_eq!(desk.balance(1), "10: 10 available");
}

#[test]
fn booking_with_deduct_at_completion_or_none_touches_nothing() {
    for (deduct_at, pay_with, due) in [
        // What a package may yet pay for is not due; what none shall pay for is.
        (DeductAt::Completion, PayWith::Auto, vec![]),
        (DeductAt::Completion, PayWith::None, vec![30_000]),
        (DeductAt::Booking, PayWith::None, vec![30_000]),
    ] {
        let packages = vec![visits(1, 10, &[(1, 1)])];
        let mut desk = Desk::new(deduct_at, Penalty::Forfeit, packages);
        let decision = desk.book(1, &[1], now() + days(1), pay_with).unwrap();
        assert_eq!(decision.entry.lines, []);
        assert_eq!(desk.balance(1), "10: 10 available");
        assert_eq!(desk.due(1), due);
    }
}

#[test]
fn an_appointment_of_this_morning_can_still_be_booked() {
    let packages = vec![visits(1, 10, &[(1, 1)])];
    let mut desk = Desk::new(DeductAt::Booking, Penalty::Forfeit, packages);
    desk.book(1, &[1], now() - hours(11), PayWith::Auto)
        .unwrap();
    assert_eq!(desk.balance(1), "10: 9 available, 1 held");
}

#[test]
fn a_quote_says_what_the_booking_then_does() {
    let packages = vec![visits(1, 1, &[(1, 1)]), credit(2, lira(90_000), &[])];
    let mut desk = Desk::new(DeductAt::Booking, Penalty::Forfeit, packages);
    let (services, starts_at) = ([svc(1), svc(2)], now() + days(1));
    let quoted = quote(&desk.holdings, &services, starts_at, &PayWith::Auto, now()).unwrap();
    assert!(quoted.covered());
    assert_eq!(desk.balance(1), "1: 1 available");
    desk.book(1, &[1, 2], starts_at, PayWith::Auto).unwrap();
    assert_eq!(desk.booking(1).terms.services, quoted.services);
}

#[test]
fn an_archived_service_is_booked_by_who_was_sold_it_by_name_and_has_it_left() {
    let mut package = visits(1, 1, &[(1, 1)]);
    package.pools.push(visits(9, 1, &[(2, 1)]).pools[0].clone());
    let mut desk = Desk::new(DeductAt::Booking, Penalty::Forfeit, vec![package]);
    desk.holdings.services[0].archived = true;
    desk.book(1, &[1], now() + days(1), PayWith::Auto).unwrap();
    // What is left of the package is for another service.
    let refused = desk.book(2, &[1], now() + days(2), PayWith::None);
    assert_eq!(refused, Err(Refusal::ServiceArchived(svc(1))));
}
