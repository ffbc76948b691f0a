//! Booking, asking for a quote, and recording a walk-in.

use domain::bookings::{Appointment, DeductAt, Holdings, PayWith, book, complete_walk_in, quote};
use domain::{Decision, Instant, Refusal, ServiceId};

use crate::fixtures::*;

#[derive(Clone)]
struct Attempt {
    holdings: Holdings,
    services: Vec<ServiceId>,
    starts_at: Instant,
    pay_with: PayWith,
}

fn sound() -> Attempt {
    Attempt {
        holdings: holdings(vec![visits(1, 1, &[(1, 1)])]),
        services: vec![svc(1)],
        starts_at: now() + days(1),
        pay_with: PayWith::Auto,
    }
}

impl Attempt {
    fn appointment(&self) -> Appointment {
        Appointment {
            booking: bkg(1),
            services: self.services.clone(),
            starts_at: self.starts_at,
            pay_with: Some(self.pay_with.clone()),
            allow_partial: false,
        }
    }

    fn book(&self) -> Result<Decision, Refusal> {
        book(&self.holdings, &self.appointment(), &context(now()))
    }

    fn complete_walk_in(&self) -> Result<Decision, Refusal> {
        complete_walk_in(&self.holdings, &self.appointment(), &context(now()))
    }
}

/// What booking and quoting refuse before they choose.
fn before_the_choice() -> Vec<Flaw<Attempt>> {
    vec![
        (Refusal::SettingsMissing, |a| a.holdings.settings = None),
        (Refusal::CustomerNotFound, |a| a.holdings.customer = None),
        (Refusal::CustomerErased, |a| {
            a.holdings.customer = a.holdings.customer.take().map(erased);
        }),
        // Six years ago is both in the past and too far.
        (Refusal::StartsInPast, |a| {
            a.starts_at = now() - days(6 * 366)
        }),
        (Refusal::StartsTooFar, |a| {
            a.starts_at = now() + days(6 * 366)
        }),
        (Refusal::ServiceNotFound(svc(9)), |a| {
            a.services.push(svc(9))
        }),
        (Refusal::ServiceArchived(svc(1)), |a| {
            a.holdings.services[0].archived = true;
            // Only what was sold for it by name still pays for it.
            a.holdings.packages = vec![credit(1, lira(90_000), &[]), visits(2, 1, &[(2, 1)])];
        }),
        (Refusal::PackageNotFound, |a| {
            a.pay_with = PayWith::Packages(vec![pkg(1), pkg(9)]);
        }),
    ]
}

fn of_the_choice() -> Vec<Flaw<Attempt>> {
    vec![
        (Refusal::NoPackage, |a| a.holdings.packages.clear()),
        (Refusal::ServiceNotCovered(svc(1)), |a| {
            a.holdings.packages = vec![visits(1, 1, &[(2, 1)])];
        }),
        (Refusal::CurrencyDiffers(svc(1)), |a| {
            a.holdings.packages = vec![credit(1, lei(90_000), &[])];
        }),
        (Refusal::ExpiredAtAppointment(svc(1)), |a| {
            a.holdings.packages = vec![expiring(visits(1, 1, &[(1, 1)]), a.starts_at)];
        }),
        (Refusal::InsufficientUnits, |a| {
            a.holdings.packages = vec![credit(1, lira(29_999), &[])];
        }),
    ]
}

#[test]
fn booking_refuses_in_the_documented_order() {
    let flaws = [before_the_choice(), of_the_choice()].concat();
    check(&sound(), Attempt::book, &flaws);
}

#[test]
fn booking_that_deducts_at_completion_still_refuses_what_does_not_exist() {
    let mut sound = sound();
    sound.holdings.packages = vec![visits(1, 1, &[(2, 1)])];
    let settings = sound.holdings.settings.as_mut().unwrap();
    settings.policies.deduct_at = DeductAt::Completion;
    check(&sound, Attempt::book, &before_the_choice());
}

#[test]
fn a_quote_refuses_what_booking_refuses_before_the_choice_and_nothing_after() {
    let ask = |a: &Attempt| quote(&a.holdings, &a.services, a.starts_at, &a.pay_with, now());
    check(&sound(), ask, &before_the_choice());
    for (refusal, flaw) in of_the_choice() {
        let mut attempt = sound();
        flaw(&mut attempt);
        assert!(!ask(&attempt).unwrap().covered(), "{refusal:?}");
    }
}

#[test]
fn a_missing_service_is_named_before_an_archived_one() {
    let mut attempt = sound();
    attempt.holdings.services[0].archived = true;
    attempt.services = vec![svc(1), svc(9)];
    assert_eq!(
        attempt.book().unwrap_err(),
        Refusal::ServiceNotFound(svc(9))
    );
}

#[test]
fn naming_packages_that_do_not_cover_differs_from_naming_none() {
    let refused = |pay_with| {
        let mut attempt = sound();
        attempt.holdings.packages.push(visits(2, 1, &[(2, 1)]));
        attempt.pay_with = PayWith::Packages(pay_with);
        attempt.book().unwrap_err()
    };
    assert_eq!(refused(vec![pkg(2)]), Refusal::ServiceNotCovered(svc(1)));
    assert_eq!(refused(vec![]), Refusal::NoPackage);
}

#[test]
fn recording_a_walk_in_refuses_in_the_documented_order() {
    // What was archived, is not covered or has run out was performed all the same.
    let mut sound = sound();
    sound.holdings.services[0].archived = true;
    sound.holdings.packages = vec![visits(1, 1, &[(2, 1)])];
    sound.starts_at = now() - hours(1);
    check(
        &sound,
        Attempt::complete_walk_in,
        &[
            (Refusal::SettingsMissing, |a| a.holdings.settings = None),
            (Refusal::CustomerNotFound, |a| a.holdings.customer = None),
            (Refusal::CustomerErased, |a| {
                a.holdings.customer = a.holdings.customer.take().map(erased);
            }),
            // In six years is both in the future and too far.
            (Refusal::StartsInFuture, |a| {
                a.starts_at = now() + days(6 * 366)
            }),
            (Refusal::StartsTooFar, |a| {
                a.starts_at = now() - days(6 * 366)
            }),
            (Refusal::ServiceNotFound(svc(9)), |a| {
                a.services.push(svc(9))
            }),
            (Refusal::PackageNotFound, |a| {
                a.pay_with = PayWith::Packages(vec![pkg(1), pkg(9)]);
            }),
        ],
    );
}
