//! Passes: unlimited for a time, perhaps so often a day, a week, altogether.

use domain::Refusal;
use domain::bookings::{DeductAt, PayWith, Penalty};
use domain::calendar::{Span, SpanUnit, Validity};
use domain::catalog::{Contents, TemplateDraft};
use domain::packages::{Caps, Status};

use super::{drafted, sold_as};
use crate::fixtures::*;
use crate::verbs::Desk;

const NO_CAPS: Caps = Caps {
    per_day: None,
    per_week: None,
    per_period: None,
};

/// A pass for services 1 and 2, for thirty days.
fn pass(caps: Caps) -> TemplateDraft {
    let services = vec![svc(1), svc(2)];
    let month = Span {
        count: 30,
        unit: SpanUnit::Days,
    };
    let contents = Contents::Pass { services, caps };
    drafted(
        contents,
        Some(lira(90_000)),
        Some(Validity::FromSale(month)),
    )
}

fn desk(caps: Caps) -> Desk {
    let package = sold_as(pass(caps), &context(now()));
    Desk::new(DeductAt::Booking, Penalty::Forfeit, vec![package])
}

fn per_day(count: u32) -> Caps {
    Caps {
        per_day: Some(count),
        ..NO_CAPS
    }
}

#[test]
fn a_pass_without_caps_pays_for_any_number_of_appointments() {
    let mut desk = desk(NO_CAPS);
    for n in 1..=40 {
        desk.book(n, &[1, 2], now() + hours(1), PayWith::Auto)
            .unwrap();
    }
    assert_eq!(desk.balance(1), "80: 80 held");
    assert_eq!(desk.package(1).status(now()), Status::Active);
}

#[test]
fn what_is_released_was_never_granted_and_what_is_used_stays() {
    let mut desk = desk(NO_CAPS);
    desk.book(1, &[1], now(), PayWith::Auto).unwrap();
    desk.book(2, &[1], now(), PayWith::Auto).unwrap();
    desk.book(3, &[1], now(), PayWith::Auto).unwrap();
    desk.cancel(1).unwrap();
    desk.complete(2).unwrap();
    desk.no_show(3).unwrap();
    assert_eq!(desk.balance(1), "2: 1 captured, 1 forfeited");
}

#[test]
fn a_walk_in_is_granted_held_and_captured_at_once() {
    let mut desk = desk(per_day(1));
    let decision = desk.walk_in(1, &[1, 2], now(), PayWith::Auto).unwrap();
    assert_eq!(desk.balance(1), "1: 1 captured");
    assert_eq!(desk.due(1), [50_000]);
    assert_eq!(decision.entry.lines.len(), 2);
}

/// Noon in Istanbul, UTC+3: the day ends at 21:00 UTC. 2 March 2026 is a Monday.
#[test]
fn a_cap_per_day_counts_the_days_of_the_business() {
    let mut desk = desk(per_day(1));
    let mut book = |n, at_time: &str| {
        let booked = desk.book(n, &[1], at(at_time), PayWith::Auto);
        booked.map(|_| ()).map_err(|refusal| refusal.code())
    };
    assert_eq!(book(1, "2026-03-03T20:59:59.999Z"), Ok(()));
    assert_eq!(book(2, "2026-03-02T21:00:00Z"), Err("cap-reached"));
    assert_eq!(book(3, "2026-03-03T21:00:00Z"), Ok(()));
    assert_eq!(book(4, "2026-03-04T20:00:00Z"), Err("cap-reached"));
    assert_eq!(book(5, "2026-03-02T20:59:59.999Z"), Ok(()));
}

#[test]
fn a_cap_per_week_counts_from_monday_to_sunday_also_over_the_new_year() {
    let mut desk = desk(Caps {
        per_week: Some(2),
        ..NO_CAPS
    });
    // The week from Monday, 28 December 2026 to Sunday, 3 January 2027.
    desk.now = at("2026-12-20T09:00:00Z");
    let sold = sold_as(
        pass(Caps {
            per_week: Some(2),
            ..NO_CAPS
        }),
        &context(desk.now),
    );
    *desk.package(1) = sold;
    let mut book = |n, day: &str| {
        let booked = desk.book(n, &[1], at(&format!("{day}T09:00:00Z")), PayWith::Auto);
        booked.map(|_| ()).map_err(|refusal| refusal.code())
    };
    assert_eq!(book(1, "2026-12-28"), Ok(()));
    assert_eq!(book(2, "2027-01-03"), Ok(()));
    assert_eq!(book(3, "2026-12-31"), Err("cap-reached"));
    assert_eq!(book(4, "2026-12-27"), Ok(()));
    assert_eq!(book(5, "2027-01-04"), Ok(()));
}

#[test]
fn a_cap_for_the_whole_period_uses_the_pass_up() {
    let mut desk = desk(Caps {
        per_period: Some(2),
        ..NO_CAPS
    });
    for n in 1..=2 {
        desk.book(n, &[1], now() + days(n.into()), PayWith::Auto)
            .unwrap();
    }
    let refused = desk.book(3, &[1], now() + days(5), PayWith::Auto);
    assert_eq!(refused.unwrap_err(), Refusal::CapReached(svc(1)));
    desk.cancel(2).unwrap();
    desk.book(4, &[1], now() + days(5), PayWith::Auto).unwrap();
    assert_eq!(desk.package(1).status(now()), Status::Active);
    desk.complete(1).unwrap();
    desk.complete(4).unwrap();
    assert_eq!(desk.package(1).status(now()), Status::Exhausted);
}

#[test]
fn a_cancelled_visit_frees_its_day_and_a_moved_one_takes_another() {
    let mut desk = desk(per_day(1));
    let day = |n: i64| now() + days(n);
    desk.book(1, &[1], day(1), PayWith::Auto).unwrap();
    desk.cancel(1).unwrap();
    desk.book(2, &[1], day(1), PayWith::Auto).unwrap();
    desk.book(3, &[1], day(2), PayWith::Auto).unwrap();
    let refused = desk.reschedule(3, day(1)).unwrap_err();
    assert_eq!(refused, Refusal::CapReached(svc(1)));
    desk.reschedule(3, day(3)).unwrap();
    desk.book(4, &[1], day(2), PayWith::Auto).unwrap();
    // Within its own day it moves freely.
    desk.reschedule(4, day(2) + hours(1)).unwrap();
    assert_eq!(desk.balance(1), "3: 3 held");
}

#[test]
fn two_services_of_one_appointment_are_two_visits_of_its_day() {
    let mut desk = desk(per_day(1));
    let refused = desk.book(1, &[1, 2], now(), PayWith::Auto).unwrap_err();
    assert_eq!(refused, Refusal::InsufficientUnits);
    let mut desk = self::desk(per_day(2));
    desk.book(1, &[1, 2], now(), PayWith::Auto).unwrap();
}

/// A pass of 900.00 for thirty days and the rest of the day of its sale.
#[test]
fn a_pass_is_earned_as_its_time_goes_by_and_never_more_than_once() {
    let mut desk = desk(NO_CAPS);
    let begins = now();
    let ends = desk.package(1).standing.expires_at.unwrap();
    let half = begins + (ends - begins) / 2;
    let earned = |desk: &mut Desk, n| {
        let line = desk.complete(n).unwrap().entry.lines.remove(0);
        line.value_minor()
    };
    for n in 1..=3 {
        desk.book(n, &[1], now(), PayWith::Auto).unwrap();
    }
    desk.now = half;
    assert_eq!(earned(&mut desk, 1), 45_000);
    assert_eq!(earned(&mut desk, 2), 0);
    assert_eq!(desk.package(1).worth_minor(), 45_000);
    desk.now = ends + days(3);
    assert_eq!(earned(&mut desk, 3), 45_000);
    assert_eq!(desk.package(1).worth_minor(), 0);
}
