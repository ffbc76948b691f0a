//! Which bookings a new package pays for.

use domain::bookings::{DeductAt, PayWith, Penalty, existing_bookings};
use domain::packages::Package;

use super::Desk;
use crate::fixtures::*;

fn existing(desk: &Desk, package: &Package) -> Vec<String> {
    let bookings = existing_bookings(&desk.journal, package).into_iter();
    bookings
        .map(|booking| booking.terms.booking.to_string())
        .collect()
}

#[test]
fn a_new_package_pays_for_what_was_booked_before_in_the_order_of_its_time() {
    let mut desk = Desk::new(
        DeductAt::Booking,
        Penalty::Forfeit,
        vec![visits(1, 1, &[(1, 1)])],
    );
    let today = now() - hours(2);
    for (n, starts_at, pay_with) in [
        (1, now() + days(3), PayWith::None),
        (2, now() + days(1), PayWith::None),
        (3, now() + days(2), PayWith::Auto),
        (4, now() + days(2), PayWith::None),
        (5, now() + days(2), PayWith::None),
        (6, now() + days(1), PayWith::None),
        (7, today, PayWith::None),
    ] {
        desk.book(n, &[1], starts_at, pay_with).unwrap();
    }
    desk.cancel(4).unwrap();
    desk.complete(5).unwrap();
    desk.walk_in(8, &[1], today, PayWith::None).unwrap();
    let new = Package {
        sold_at: now() + hours(1),
        ..visits(2, 10, &[(1, 1)])
    };
    desk.now = now() + hours(2);
    desk.book(9, &[1], now() + days(1), PayWith::None).unwrap();
    // 3 is paid, 4 cancelled, 5 and 8 done, 9 newer than the package.
    assert_eq!(existing(&desk, &new), ["b-7", "b-2", "b-6", "b-1"]);
    // What it pays for already is among them, so that a repeated sale answers the same.
    desk.holdings.packages.push(new.clone());
    desk.pay(2, PayWith::Packages(vec![pkg(2)]), true).unwrap();
    assert_eq!(existing(&desk, &new), ["b-7", "b-2", "b-6", "b-1"]);
    // Another customer's package pays for none of them.
    assert_eq!(existing(&desk, &shared(new.clone(), 9, &[1])), [""; 0]);
    // Sold the day after, the appointments of today are not among them.
    let later = Package {
        sold_at: now() + days(1),
        ..new
    };
    assert_eq!(existing(&desk, &later), ["b-2", "b-6", "b-9", "b-1"]);
}
