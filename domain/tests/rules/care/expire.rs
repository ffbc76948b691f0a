//! Writing off what was left at the end.

use domain::bookings::PayWith;
use domain::packages::expire;

use super::{desk, ended, values};
use crate::fixtures::*;

#[test]
fn an_end_is_recorded_once_and_only_after_it() {
    let mut desk = desk(expiring(visits(1, 3, &[(1, 1)]), now() + days(10)));
    desk.book(1, &[1], now() + days(9), PayWith::Auto).unwrap();
    desk.now = now() + days(10) - chrono::TimeDelta::milliseconds(1);
    assert_eq!(ended(&mut desk), None);
    desk.now = now() + days(10);
    let recorded = ended(&mut desk).unwrap();
    assert_eq!(recorded.entry.fact.name(), "package-expired");
    desk.keep(Ok(recorded)).unwrap();
    assert_eq!(desk.balance(1), "3: 1 held, 2 expired");
    assert_eq!(values(desk.package(1)), [(100_000, 33_334)]);
    assert_eq!(desk.package(1).pools[0].expired_minor, 66_666);
    assert_eq!(ended(&mut desk), None);
}

#[test]
fn two_who_record_one_end_at_once_use_one_key() {
    let package = expiring(visits(1, 3, &[(1, 1)]), now());
    let one = expire(&package, &context(now())).unwrap().unwrap();
    let two = expire(&package, &context(now() + days(1)))
        .unwrap()
        .unwrap();
    assert_eq!(one.key, two.key);
    let other_end = expiring(package, now() + days(1));
    let other = expire(&other_end, &context(now() + days(1))).unwrap();
    assert_ne!(one.key, other.unwrap().key);
}

#[test]
fn a_package_that_rests_without_an_end_does_not_expire() {
    let mut package = expiring(visits(1, 3, &[(1, 1)]), now() + days(1));
    package.standing.frozen = Some(domain::packages::Freeze {
        since: now(),
        until: None,
    });
    assert_eq!(expire(&package, &context(now() + days(100))), Ok(None));
}
