//! The order in which packages are preferred.

use domain::bookings::PayWith;
use domain::packages::Package;

use super::{choice, named, number, paid, tomorrow};
use crate::fixtures::*;

/// One visit of service 1 or more; everything later in the order of preference speaks for
/// whichever package has the lower number.
fn plain(n: u8) -> Package {
    visits(n, 5, &[(1, 1)])
}

fn wide(n: u8) -> Package {
    visits(n, 5, &[(1, 1), (2, 1)])
}

fn until(package: Package, day: i64) -> Package {
    expiring(package, tomorrow().starts_at + days(day))
}

fn important(mut package: Package) -> Package {
    package.terms.conditions.priority = 1;
    package
}

fn promotional(mut package: Package) -> Package {
    package.terms.conditions.promotional = true;
    package
}

fn older(package: Package) -> Package {
    let sold_at = package.sold_at - days(1);
    Package { sold_at, ..package }
}

/// Each case is two packages, the preferred first; only the criterion it is named after speaks for
/// the first, and every later one for the second, whose number is lower.
#[test]
fn packages_are_preferred_in_the_documented_order() {
    let any = |n| credit(n, lira(90_000), &[]);
    let auto = PayWith::Auto;
    for (criterion, preferred, other, pay_with) in [
        (
            "named first",
            until(wide(2), 9),
            older(until(plain(1), 1)),
            named(&[2, 1]),
        ),
        ("narrower", plain(2), older(until(wide(1), 1)), auto.clone()),
        (
            "narrower than any",
            wide(2),
            older(until(any(1), 1)),
            auto.clone(),
        ),
        (
            "higher priority",
            important(plain(2)),
            older(until(plain(1), 1)),
            auto.clone(),
        ),
        (
            "earlier expiry",
            until(plain(2), 8),
            older(until(plain(1), 9)),
            auto.clone(),
        ),
        (
            "any expiry before none",
            until(plain(2), 99),
            older(plain(1)),
            auto.clone(),
        ),
        (
            "promotional of one expiry",
            promotional(until(plain(2), 9)),
            older(until(plain(1), 9)),
            auto.clone(),
        ),
        ("older", older(plain(2)), plain(1), auto.clone()),
        (
            "older of one expiry",
            older(until(plain(2), 9)),
            until(plain(1), 9),
            auto.clone(),
        ),
        ("lower id", plain(1), plain(2), auto),
    ] {
        let first = number(preferred.id);
        for packages in [
            [preferred.clone(), other.clone()],
            [other.clone(), preferred.clone()],
        ] {
            let choice = choice(&packages, &[1], &pay_with);
            let order: Vec<u8> = choice
                .considered
                .iter()
                .map(|c| number(c.package))
                .collect();
            assert_eq!(order, [first, 3 - first], "{criterion}");
            assert_eq!(paid(&choice)[0].unwrap().0, first, "{criterion}");
        }
    }
}

#[test]
fn the_width_of_a_package_is_that_of_its_narrowest_pool() {
    let mut two_pools = wide(2);
    two_pools.pools.extend(plain(2).pools);
    let choice = choice(&[wide(1), two_pools], &[1], &PayWith::Auto);
    assert_eq!(number(choice.considered[0].package), 2);
}

#[test]
fn packages_that_were_not_named_come_last_and_pay_for_nothing() {
    let packages = [until(plain(1), 1), plain(2), wide(3)];
    let choice = choice(&packages, &[1], &named(&[3]));
    let order: Vec<u8> = choice
        .considered
        .iter()
        .map(|c| number(c.package))
        .collect();
    assert_eq!(order, [3, 1, 2]);
    assert_eq!(paid(&choice), [Some((3, 1))]);
}

#[test]
fn a_package_that_cannot_pay_gives_way_to_the_next() {
    let packages = [
        expiring(plain(1), tomorrow().starts_at),
        visits(2, 1, &[(1, 1), (2, 1)]),
        credit(3, lira(90_000), &[]),
    ];
    let taken = |services: &[u8]| paid(&choice(&packages, services, &PayWith::Auto));
    assert_eq!(taken(&[1]), [Some((2, 1))]);
    assert_eq!(taken(&[1, 1]), [Some((2, 1)), Some((3, 30_000))]);
}
