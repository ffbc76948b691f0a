//! Booking a series.

use domain::bookings::{Appointment, Holdings, PayWith, book_series};
use domain::packages::Package;
use domain::{Instant, Refusal};

use crate::fixtures::*;

#[derive(Clone)]
struct Attempt {
    holdings: Holdings,
    appointments: Vec<Appointment>,
}

fn appointment(n: u8, starts_at: Instant) -> Appointment {
    Appointment {
        booking: bkg(n),
        services: vec![svc(1)],
        starts_at,
        pay_with: Some(PayWith::Auto),
        allow_partial: false,
    }
}

fn sound() -> Attempt {
    Attempt {
        holdings: holdings(vec![visits(1, 3, &[(1, 1)])]),
        appointments: (1..=3)
            .map(|n| appointment(n, now() + days(n.into())))
            .collect(),
    }
}

fn of(n: u8, refusal: Refusal) -> Refusal {
    Refusal::InSeries {
        booking: bkg(n),
        refusal: Box::new(refusal),
    }
}

fn run(attempt: &Attempt) -> Result<domain::Decision, Refusal> {
    book_series(&attempt.holdings, &attempt.appointments, &context(now()))
}

#[test]
fn a_series_refuses_in_the_documented_order_and_names_the_first_booking_that_fails() {
    check(
        &sound(),
        run,
        &[
            (Refusal::SeriesSize, |a| a.appointments.clear()),
            (Refusal::SettingsMissing, |a| a.holdings.settings = None),
            (Refusal::CustomerNotFound, |a| a.holdings.customer = None),
            (of(1, Refusal::StartsInPast), |a| {
                if let Some(first) = a.appointments.first_mut() {
                    first.starts_at = now() - days(1);
                }
            }),
            (of(2, Refusal::ServiceNotFound(svc(9))), |a| {
                if let Some(second) = a.appointments.get_mut(1) {
                    second.services.push(svc(9));
                }
            }),
            (of(4, Refusal::InsufficientUnits), |a| {
                a.appointments.push(appointment(4, now() + days(4)));
            }),
        ],
    );
}

#[test]
fn a_series_is_of_at_most_fifty() {
    let mut attempt = sound();
    attempt.holdings.packages = vec![visits(1, 60, &[(1, 1)])];
    let daily = |count: u8| (1..=count).map(|n| appointment(n, now() + days(n.into())));
    attempt.appointments = daily(50).collect();
    assert!(run(&attempt).is_ok());
    attempt.appointments = daily(51).collect();
    assert_eq!(run(&attempt), Err(Refusal::SeriesSize));
}

/// Each holder of a package that pays gets a copy of the entry: all of it is one transaction.
#[test]
fn a_series_that_would_write_more_than_a_hundred_records_is_refused() {
    let of_another =
        |visits_granted: u64| -> Package { shared(visits(1, visits_granted, &[(1, 1)]), 9, &[1]) };
    let mut attempt = sound();
    attempt.holdings.packages = vec![of_another(50)];
    let daily = |count: u8| (1..=count).map(|n| appointment(n, now() + days(n.into())));
    attempt.appointments = daily(50).collect();
    assert_eq!(run(&attempt), Err(Refusal::SeriesSize));
    attempt.appointments = daily(49).collect();
    assert!(run(&attempt).is_ok());
}
