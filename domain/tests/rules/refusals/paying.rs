//! Paying for a booking that is made already.

use domain::bookings::{Booking, BookingStatus, DeductAt, PayWith, book, pay};
use domain::packages::Package;
use domain::{Decision, Refusal};

use crate::fixtures::*;

#[derive(Clone)]
struct Attempt {
    booking: Booking,
    packages: Vec<Package>,
    pay_with: PayWith,
    partial: bool,
}

/// A booking of services 1 and 2 tomorrow that nothing pays for, and a package that can.
fn sound(deduct_at: DeductAt) -> Attempt {
    let mut holdings = holdings(Vec::new());
    if let Some(settings) = &mut holdings.settings {
        settings.policies.deduct_at = deduct_at;
    }
    let appointment = domain::bookings::Appointment {
        booking: bkg(1),
        services: vec![svc(1), svc(2)],
        starts_at: now() + days(1),
        pay_with: Some(PayWith::None),
        allow_partial: false,
    };
    let booked = book(&holdings, &appointment, &context(now())).unwrap();
    Attempt {
        booking: Booking::fold([&booked.entry]).unwrap(),
        packages: vec![expiring(visits(1, 2, &[(1, 1), (2, 1)]), now() + days(9))],
        pay_with: PayWith::Auto,
        partial: false,
    }
}

fn run(a: &Attempt) -> Result<Decision, Refusal> {
    pay(
        &a.booking,
        &a.packages,
        &a.pay_with,
        a.partial,
        &context(now()),
    )
}

#[test]
fn paying_refuses_in_the_documented_order() {
    for deduct_at in [DeductAt::Booking, DeductAt::Completion] {
        check(
            &sound(deduct_at),
            run,
            &[
                (Refusal::BookingResolved(BookingStatus::Completed), |a| {
                    a.booking.status = BookingStatus::Completed;
                }),
                (Refusal::BookingResolved(BookingStatus::Cancelled), |a| {
                    a.booking.status = BookingStatus::Cancelled;
                }),
                (Refusal::BookingResolved(BookingStatus::NoShow), |a| {
                    a.booking.status = BookingStatus::NoShow;
                }),
                (Refusal::PackageNotFound, |a| {
                    a.pay_with = PayWith::Packages(vec![pkg(1), pkg(9)]);
                }),
                (Refusal::NoPackage, |a| a.packages.clear()),
                (Refusal::InsufficientUnits, |a| {
                    a.packages = vec![visits(1, 1, &[(1, 1), (2, 1)])];
                }),
            ],
        );
    }
}

#[test]
fn what_is_paid_is_not_paid_again() {
    for deduct_at in [DeductAt::Booking, DeductAt::Completion] {
        let mut attempt = sound(deduct_at);
        let paid = run(&attempt).unwrap();
        attempt.packages = vec![attempt.packages[0].after(&paid.entry).unwrap()];
        let domain::journal::Fact::Paid { services, .. } = &paid.entry.fact else {
            unreachable!("a payment: {paid:?}");
        };
        attempt.booking.terms.services = services.clone();
        attempt.booking.terms.pay_with = PayWith::Auto;
        assert_eq!(run(&attempt), Err(Refusal::BookingPaid));
        attempt.pay_with = PayWith::Packages(vec![pkg(9)]);
        assert_eq!(
            run(&attempt),
            Err(Refusal::BookingPaid),
            "before a package is looked for"
        );
    }
}

#[test]
fn a_part_is_enough_only_where_that_is_said_and_nothing_is_never_enough() {
    for deduct_at in [DeductAt::Booking, DeductAt::Completion] {
        let mut attempt = sound(deduct_at);
        attempt.packages = vec![visits(1, 2, &[(1, 1)])];
        assert_eq!(run(&attempt), Err(Refusal::ServiceNotCovered(svc(2))));
        attempt.partial = true;
        assert!(run(&attempt).is_ok());
        attempt.packages = vec![visits(1, 2, &[(3, 1)])];
        assert_eq!(run(&attempt), Err(Refusal::ServiceNotCovered(svc(1))));
    }
}
