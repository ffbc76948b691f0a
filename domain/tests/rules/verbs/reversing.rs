//! Taking back what was recorded by mistake.

use domain::bookings::{BookingStatus, DeductAt, PayWith, Penalty};
use domain::calendar::{Span, SpanUnit, Validity};
use domain::packages::{Caps, Freeze, Package};
use domain::{Decision, Refusal};

use super::Desk;
use crate::fixtures::*;

type Verb = fn(&mut Desk, u8) -> Result<Decision, Refusal>;

fn booked(deduct_at: DeductAt, no_show: Penalty, packages: Vec<Package>) -> Desk {
    let mut desk = Desk::new(deduct_at, no_show, packages);
    desk.book(1, &[1, 2], now() + days(1), PayWith::Auto)
        .unwrap();
    desk.now = now() + days(1);
    desk
}

/// Everything of the packages but how often and when they changed.
fn state(desk: &Desk) -> Vec<Package> {
    let plain = |package: &Package| Package {
        version: 0,
        changed_at: None,
        ..package.clone()
    };
    desk.holdings.packages.iter().map(plain).collect()
}

#[test]
fn a_mistake_taken_back_leaves_every_package_as_it_was_to_the_cent() {
    let kinds = || vec![visits(1, 3, &[(1, 1)]), credit(2, lira(50_001), &[2])];
    let verbs: [Verb; 2] = [Desk::complete, Desk::no_show];
    for deduct_at in [DeductAt::Booking, DeductAt::Completion] {
        for no_show in [
            Penalty::Release,
            Penalty::Forfeit,
            Penalty::ForfeitPercent(40),
        ] {
            for verb in verbs {
                let mut desk = booked(deduct_at, no_show, kinds());
                let (before, booking) = (state(&desk), desk.booking(1));
                verb(&mut desk, 1).unwrap();
                desk.now = now() + days(2);
                desk.reverse(1).unwrap();
                assert_eq!(state(&desk), before, "{deduct_at:?} {no_show:?}");
                let open = desk.booking(1);
                assert_eq!(open.status, BookingStatus::Booked);
                assert_eq!(open.terms, booking.terms);
                // And it can be completed, as if nothing had been.
                desk.complete(1).unwrap();
                assert_eq!(desk.balance(1), "3: 2 available, 1 captured");
                assert_eq!(desk.balance(2), "50001: 1 available, 50000 captured");
                assert_eq!(desk.due(1), [0; 0]);
            }
        }
    }
}

#[test]
fn a_walk_in_taken_back_is_cancelled_and_returns_what_it_took() {
    let mut desk = Desk::new(
        DeductAt::Booking,
        Penalty::Forfeit,
        vec![visits(1, 3, &[(1, 1)])],
    );
    let before = state(&desk);
    desk.walk_in(1, &[1], now(), PayWith::Auto).unwrap();
    desk.reverse(1).unwrap();
    assert_eq!(state(&desk), before);
    assert_eq!(desk.booking(1).status, BookingStatus::Cancelled);
    assert_eq!(desk.due(1), [0; 0]);
    assert!(desk.reverse(1).is_err());
    assert!(desk.complete(1).is_err());
}

#[test]
fn a_pass_taken_back_has_its_worth_and_its_days_again() {
    let caps = Caps {
        per_day: Some(1),
        ..Caps::default()
    };
    for deduct_at in [DeductAt::Booking, DeductAt::Completion] {
        let mut desk = Desk::new(deduct_at, Penalty::Forfeit, vec![pass(1, &[1], caps)]);
        desk.book(1, &[1], now() + days(1), PayWith::Auto).unwrap();
        desk.now = now() + days(10);
        let before = state(&desk);
        desk.complete(1).unwrap();
        assert!(desk.package(1).worth_minor() < 100_000);
        desk.reverse(1).unwrap();
        let drawn = |desk: &mut Desk| desk.package(1).pools[0].days.clone().unwrap();
        let after = drawn(&mut desk);
        assert_eq!(desk.package(1).worth_minor(), 100_000);
        assert_eq!(
            after.values().sum::<u32>(),
            u32::from(deduct_at == DeductAt::Booking)
        );
        desk.package(1).pools[0].days = before[0].pools[0].days.clone();
        assert_eq!(state(&desk), before, "{deduct_at:?}");
    }
}

#[test]
fn a_first_use_by_mistake_was_none() {
    let span = Span {
        count: 30,
        unit: SpanUnit::Days,
    };
    let from_first_use = || {
        let mut template = template(1, visit_contents(9, &[(1, 1), (2, 1)]), None);
        template.terms.validity = Some(Validity::FromFirstUse(span));
        sold(template, 1)
    };
    for deduct_at in [DeductAt::Booking, DeductAt::Completion] {
        let mut desk = booked(deduct_at, Penalty::Forfeit, vec![from_first_use()]);
        let end = desk.package(1).standing.ends_at;
        desk.complete(1).unwrap();
        assert!(desk.package(1).standing.begun_at.is_some());
        desk.reverse(1).unwrap();
        assert!(desk.package(1).standing.begun_at.is_none(), "{deduct_at:?}");
        assert_eq!(desk.package(1).standing.ends_at, end, "{deduct_at:?}");
        // It begins with the next appointment that takes place.
        desk.reschedule(1, now() + days(5)).unwrap();
        desk.complete(1).unwrap();
        let ends_at = desk.package(1).standing.ends_at;
        assert_eq!(ends_at, Some(at("2026-04-06T21:00:00Z")), "{deduct_at:?}");
    }
}

#[test]
fn a_first_use_stays_where_another_use_remains() {
    let span = Span {
        count: 30,
        unit: SpanUnit::Days,
    };
    let mut template = template(1, visit_contents(9, &[(1, 1), (2, 1)]), None);
    template.terms.validity = Some(Validity::FromFirstUse(span));
    let mut desk = booked(DeductAt::Booking, Penalty::Forfeit, vec![sold(template, 1)]);
    desk.walk_in(2, &[1], desk.now, PayWith::Auto).unwrap();
    let standing = desk.package(1).standing.clone();
    desk.complete(1).unwrap();
    desk.reverse(1).unwrap();
    assert_eq!(desk.package(1).standing, standing);
}

#[test]
fn what_was_called_off_is_held_again_only_where_it_could_be_booked() {
    let cancelled = || {
        let packages = vec![visits(1, 5, &[(1, 1)])];
        let mut desk = Desk::new(DeductAt::Booking, Penalty::Forfeit, packages);
        desk.book(1, &[1], now() + days(3), PayWith::Auto).unwrap();
        desk.cancel(1).unwrap();
        desk
    };
    let mut desk = cancelled();
    desk.reverse(1).unwrap();
    assert_eq!(desk.balance(1), "5: 4 available, 1 held");
    assert_eq!(desk.booking(1).status, BookingStatus::Booked);
    let mut blocked = cancelled();
    let standing = &mut blocked.package(1).standing;
    (standing.blocked, standing.paid_minor) = (true, 0);
    assert_eq!(blocked.reverse(1).unwrap_err(), Refusal::NotPaid(svc(1)));
    let mut frozen = cancelled();
    let since = now();
    frozen.package(1).standing.frozen = Some(Freeze { since, until: None });
    assert_eq!(
        frozen.reverse(1).unwrap_err(),
        Refusal::PackageFrozen(svc(1))
    );
    let mut ended = cancelled();
    ended.package(1).standing.ends_at = Some(now() + days(2));
    assert_eq!(
        ended.reverse(1).unwrap_err(),
        Refusal::ExpiredAtAppointment(svc(1))
    );
}

#[test]
fn a_part_that_was_lost_and_taken_back_leaves_no_use_behind() {
    let mut package = visits(1, 9, &[(1, 3)]);
    let span = Span {
        count: 30,
        unit: SpanUnit::Days,
    };
    package.terms.validity = Some(Validity::FromFirstUse(span));
    package.standing.ends_at = None;
    package.standing.expires_at = None;
    let mut desk = Desk::new(
        DeductAt::Booking,
        Penalty::ForfeitPercent(50),
        vec![package],
    );
    desk.book(1, &[1], now() + days(1), PayWith::Auto).unwrap();
    // Another at the very same time, which must keep its place.
    desk.book(2, &[1], now() + days(1), PayWith::Auto).unwrap();
    desk.now = now() + days(1);
    desk.no_show(1).unwrap();
    assert_eq!(desk.balance(1), "9: 4 available, 3 held, 2 forfeited");
    assert_eq!(desk.package(1).standing.drawn_at.len(), 1);
    desk.reverse(1).unwrap();
    assert_eq!(desk.package(1).standing.drawn_at.len(), 2);
    desk.cancel(1).unwrap();
    desk.cancel(2).unwrap();
    let standing = &desk.package(1).standing;
    assert_eq!((standing.drawn_at.len(), standing.ends_at), (0, None));
}

#[test]
fn a_walk_in_on_a_pass_that_was_a_mistake_was_no_first_use() {
    let span = Span {
        count: 30,
        unit: SpanUnit::Days,
    };
    let mut package = pass(1, &[1], Caps::default());
    package.terms.validity = Some(Validity::FromFirstUse(span));
    (package.standing.expires_at, package.standing.ends_at) = (None, None);
    let mut desk = Desk::new(DeductAt::Booking, Penalty::Forfeit, vec![package]);
    desk.walk_in(1, &[1], now(), PayWith::Auto).unwrap();
    assert!(desk.package(1).standing.ends_at.is_some());
    desk.reverse(1).unwrap();
    let standing = &desk.package(1).standing;
    assert_eq!(
        (standing.drawn_at.len(), standing.begun_at, standing.ends_at),
        (0, None, None)
    );
}

#[test]
fn a_part_of_an_ended_package_without_grace_is_one_use_taken_back() {
    let mut package = visits(1, 9, &[(1, 3)]);
    let span = Span {
        count: 30,
        unit: SpanUnit::Days,
    };
    package.terms.validity = Some(Validity::FromFirstUse(span));
    (package.standing.expires_at, package.standing.ends_at) = (None, None);
    let mut desk = Desk::new(
        DeductAt::Booking,
        Penalty::ForfeitPercent(50),
        vec![package],
    );
    let settings = desk.holdings.settings.as_mut().unwrap();
    settings.policies.return_grace_days = 0;
    desk.book(1, &[1], now() + days(1), PayWith::Auto).unwrap();
    desk.now = now() + days(60);
    desk.no_show(1).unwrap();
    assert_eq!(desk.package(1).pools[0].balance.forfeited, 3);
    desk.reverse(1).unwrap();
    let package = desk.package(1);
    assert_eq!(
        (
            package.standing.drawn_at.len(),
            package.pools[0].balance.held
        ),
        (1, 3)
    );
}
