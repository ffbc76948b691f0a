//! A time in which a package rests.

use chrono::NaiveDate;
use domain::Refusal;
use domain::bookings::PayWith;
use domain::calendar::Validity;
use domain::catalog::Extras;
use domain::packages::{Conditions, Package, Status, freeze, unfreeze};

use super::{ZONE, care, desk, key, paid, span};
use crate::fixtures::*;
use crate::verbs::Desk;

fn freeze_until(desk: &mut Desk, until: Option<&str>) {
    let until = until.map(|day| day.parse::<NaiveDate>().unwrap());
    care(desk, |package, context| {
        freeze(package, until, ZONE, key(), context)
    });
}

fn unfreeze_at(desk: &mut Desk, at_time: &str) {
    desk.now = at(at_time);
    care(desk, |package, context| {
        unfreeze(package, ZONE, key(), context)
    });
}

fn thirty_days(extras: Extras) -> Package {
    let contents = visit_contents(5, &[(1, 1)]);
    paid(contents, Some(Validity::FromSale(span(30))), extras)
}

/// Sold on 2 March for thirty days: valid through 1 April.
#[test]
fn the_end_moves_by_the_calendar_days_of_rest() {
    for (frozen_at, until, unfrozen_at, expires_at) in [
        // To the 10th: nine days at once, also when it is never unfrozen.
        (
            "2026-03-02T09:00:00Z",
            Some("2026-03-10"),
            None,
            "2026-04-09T21:00:00Z",
        ),
        // Ended early, on the 5th: three days. In Istanbul it is the 5th from 21:00 UTC on the 4th.
        (
            "2026-03-02T09:00:00Z",
            Some("2026-03-10"),
            Some("2026-03-04T21:00:00Z"),
            "2026-04-04T21:00:00Z",
        ),
        (
            "2026-03-02T09:00:00Z",
            None,
            Some("2026-03-04T20:59:59Z"),
            "2026-04-03T21:00:00Z",
        ),
        // Within one day: none.
        (
            "2026-03-02T09:00:00Z",
            None,
            Some("2026-03-02T20:00:00Z"),
            "2026-04-01T21:00:00Z",
        ),
        // Long past its end: it had not run meanwhile.
        (
            "2026-03-31T09:00:00Z",
            None,
            Some("2026-06-09T09:00:00Z"),
            "2026-06-10T21:00:00Z",
        ),
    ] {
        let mut desk = desk(thirty_days(Extras::default()));
        desk.now = at(frozen_at);
        freeze_until(&mut desk, until);
        let now = desk.now;
        assert_eq!(desk.package(1).status(now), Status::Frozen);
        if let Some(unfrozen_at) = unfrozen_at {
            unfreeze_at(&mut desk, unfrozen_at);
            let now = desk.now;
            assert_eq!(desk.package(1).status(now), Status::Active);
        }
        let standing = &desk.package(1).standing;
        let what = format!("{frozen_at} {until:?} {unfrozen_at:?}");
        assert_eq!(standing.expires_at, Some(at(expires_at)), "{what}");
        assert_eq!(standing.ends_at, standing.expires_at, "{what}");
    }
}

/// In Bucharest the clock goes forward on 29 March 2026: the end is at midnight all the same.
#[test]
fn the_end_stays_at_the_midnight_of_the_business_over_a_change_of_the_clock() {
    let zone = chrono_tz::Europe::Bucharest;
    let package = expiring(visits(1, 1, &[(1, 1)]), at("2026-03-20T22:00:00Z"));
    let until = Some("2026-03-12".parse().unwrap());
    let frozen = freeze(&package, until, zone, key(), &context(now())).unwrap();
    let after = package.after(&frozen.entry).unwrap();
    assert_eq!(after.standing.ends_at, Some(at("2026-03-30T21:00:00Z")));
}

#[test]
fn the_days_of_grace_move_with_the_end() {
    let extras = Extras {
        conditions: Conditions {
            grace_days: 5,
            ..Conditions::default()
        },
        ..Extras::default()
    };
    let mut desk = desk(thirty_days(extras));
    freeze_until(&mut desk, Some("2026-03-03"));
    let standing = &desk.package(1).standing;
    assert_eq!(standing.expires_at, Some(at("2026-04-02T21:00:00Z")));
    assert_eq!(standing.ends_at, Some(at("2026-04-07T21:00:00Z")));
}

#[test]
fn what_rests_pays_for_nothing_in_that_time_and_keeps_what_bookings_hold() {
    let mut desk = desk(thirty_days(Extras::default()));
    desk.book(1, &[1], now() + days(2), PayWith::Auto).unwrap();
    freeze_until(&mut desk, Some("2026-03-10"));
    assert_eq!(desk.balance(1), "5: 4 available, 1 held");
    let refused = desk.book(2, &[1], at("2026-03-09T20:59:00Z"), PayWith::Auto);
    assert_eq!(refused.unwrap_err(), Refusal::PackageFrozen(svc(1)));
    desk.book(3, &[1], at("2026-03-09T21:00:00Z"), PayWith::Auto)
        .unwrap();
    desk.complete(1).unwrap();
    assert_eq!(desk.balance(1), "5: 3 available, 1 held, 1 captured");
}

#[test]
fn a_package_whose_time_has_not_begun_rests_without_an_end_and_begins_with_its_first_use() {
    let contents = visit_contents(5, &[(1, 1)]);
    let package = paid(
        contents,
        Some(Validity::FromFirstUse(span(30))),
        Extras::default(),
    );
    let mut desk = desk(package);
    freeze_until(&mut desk, Some("2026-03-10"));
    assert_eq!(desk.package(1).standing.ends_at, None);
    // First used after its rest, on the 20th: the rest is none of its thirty days.
    desk.book(1, &[1], at("2026-03-20T09:00:00Z"), PayWith::Auto)
        .unwrap();
    let ends_at = |desk: &mut Desk| desk.package(1).standing.ends_at;
    assert_eq!(ends_at(&mut desk), Some(at("2026-04-19T21:00:00Z")));
}

#[test]
fn a_first_use_before_the_rest_that_is_released_again_takes_the_rest_with_it() {
    let contents = visit_contents(5, &[(1, 1)]);
    let package = paid(
        contents,
        Some(Validity::FromFirstUse(span(30))),
        Extras::default(),
    );
    let mut desk = desk(package);
    let ends_at = |desk: &mut Desk| desk.package(1).standing.ends_at;
    desk.book(1, &[1], now() + hours(1), PayWith::Auto).unwrap();
    assert_eq!(ends_at(&mut desk), Some(at("2026-04-01T21:00:00Z")));
    freeze_until(&mut desk, Some("2026-03-10"));
    // Used today, rested for eight days.
    assert_eq!(ends_at(&mut desk), Some(at("2026-04-09T21:00:00Z")));
    desk.book(2, &[1], at("2026-03-20T09:00:00Z"), PayWith::Auto)
        .unwrap();
    desk.cancel(1).unwrap();
    assert_eq!(ends_at(&mut desk), Some(at("2026-04-19T21:00:00Z")));
    unfreeze_at(&mut desk, "2026-03-05T09:00:00Z");
    assert_eq!(ends_at(&mut desk), Some(at("2026-04-19T21:00:00Z")));
    desk.now = at("2026-03-20T09:00:00Z");
    desk.complete(2).unwrap();
    freeze_until(&mut desk, Some("2026-03-22"));
    assert_eq!(ends_at(&mut desk), Some(at("2026-04-21T21:00:00Z")));
}

#[test]
fn a_package_that_rests_twice_before_its_first_use_still_begins_with_it() {
    let contents = visit_contents(5, &[(1, 1)]);
    let validity = Some(Validity::FromFirstUse(span(30)));
    let mut desk = desk(paid(contents, validity, Extras::default()));
    for day in ["2026-03-02", "2026-06-02"] {
        desk.now = at(&format!("{day}T08:00:00Z"));
        freeze_until(&mut desk, None);
        unfreeze_at(&mut desk, &format!("{day}T09:00:00Z"));
    }
    let starts_at = at("2026-07-01T09:00:00Z");
    desk.book(1, &[1], starts_at, PayWith::Auto).unwrap();
    let expires_at = desk.package(1).standing.expires_at;
    assert_eq!(expires_at, Some(at("2026-07-31T21:00:00Z")));
}
