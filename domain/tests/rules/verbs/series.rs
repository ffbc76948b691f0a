//! Booking several appointments at once.

use domain::bookings::{Appointment, DeductAt, PayWith, Penalty, book_series};
use domain::{Decision, EntryKey, Refusal};

use super::{Desk, appointment};
use crate::fixtures::*;

/// Appointments 1 to `count` of service 1, a day apart.
fn daily(count: u8) -> Vec<Appointment> {
    let one = |n: u8| appointment(n, &[1], now() + days(n.into()), Some(PayWith::Auto));
    (1..=count).map(one).collect()
}

fn book(desk: &mut Desk, appointments: &[Appointment]) -> Result<Decision, Refusal> {
    let booked = book_series(&desk.holdings, appointments, &desk.context());
    desk.keep(booked)
}

#[test]
fn fifty_appointments_take_a_package_of_fifty() {
    let mut desk = Desk::new(
        DeductAt::Booking,
        Penalty::Forfeit,
        vec![visits(1, 50, &[(1, 1)])],
    );
    let decision = book(&mut desk, &daily(50)).unwrap();
    assert_eq!(desk.balance(1), "50: 50 held");
    let keys: Vec<EntryKey> = decision.entries().map(|(key, _)| key.clone()).collect();
    let bookings: Vec<EntryKey> = (1..=50).map(|n| EntryKey::Booking(bkg(n))).collect();
    assert_eq!(keys, bookings);
    let mut ids: Vec<String> = decision.entries().map(|(_, e)| e.id.to_string()).collect();
    let in_order = ids.clone();
    ids.sort();
    ids.dedup();
    assert_eq!(ids, in_order);
    assert_eq!(desk.package(1).version, 51);
}

#[test]
fn each_appointment_is_paid_from_what_the_ones_before_it_left() {
    // The narrow one first, then the wide one.
    let packages = vec![visits(1, 2, &[(1, 1)]), visits(2, 5, &[(1, 1), (2, 1)])];
    let mut desk = Desk::new(DeductAt::Booking, Penalty::Forfeit, packages);
    book(&mut desk, &daily(4)).unwrap();
    let payer = |desk: &Desk, n| desk.booking(n).terms.services[0].paid_by.unwrap().package;
    let payers: Vec<_> = (1..=4).map(|n| payer(&desk, n)).collect();
    assert_eq!(payers, [pkg(1), pkg(1), pkg(2), pkg(2)]);
}

#[test]
fn the_caps_of_a_pass_count_within_a_series() {
    let caps = domain::packages::Caps {
        per_week: Some(2),
        ..Default::default()
    };
    let mut desk = Desk::new(
        DeductAt::Booking,
        Penalty::Forfeit,
        vec![pass(1, &[1], caps)],
    );
    // Tuesday, Wednesday, Thursday.
    let refused = book(&mut desk, &daily(3)).unwrap_err();
    let third = Refusal::InSeries {
        booking: bkg(3),
        refusal: Box::new(Refusal::CapReached(svc(1))),
    };
    assert_eq!(refused, third);
    assert_eq!(refused.code(), "cap-reached");
    assert!(
        refused.to_string().starts_with("booking b-3: "),
        "{refused}"
    );
    book(&mut desk, &daily(2)).unwrap();
}

#[test]
fn a_series_with_the_rest_due_books_everything() {
    let mut desk = Desk::new(
        DeductAt::Booking,
        Penalty::Forfeit,
        vec![visits(1, 2, &[(1, 1)])],
    );
    let mut appointments = daily(3);
    for appointment in &mut appointments {
        appointment.allow_partial = true;
    }
    book(&mut desk, &appointments).unwrap();
    assert_eq!(desk.balance(1), "2: 2 held");
    assert_eq!(desk.due(3), [30_000]);
}
