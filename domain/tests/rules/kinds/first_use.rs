//! Validity that counts from the first appointment.

use domain::Instant;
use domain::bookings::{DeductAt, PayWith, Penalty};
use domain::calendar::{Span, SpanUnit, Validity};
use domain::catalog::Extras;
use domain::packages::Conditions;

use super::{drafted, sold_as, with_extras};
use crate::fixtures::*;
use crate::verbs::Desk;

/// Ten visits of service 1, for a month from the first of them, and two days of grace.
fn desk() -> Desk {
    let month = Span {
        count: 1,
        unit: SpanUnit::Months,
    };
    let contents = visit_contents(10, &[(1, 1)]);
    let draft = drafted(contents, None, Some(Validity::FromFirstUse(month)));
    let grace = Extras {
        conditions: Conditions {
            grace_days: 2,
            ..Conditions::default()
        },
        ..Extras::default()
    };
    let package = sold_as(with_extras(draft, grace), &context(now()));
    Desk::new(DeductAt::Booking, Penalty::Forfeit, vec![package])
}

/// When it expires and, with grace, ends.
fn end(desk: &mut Desk) -> Option<(Instant, Instant)> {
    let standing = &desk.package(1).standing;
    standing.expires_at.zip(standing.ends_at)
}

/// Through the local day `last_day`, which ends at 21:00 UTC in Istanbul.
fn through(last_day: &str) -> Option<(Instant, Instant)> {
    let expires_at = at(&format!("{last_day}T21:00:00Z"));
    Some((expires_at, expires_at + days(2)))
}

fn book(desk: &mut Desk, n: u8, day: &str) -> Result<(), &'static str> {
    let starts_at = at(&format!("{day}T09:00:00Z"));
    let booked = desk.book(n, &[1], starts_at, PayWith::Auto);
    booked.map(|_| ()).map_err(|refusal| refusal.code())
}

#[test]
fn nothing_runs_before_the_first_appointment_is_drawn() {
    let mut desk = desk();
    assert_eq!(end(&mut desk), None);
    desk.now = now() + days(1000);
    assert_eq!(book(&mut desk, 1, "2028-12-31"), Ok(()));
    assert_eq!(end(&mut desk), through("2029-01-31"));
}

#[test]
fn the_earliest_appointment_drawn_begins_it() {
    let mut desk = desk();
    book(&mut desk, 1, "2026-04-10").unwrap();
    assert_eq!(end(&mut desk), through("2026-05-10"));
    book(&mut desk, 2, "2026-03-31").unwrap();
    assert_eq!(end(&mut desk), through("2026-04-30"));
    assert_eq!(book(&mut desk, 3, "2026-05-02"), Ok(()));
    assert_eq!(
        book(&mut desk, 4, "2026-05-03"),
        Err("expired-at-appointment")
    );
}

#[test]
fn a_released_appointment_begins_nothing_before_any_is_used() {
    let mut desk = desk();
    book(&mut desk, 1, "2026-03-10").unwrap();
    book(&mut desk, 2, "2026-03-20").unwrap();
    desk.cancel(1).unwrap();
    assert_eq!(end(&mut desk), through("2026-04-20"));
    desk.reschedule(2, at("2026-03-25T09:00:00Z")).unwrap();
    assert_eq!(end(&mut desk), through("2026-04-25"));
    desk.cancel(2).unwrap();
    assert_eq!(end(&mut desk), None);
}

#[test]
fn the_first_use_is_final_once_something_is_used_or_lost() {
    for resolve in [Desk::complete, Desk::no_show] {
        let mut desk = desk();
        book(&mut desk, 1, "2026-03-10").unwrap();
        book(&mut desk, 2, "2026-03-20").unwrap();
        desk.now = at("2026-03-20T10:00:00Z");
        resolve(&mut desk, 2).unwrap();
        // The first was there, and still is, when the second was used.
        assert_eq!(end(&mut desk), through("2026-04-10"));
        desk.cancel(1).unwrap();
        assert_eq!(end(&mut desk), through("2026-04-10"));
    }
}

#[test]
fn a_walk_in_begins_it_on_the_day_of_the_visit() {
    let mut desk = desk();
    desk.walk_in(1, &[1], now() - days(1), PayWith::Auto)
        .unwrap();
    assert_eq!(end(&mut desk), through("2026-04-01"));
    book(&mut desk, 2, "2026-03-02").unwrap();
    assert_eq!(end(&mut desk), through("2026-04-01"));
}
