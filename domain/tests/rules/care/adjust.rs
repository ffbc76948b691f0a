//! Giving units and taking them back.

use domain::bookings::PayWith;
use domain::packages::{Adjustment, AdjustmentReason, Package, adjust};
use domain::{Context, Decision, Refusal};

use super::{care, desk, key, values};
use crate::fixtures::*;

fn by(units: i64) -> impl FnOnce(&Package, &Context) -> Result<Decision, Refusal> {
    let adjustment = Adjustment {
        pool: 0,
        units,
        reason: AdjustmentReason::Correction,
    };
    move |package, context| adjust(package, adjustment, key(), context)
}

#[test]
fn what_is_given_is_worth_nothing() {
    let mut desk = desk(visits(1, 10, &[(1, 1)]));
    let decision = care(&mut desk, by(2));
    assert_eq!(desk.balance(1), "12: 12 available");
    assert_eq!(values(desk.package(1)), [(100_000, 100_000)]);
    assert_eq!(decision.entry.fact.name(), "package-adjusted");
    assert_eq!(decision.entry.customer, Some(cus(1)));
}

#[test]
fn what_is_taken_back_takes_its_share_of_the_worth_and_the_last_of_it_all() {
    let mut desk = desk(visits(1, 3, &[(1, 1)]));
    for (balance, price) in [
        ("2: 2 available", 66_667),
        ("1: 1 available", 33_334),
        ("0: ", 0),
    ] {
        care(&mut desk, by(-1));
        assert_eq!(desk.balance(1), balance);
        assert_eq!(values(desk.package(1)), [(price, price)]);
    }
}

#[test]
fn what_a_booking_holds_is_not_taken_back() {
    let mut desk = desk(visits(1, 3, &[(1, 1)]));
    desk.book(1, &[1], now() + days(1), PayWith::Auto).unwrap();
    care(&mut desk, by(-2));
    assert_eq!(desk.balance(1), "1: 1 held");
    assert_eq!(values(desk.package(1)), [(33_334, 33_334)]);
}

#[test]
fn a_package_that_was_used_up_can_be_used_again() {
    use domain::packages::Status;
    let mut desk = desk(visits(1, 1, &[(1, 1)]));
    desk.walk_in(1, &[1], now(), PayWith::Auto).unwrap();
    assert_eq!(desk.package(1).status(now()), Status::Exhausted);
    care(&mut desk, by(1));
    assert_eq!(desk.package(1).status(now()), Status::Active);
}
