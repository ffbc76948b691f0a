//! Paying for what is booked already.

use domain::bookings::{BookingStatus, DeductAt, PayWith, Penalty};
use domain::packages::Package;

use super::Desk;
use crate::fixtures::*;

/// Booking 1 of services 1 and 2, tomorrow, that nothing pays for.
fn unpaid(deduct_at: DeductAt, packages: Vec<Package>) -> Desk {
    let mut desk = Desk::new(deduct_at, Penalty::Forfeit, packages);
    desk.book(1, &[1, 2], now() + days(1), PayWith::None)
        .unwrap();
    desk
}

#[test]
fn an_appointment_that_is_paid_later_holds_from_then_on() {
    let mut desk = unpaid(DeductAt::Booking, vec![visits(1, 10, &[(1, 1), (2, 2)])]);
    assert_eq!(desk.due(1), [30_000, 50_000]);
    desk.pay(1, PayWith::Auto, false).unwrap();
    assert_eq!(desk.balance(1), "10: 7 available, 3 held");
    assert_eq!(desk.due(1), [0; 0]);
    assert_eq!(desk.booking(1).status, BookingStatus::Booked);
    // It moves with its appointment, and is used by it.
    desk.reschedule(1, now() + days(3)).unwrap();
    assert_eq!(desk.balance(1), "10: 7 available, 3 held");
    desk.complete(1).unwrap();
    assert_eq!(desk.balance(1), "10: 7 available, 3 captured");
}

#[test]
fn what_a_package_does_not_cover_stays_due_only_where_that_is_allowed() {
    let packages = vec![visits(1, 10, &[(1, 1)]), credit(2, lira(50_000), &[])];
    let mut desk = unpaid(DeductAt::Booking, packages);
    let one = PayWith::Packages(vec![pkg(1)]);
    assert!(desk.pay(1, one.clone(), false).is_err());
    assert_eq!(desk.balance(1), "10: 10 available");
    desk.pay(1, one, true).unwrap();
    assert_eq!(desk.balance(1), "10: 9 available, 1 held");
    assert_eq!(desk.due(1), [50_000]);
    // The rest, and only the rest, from another.
    desk.pay(1, PayWith::Packages(vec![pkg(2)]), false).unwrap();
    assert_eq!(desk.balance(1), "10: 9 available, 1 held");
    assert_eq!(desk.balance(2), "50000: 50000 held");
    let pays = PayWith::Packages(vec![pkg(1), pkg(2)]);
    assert_eq!(desk.booking(1).terms.pay_with, pays);
    desk.cancel(1).unwrap();
    assert_eq!(desk.balance(1), "10: 10 available");
    assert_eq!(desk.balance(2), "50000: 50000 available");
}

#[test]
fn under_deduct_at_completion_it_is_agreed_what_will_pay() {
    let mut desk = unpaid(DeductAt::Completion, vec![visits(1, 10, &[(1, 1), (2, 2)])]);
    assert_eq!(desk.due(1), [30_000, 50_000]);
    let decision = desk.pay(1, PayWith::Auto, false).unwrap();
    assert_eq!(decision.entry.lines, []);
    assert_eq!(desk.due(1), [0; 0]);
    desk.complete(1).unwrap();
    assert_eq!(desk.balance(1), "10: 7 available, 3 captured");
    assert_eq!(desk.due(1), [0; 0]);
}

#[test]
fn it_is_paid_at_the_price_agreed_and_by_what_is_valid_at_its_time() {
    let ended = expiring(credit(1, lira(90_000), &[]), now() + days(1));
    let mut desk = unpaid(DeductAt::Booking, vec![ended, credit(2, lira(90_000), &[])]);
    desk.holdings.services[0].terms.list_price = lira(40_000);
    desk.pay(1, PayWith::Auto, false).unwrap();
    assert_eq!(desk.balance(1), "90000: 90000 available");
    assert_eq!(desk.balance(2), "90000: 10000 available, 80000 held");
}
