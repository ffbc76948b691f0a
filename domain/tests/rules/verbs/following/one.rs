//! One appointment that another system keeps.

use domain::Refusal;
use domain::bookings::{self, BookingStatus, DeductAt, Penalty};
use domain::packages::Stage;

use super::{Desk, deliver, telling};
use crate::fixtures::*;

use BookingStatus::{Booked, Cancelled, Completed, NoShow};

/// Loses what is cancelled less than a day before.
fn one_package() -> Desk {
    let mut desk = Desk::new(
        DeductAt::Booking,
        Penalty::Forfeit,
        vec![visits(1, 10, &[(1, 1)])],
    );
    let settings = desk.holdings.settings.as_mut().unwrap();
    settings.policies.late_cancel = Penalty::Forfeit;
    settings.policies.cancel_window_hours = 24;
    desk
}

#[test]
fn a_cancellation_is_late_by_when_it_happened_and_not_by_when_it_is_heard_of() {
    let starts_at = now() + days(3);
    for (at, balance) in [
        (now() + days(1), "10: 10 available"),
        (now() + days(2), "10: 8 available, 2 forfeited"),
    ] {
        let mut desk = one_package();
        desk.now = starts_at + days(1);
        deliver(&mut desk, &telling(Cancelled, at, starts_at)).unwrap();
        assert_eq!(desk.balance(1), balance);
        assert_eq!(desk.booking(1).status, Cancelled);
        deliver(&mut desk, &telling(Booked, now(), starts_at)).unwrap();
        assert_eq!(desk.balance(1), balance, "the booking comes too late");
    }
}

#[test]
fn that_it_took_place_is_final_and_comes_before_that_it_was_booked() {
    let starts_at = now() + hours(2);
    let mut desk = one_package();
    let completed = telling(Completed, now() + hours(3), starts_at);
    deliver(&mut desk, &completed).unwrap();
    assert_eq!(desk.balance(1), "10: 8 available, 2 captured");
    let steps = desk.journal.len();
    for later in [
        telling(Booked, now(), starts_at),
        telling(Cancelled, now() + hours(1), starts_at),
        telling(NoShow, now() + hours(9), starts_at),
        completed,
    ] {
        deliver(&mut desk, &later).unwrap();
    }
    assert_eq!(desk.journal.len(), steps, "nothing was left to do");
    assert_eq!(desk.booking(1).status, Completed);
}

#[test]
fn what_a_person_took_back_is_not_done_again_by_what_was_told_before() {
    let starts_at = now() + hours(2);
    let mut desk = one_package();
    let completed = telling(Completed, now() + hours(3), starts_at);
    desk.now = now() + hours(4);
    deliver(&mut desk, &completed).unwrap();
    desk.now += hours(1);
    desk.reverse(1).unwrap();
    deliver(&mut desk, &completed).unwrap();
    assert_eq!(desk.booking(1).status, Booked);
    assert_eq!(desk.balance(1), "10: 8 available, 2 held");
    let again = telling(Completed, desk.now + hours(1), starts_at);
    deliver(&mut desk, &again).unwrap();
    assert_eq!(desk.booking(1).status, Completed);
}

#[test]
fn what_was_cancelled_and_took_place_all_the_same_is_due_where_its_units_are_gone() {
    let starts_at = now() + hours(30);
    let mut desk = Desk::new(
        DeductAt::Booking,
        Penalty::Forfeit,
        vec![visits(1, 2, &[(1, 1)])],
    );
    deliver(&mut desk, &telling(Cancelled, now(), starts_at)).unwrap();
    let others = bookings::PayWith::Auto;
    desk.now = now();
    desk.book(2, &[1], starts_at, others).unwrap();
    let completed = telling(Completed, now() + hours(31), starts_at);
    deliver(&mut desk, &completed).unwrap();
    assert_eq!(desk.balance(1), "2: 1 held, 1 captured");
    assert_eq!(desk.due(1).len(), 1);
}

#[test]
fn each_step_says_when_it_happened_in_the_other_system() {
    let mut desk = one_package();
    let at = now() + hours(3);
    deliver(&mut desk, &telling(Completed, at, now() + hours(2))).unwrap();
    let told: Vec<_> = desk.journal.iter().map(|entry| entry.told_at).collect();
    assert_eq!(told, [Some(at), Some(at)]);
}

#[test]
fn an_appointment_is_of_one_customer_and_of_the_same_services() {
    let starts_at = now() + hours(2);
    let mut desk = one_package();
    let booked = telling(Booked, now(), starts_at);
    deliver(&mut desk, &booked).unwrap();
    let mut of_another = telling(Completed, now() + hours(3), starts_at);
    of_another.customer = cus(2);
    let refused = deliver(&mut desk, &of_another);
    assert_eq!(refused, Err(Refusal::BookingOfAnother));
    let mut other = telling(Completed, now() + hours(3), starts_at);
    other.appointment.services.pop();
    let refused = deliver(&mut desk, &other);
    assert_eq!(refused, Err(Refusal::BookingIdReused));
    assert_eq!(desk.booking(1).status, Booked);
}

#[test]
fn a_walk_in_that_was_a_mistake_and_took_place_all_the_same_is_completed() {
    let mut desk = one_package();
    let starts_at = now();
    desk.walk_in(1, &[1, 1], starts_at, bookings::PayWith::Auto)
        .unwrap();
    desk.now += hours(1);
    desk.reverse(1).unwrap();
    desk.now += hours(2);
    let completed = telling(Completed, now() + hours(2), starts_at);
    for _ in 0..2 {
        deliver(&mut desk, &completed).unwrap();
    }
    assert_eq!(desk.booking(1).status, Completed);
    assert_eq!(desk.balance(1), "10: 8 available, 2 captured");
    let names: Vec<_> = desk.journal.iter().map(|entry| entry.fact.name()).collect();
    let expected = ["walk-in-completed", "reversed", "reversed", "completed"];
    assert_eq!(names, expected);
    // From then on it is an appointment as any other.
    desk.now += hours(1);
    desk.reverse(1).unwrap();
    assert_eq!(desk.booking(1).status, Booked);
    assert_eq!(desk.balance(1), "10: 8 available, 2 held");
}

#[test]
fn what_took_place_is_completed_although_what_was_lost_cannot_be_taken_back() {
    let starts_at = now() + days(3);
    let voided: fn(&mut Desk) = |desk| desk.package(1).standing.stage = Stage::Voided;
    let ended: fn(&mut Desk) = |desk| desk.package(1).standing.ends_at = Some(now());
    for changed in [voided, ended] {
        let mut desk = one_package();
        desk.now = starts_at + days(1);
        let cancelled = telling(Cancelled, now() + days(2) + hours(12), starts_at);
        deliver(&mut desk, &cancelled).unwrap();
        assert_eq!(desk.balance(1), "10: 8 available, 2 forfeited");
        changed(&mut desk);
        let completed = telling(Completed, starts_at + hours(1), starts_at);
        for _ in 0..2 {
            deliver(&mut desk, &completed).unwrap();
        }
        assert_eq!(desk.booking(1).status, Completed);
        assert_eq!(desk.balance(1), "10: 8 available, 2 forfeited");
        assert_eq!(desk.due(1).len(), 2);
    }
}

#[test]
fn what_took_place_is_due_and_its_units_are_back_where_their_package_was_blocked_meanwhile() {
    let starts_at = now() + days(3);
    let mut desk = one_package();
    desk.now = starts_at + days(1);
    let missed = telling(NoShow, starts_at, starts_at);
    deliver(&mut desk, &missed).unwrap();
    assert_eq!(desk.balance(1), "10: 8 available, 2 forfeited");
    let standing = &mut desk.package(1).standing;
    (standing.blocked, standing.paid_minor) = (true, 0);
    let completed = telling(Completed, starts_at + hours(1), starts_at);
    for _ in 0..2 {
        deliver(&mut desk, &completed).unwrap();
    }
    assert_eq!(desk.booking(1).status, Completed);
    assert_eq!(desk.balance(1), "10: 10 available");
    assert_eq!(desk.due(1).len(), 2);
}

#[test]
fn what_a_person_took_back_is_not_done_again_by_the_same_event_whatever_its_clock_says() {
    let starts_at = now() + days(3);
    let mut desk = one_package();
    deliver(&mut desk, &telling(Booked, now(), starts_at)).unwrap();
    // Ten minutes ahead, and taken back here before that.
    let cancelled = telling(Cancelled, now() + chrono::TimeDelta::minutes(10), starts_at);
    deliver(&mut desk, &cancelled).unwrap();
    desk.now += chrono::TimeDelta::minutes(1);
    desk.reverse(1).unwrap();
    deliver(&mut desk, &cancelled).unwrap();
    assert_eq!(desk.booking(1).status, Booked);
}
