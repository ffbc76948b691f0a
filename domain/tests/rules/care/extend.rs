//! A later end.

use chrono::NaiveDate;
use domain::bookings::PayWith;
use domain::packages::{Status, extend};

use super::{ZONE, care, desk, key, values, write_off};
use crate::fixtures::*;

fn on(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn a_package_is_valid_through_the_day_it_is_extended_to() {
    let mut package = expiring(visits(1, 2, &[(1, 1)]), now() + days(10));
    package.terms.conditions.grace_days = 7;
    let mut desk = desk(package);
    care(&mut desk, |package, context| {
        extend(package, on("2026-04-30"), ZONE, key(), context)
    });
    let standing = &desk.package(1).standing;
    assert_eq!(standing.expires_at, Some(at("2026-04-30T21:00:00Z")));
    assert_eq!(standing.ends_at, Some(at("2026-05-07T21:00:00Z")));
    assert!(standing.end_is_set);
}

#[test]
fn extending_gives_back_what_was_written_off_with_its_value() {
    for recorded in [false, true] {
        let mut desk = desk(expiring(visits(1, 3, &[(1, 1)]), now() + days(10)));
        desk.walk_in(1, &[1], now(), PayWith::Auto).unwrap();
        desk.now = now() + days(11);
        if recorded {
            write_off(&mut desk);
            assert_eq!(desk.balance(1), "3: 1 captured, 2 expired");
            assert_eq!(values(desk.package(1)), [(100_000, 0)]);
        }
        let now = desk.now;
        // What was used up has nothing left to expire: the rest is owed again.
        care(&mut desk, |package, context| {
            extend(package, on("2026-04-30"), ZONE, key(), context)
        });
        assert_eq!(desk.balance(1), "3: 2 available, 1 captured");
        assert_eq!(values(desk.package(1)), [(100_000, 66_667)]);
        assert_eq!(desk.package(1).status(now), Status::Active);
    }
}

#[test]
fn a_pass_that_was_written_off_is_worth_again_what_it_was() {
    let mut desk = desk(super::pass(Default::default()));
    desk.now = now() + days(40);
    write_off(&mut desk);
    assert_eq!(values(desk.package(1)), [(100_000, 0)]);
    care(&mut desk, |package, context| {
        extend(package, on("2026-04-30"), ZONE, key(), context)
    });
    assert_eq!(values(desk.package(1)), [(100_000, 100_000)]);
}
