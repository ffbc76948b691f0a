//! Redeeming only as far as a package is paid.

use domain::Refusal;
use domain::bookings::{DeductAt, PayWith, Penalty};
use domain::calendar::{Span, SpanUnit, Validity};
use domain::catalog::{Contents, Extras};
use domain::packages::{Caps, Conditions, Package};

use super::{drafted, sold_as, with_extras};
use crate::fixtures::*;
use crate::verbs::Desk;

/// Three visits of service 1 for 100.00.
fn package(redeem_up_to_paid: bool, paid_minor: u64) -> Package {
    let draft = drafted(visit_contents(3, &[(1, 1)]), Some(lira(10_000)), None);
    let extras = Extras {
        conditions: Conditions {
            redeem_up_to_paid,
            ..Conditions::default()
        },
        ..Extras::default()
    };
    let mut package = sold_as(with_extras(draft, extras), &context(now()));
    package.standing.paid_minor = paid_minor;
    package
}

/// How many visits can be booked, and what the next one is refused for.
fn bookable(package: Package) -> (u8, Option<&'static str>) {
    let mut desk = Desk::new(DeductAt::Booking, Penalty::Forfeit, vec![package]);
    for n in 1..=3 {
        if let Err(refusal) = desk.book(n, &[1], now() + days(1), PayWith::Auto) {
            return (n - 1, Some(refusal.code()));
        }
    }
    (3, None)
}

#[test]
fn units_can_be_redeemed_as_far_as_their_value_is_paid() {
    for (paid, visits) in [
        (0, 0),
        (3_332, 0),
        (3_333, 1),
        (6_665, 1),
        (6_666, 2),
        (9_999, 2),
    ] {
        assert_eq!(
            bookable(package(true, paid)),
            (visits, Some("not-paid")),
            "{paid}"
        );
    }
    assert_eq!(bookable(package(true, 10_000)), (3, None));
    assert_eq!(bookable(package(false, 0)), (3, None));
}

#[test]
fn a_returned_payment_blocks_what_is_not_paid_and_nothing_else() {
    let mut blocked = package(false, 6_666);
    blocked.standing.blocked = true;
    assert_eq!(bookable(blocked), (2, Some("not-paid")));
}

#[test]
fn two_services_of_one_appointment_are_judged_together() {
    let packages = vec![package(true, 3_333)];
    let mut desk = Desk::new(DeductAt::Booking, Penalty::Forfeit, packages);
    let refused = desk.book(1, &[1, 1], now() + days(1), PayWith::Auto);
    assert_eq!(refused.unwrap_err(), Refusal::InsufficientUnits);
    desk.book(2, &[1], now() + days(1), PayWith::Auto).unwrap();
}

/// 310.00 for 31 days: the rest of the day of the sale, and thirty more.
#[test]
fn a_pass_can_be_used_for_as_long_as_its_time_is_paid() {
    let days_of = Span {
        count: 30,
        unit: SpanUnit::Days,
    };
    let contents = Contents::Pass {
        services: vec![svc(1)],
        caps: Caps::default(),
    };
    let midnight = at("2026-03-01T21:00:00Z");
    let draft = drafted(
        contents,
        Some(lira(31_000)),
        Some(Validity::FromSale(days_of)),
    );
    let extras = Extras {
        conditions: Conditions {
            redeem_up_to_paid: true,
            ..Conditions::default()
        },
        ..Extras::default()
    };
    let mut package = sold_as(with_extras(draft, extras), &context(midnight));
    package.standing.paid_minor = 10_000;
    let mut desk = Desk::new(DeductAt::Booking, Penalty::Forfeit, vec![package]);
    desk.now = midnight;
    desk.book(1, &[1], midnight + days(10), PayWith::Auto)
        .unwrap();
    let later = midnight + days(10) + hours(1);
    let refused = desk.book(2, &[1], later, PayWith::Auto).unwrap_err();
    assert_eq!(refused, Refusal::NotPaid(svc(1)));
}
