//! Cancelling: windows, penalties, and where the units go.

use domain::Instant;
use domain::bookings::{DeductAt, PayWith, Penalty};
use domain::packages::Caps;
use domain::settings::Policies;
use domain::{Decision, Refusal, Role};

use super::Desk;
use crate::fixtures::*;

/// A desk where whoever cancels within so many hours suffers the penalty, and what returns to an ended
/// package has so many days of grace.
fn desk(packages: Vec<domain::packages::Package>, change: impl Fn(&mut Policies)) -> Desk {
    let mut desk = Desk::new(DeductAt::Booking, Penalty::Forfeit, packages);
    let settings = desk.holdings.settings.as_mut().unwrap();
    change(&mut settings.policies);
    desk
}

fn millis(count: i64) -> chrono::TimeDelta {
    chrono::TimeDelta::milliseconds(count)
}

#[test]
fn a_cancellation_is_late_from_the_window_on_to_the_millisecond() {
    let starts_at = now() + days(10);
    for (window_hours, before, late) in [
        (24, hours(24) + millis(1), false),
        (24, hours(24), true),
        (24, hours(24) - millis(1), true),
        (24, hours(-5), true),
        (0, millis(1), false),
        (0, millis(0), true),
        (720, hours(720), true),
    ] {
        let mut desk = desk(vec![visits(1, 10, &[(1, 2)])], |policies| {
            policies.late_cancel = Penalty::Forfeit;
            policies.cancel_window_hours = window_hours;
        });
        desk.book(1, &[1], starts_at, PayWith::Auto).unwrap();
        desk.now = starts_at - before;
        desk.cancel(1).unwrap();
        let balance = match late {
            true => "10: 8 available, 2 forfeited",
            false => "10: 10 available",
        };
        assert_eq!(
            desk.balance(1),
            balance,
            "{window_hours} h, {before} before"
        );
        assert_eq!(desk.due(1), [0; 0]);
    }
}

/// A window is hours, not the same time on the day before: in the night of the 29th of March 2026
/// Bucharest's clocks jump from 3 to 4, so that noon is 23 hours after noon.
#[test]
fn a_window_counts_hours_across_a_change_of_the_clocks() {
    let noon: Instant = at("2026-03-29T09:00:00Z");
    for (cancelled_at, late) in [
        ("2026-03-28T08:59:59.999Z", false), // 10:59:59 on the clock
        ("2026-03-28T09:00:00Z", true),      // 11:00 on the clock
        ("2026-03-28T10:00:00Z", true),      // noon on the clock, 23 hours before
    ] {
        let mut desk = desk(vec![visits(1, 10, &[(1, 2)])], |policies| {
            policies.time_zone = chrono_tz::Europe::Bucharest;
            policies.late_cancel = Penalty::Forfeit;
            policies.cancel_window_hours = 24;
        });
        desk.book(1, &[1], noon, PayWith::Auto).unwrap();
        desk.now = at(cancelled_at);
        desk.cancel(1).unwrap();
        let lost = desk.package(1).pools[0].balance.forfeited;
        assert_eq!(lost > 0, late, "{cancelled_at}");
    }
}

#[test]
fn a_late_cancellation_takes_what_was_agreed_of_each_draw() {
    for (penalty, visits_left, credit_left) in [
        (Penalty::Release, "7: 7 available", "60000: 60000 available"),
        (
            Penalty::Forfeit,
            "7: 4 available, 3 forfeited",
            "60000: 10000 available, 50000 forfeited",
        ),
        (
            Penalty::ForfeitPercent(50),
            "7: 5 available, 2 forfeited",
            "60000: 35000 available, 25000 forfeited",
        ),
        (
            Penalty::ForfeitPercent(99),
            "7: 4 available, 3 forfeited",
            "60000: 10500 available, 49500 forfeited",
        ),
        (
            Penalty::ForfeitPercent(1),
            "7: 7 available",
            "60000: 59500 available, 500 forfeited",
        ),
    ] {
        let packages = vec![visits(1, 7, &[(1, 3)]), credit(2, lira(60_000), &[2])];
        let mut desk = desk(packages, |policies| policies.late_cancel = penalty);
        desk.book(1, &[1, 2], now() + days(1), PayWith::Auto)
            .unwrap();
        desk.now = now() + days(1);
        desk.cancel(1).unwrap();
        assert_eq!(desk.balance(1), visits_left, "{penalty:?}");
        assert_eq!(desk.balance(2), credit_left, "{penalty:?}");
    }
}

#[test]
fn the_business_may_waive_a_penalty() {
    let packages = vec![visits(1, 10, &[(1, 2)])];
    let mut desk = desk(packages, |policies| policies.late_cancel = Penalty::Forfeit);
    desk.book(1, &[1], now() + days(1), PayWith::Auto).unwrap();
    desk.now = now() + days(1);
    desk.waive(1).unwrap();
    assert_eq!(desk.balance(1), "10: 10 available");
}

#[test]
fn under_deduct_at_completion_a_late_cancellation_takes_what_it_would_have_drawn() {
    for (penalty, balance) in [
        (Penalty::Release, "10: 10 available"),
        (Penalty::Forfeit, "10: 8 available, 2 forfeited"),
        (Penalty::ForfeitPercent(50), "10: 9 available, 1 forfeited"),
    ] {
        let mut desk = desk(vec![visits(1, 10, &[(1, 2)])], |policies| {
            policies.deduct_at = DeductAt::Completion;
            policies.late_cancel = penalty;
        });
        desk.book(1, &[1], now() + days(1), PayWith::Auto).unwrap();
        desk.now = now() + days(1);
        desk.cancel(1).unwrap();
        assert_eq!(desk.balance(1), balance, "{penalty:?}");
    }
}

#[test]
fn what_returns_to_an_ended_package_can_be_used_for_the_days_of_grace() {
    // Ended on Tuesday; on Wednesday the hold of a Monday that never was is given back.
    for (grace, balance, usable_until) in [
        (0, "10: 8 available, 2 forfeited", "2026-03-03T09:00:00Z"),
        (1, "10: 2 available, 8 expired", "2026-03-05T21:00:00Z"),
        (14, "10: 2 available, 8 expired", "2026-03-18T21:00:00Z"),
    ] {
        let package = expiring(visits(1, 10, &[(1, 2)]), now() + days(1));
        let mut desk = desk(vec![package], |policies| policies.return_grace_days = grace);
        desk.book(1, &[1], now() + hours(1), PayWith::Auto).unwrap();
        desk.now = now() + days(2);
        desk.cancel(1).unwrap();
        assert_eq!(desk.balance(1), balance, "{grace} days");
        let ends_at = desk.package(1).standing.ends_at;
        assert_eq!(ends_at, Some(at(usable_until)), "{grace} days");
    }
}

/// A service without a price draws no credit: cancelling or moving it brings none to an end or to life.
#[test]
fn what_drew_nothing_gives_nothing_back() {
    let verbs: [fn(&mut Desk) -> _; 2] = [
        |desk| desk.cancel(1),
        |desk| desk.reschedule(1, now() + days(5)),
    ];
    for verb in verbs {
        let packages = vec![
            expiring(credit(1, lira(500), &[1]), now() + days(1)),
            credit(2, lira(500), &[]),
        ];
        let mut desk = desk(packages, |_| {});
        desk.holdings.services[0].terms.list_price = lira(0);
        desk.book(1, &[1], now() + hours(1), PayWith::Auto).unwrap();
        let end = desk.package(1).standing.ends_at;
        desk.now = now() + days(2);
        let _: domain::Decision = verb(&mut desk).unwrap();
        assert_eq!(desk.balance(1), "500: 500 available");
        assert_eq!(desk.package(1).standing.ends_at, end);
    }
}

#[test]
fn a_cancelled_draw_makes_room_under_the_caps_of_a_pass_and_a_moved_one_moves() {
    let caps = Caps {
        per_day: Some(1),
        per_week: Some(2),
        per_period: Some(3),
    };
    let mut desk = desk(vec![pass(1, &[1], caps)], |_| {});
    let day = |n| now() + days(n) + hours(1);
    let used = |desk: &mut Desk| -> Vec<u32> {
        let days = desk.package(1).pools[0].days.clone().unwrap();
        days.into_values().filter(|count| *count > 0).collect()
    };
    let full = domain::Refusal::CapReached(svc(1));
    desk.book(1, &[1], day(0), PayWith::Auto).unwrap();
    assert_eq!(desk.book(2, &[1], day(0), PayWith::Auto), Err(full.clone()));
    desk.book(3, &[1], day(1), PayWith::Auto).unwrap();
    // Monday and Tuesday are two of the week.
    assert_eq!(desk.book(4, &[1], day(2), PayWith::Auto), Err(full.clone()));
    desk.cancel(3).unwrap();
    desk.book(5, &[1], day(2), PayWith::Auto).unwrap();
    // Moved to next Monday, it leaves this one.
    desk.reschedule(1, day(7)).unwrap();
    desk.book(6, &[1], day(0), PayWith::Auto).unwrap();
    assert_eq!(used(&mut desk), [1, 1, 1]);
    // That was the third of the period.
    assert_eq!(desk.book(7, &[1], day(14), PayWith::Auto), Err(full));
    desk.cancel(6).unwrap();
    desk.book(8, &[1], day(14), PayWith::Auto).unwrap();
    assert_eq!(desk.balance(1), "3: 3 held");
    assert_eq!(
        desk.booking(8).terms.services[0].paid_by.unwrap().package,
        pkg(1)
    );
    assert_eq!(desk.booking(8).terms.booking, bkg(8));
}

#[test]
fn what_was_drawn_from_a_package_that_is_no_longer_shared_returns_to_it() {
    type Verb = fn(&mut Desk, u8) -> Result<Decision, Refusal>;
    let verbs: [(Verb, &str); 3] = [
        (Desk::cancel, "10: 10 available"),
        (Desk::complete, "10: 8 available, 2 captured"),
        (Desk::no_show, "10: 8 available, 2 forfeited"),
    ];
    for (verb, balance) in verbs {
        let package = shared(visits(1, 10, &[(1, 2)]), 9, &[1]);
        let mut desk = desk(vec![package], |_| {});
        desk.book(1, &[1], now() + hours(1), PayWith::Auto).unwrap();
        desk.package(1).standing.members.clear();
        desk.now = now() + hours(2);
        let decision: domain::Decision = verb(&mut desk, 1).unwrap();
        assert_eq!(desk.balance(1), balance);
        assert_eq!(decision.entry.also, [cus(9)]);
    }
}

#[test]
fn what_has_begun_is_the_business_s_to_call_off() {
    let starts_at = now() + days(1);
    for (role, before, called_off) in [
        (Role::Customer, millis(1), true),
        (Role::Customer, millis(0), false),
        (Role::Staff, millis(0), true),
        (Role::Machine, millis(-1), true),
    ] {
        let mut desk = desk(vec![visits(1, 10, &[(1, 1)])], |_| {});
        desk.book(1, &[1], starts_at, PayWith::Auto).unwrap();
        (desk.now, desk.role) = (starts_at - before, role);
        match called_off {
            true => assert!(desk.cancel(1).is_ok(), "{role:?}"),
            false => assert_eq!(desk.cancel(1), Err(Refusal::CancelLate)),
        }
    }
}
