//! Which bookings hold units of a package.

use domain::bookings::{PayWith, holding};

use super::desk;
use crate::fixtures::*;

#[test]
fn a_booking_holds_until_it_is_resolved_and_is_listed_at_its_latest_time() {
    let mut desk = desk(visits(1, 10, &[(1, 2)]));
    for n in 1..=4 {
        desk.book(n, &[1], now() + days(n.into()), PayWith::Auto)
            .unwrap();
    }
    desk.cancel(1).unwrap();
    desk.reschedule(2, now() + days(9)).unwrap();
    desk.complete(3).unwrap();
    let holding = holding(pkg(1), &desk.journal);
    let seen: Vec<_> = holding
        .iter()
        .map(|held| (held.booking.clone(), held.starts_at, held.units))
        .collect();
    assert_eq!(
        seen,
        [(bkg(4), now() + days(4), 2), (bkg(2), now() + days(9), 2)]
    );
    assert!(holding.iter().all(|held| held.customer == cus(1)));
}

#[test]
fn what_another_package_pays_for_does_not_hold_from_this_one() {
    let mut desk = desk(visits(1, 10, &[(1, 1)]));
    desk.book(1, &[1], now() + days(1), PayWith::Auto).unwrap();
    assert_eq!(holding(pkg(2), &desk.journal), []);
}
