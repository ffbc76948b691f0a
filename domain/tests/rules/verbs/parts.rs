//! Penalties of a part.

use domain::bookings::{DeductAt, PayWith, Penalty};

use super::Desk;
use crate::fixtures::*;

/// Cancels ten visits' booking of these services within its window; (lost, left).
fn cancelled(units: u32, services: &[u8], percent: u8) -> (u64, u64) {
    let packages = vec![visits(1, 10, &[(1, units)])];
    let mut desk = Desk::new(DeductAt::Booking, Penalty::Forfeit, packages);
    let settings = desk.holdings.settings.as_mut().unwrap();
    settings.policies.late_cancel = Penalty::ForfeitPercent(percent);
    settings.policies.cancel_window_hours = 24;
    desk.book(1, services, now() + hours(1), PayWith::Auto)
        .unwrap();
    desk.cancel(1).unwrap();
    let balance = desk.package(1).pools[0].balance;
    (balance.forfeited, balance.available)
}

#[test]
fn a_part_is_rounded_to_the_nearest_unit_and_half_a_unit_up() {
    for (units, percent, lost) in [
        (1, 49, 0),
        (1, 50, 1),
        (3, 16, 0),
        (3, 17, 1),
        (3, 50, 2),
        (10, 1, 0),
        (10, 99, 10),
    ] {
        assert_eq!(
            cancelled(units, &[1], percent),
            (lost, 10 - lost),
            "{percent}"
        );
    }
}

#[test]
fn parts_of_several_draws_of_a_pool_are_rounded_together() {
    for (percent, lost) in [(49, 1), (50, 2), (17, 1), (16, 0), (83, 2), (84, 3)] {
        assert_eq!(
            cancelled(1, &[1, 1, 1], percent),
            (lost, 10 - lost),
            "{percent}"
        );
    }
}
