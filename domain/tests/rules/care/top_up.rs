//! Selling more units.

use domain::bookings::PayWith;
use domain::catalog::{Contents, Extras};
use domain::packages::{PoolUnits, Status, top_up};

use super::{care, desk, key, paid, values};
use crate::fixtures::*;

#[test]
fn a_top_up_is_worth_its_price_and_is_to_be_paid() {
    let mut desk = desk(visits(1, 1, &[(1, 1)]));
    desk.walk_in(1, &[1], now(), PayWith::Auto).unwrap();
    assert_eq!(desk.package(1).status(now()), Status::Exhausted);
    let added = [PoolUnits { pool: 0, units: 5 }];
    care(&mut desk, |package, context| {
        top_up(package, &added, lira(45_000), key(), context)
    });
    assert_eq!(desk.balance(1), "6: 5 available, 1 captured");
    assert_eq!(values(desk.package(1)), [(145_000, 45_000)]);
    assert_eq!(desk.package(1).standing.price_minor, 145_000);
    assert_eq!(desk.package(1).standing.outstanding_minor(), 145_000);
    assert_eq!(desk.package(1).status(now()), Status::Active);
}

#[test]
fn the_price_of_a_top_up_is_split_over_the_pools_by_their_units_to_the_cent() {
    let contents = Contents::Bundle {
        services: vec![(svc(1), 1, 1), (svc(2), 1, 1)],
    };
    let mut desk = desk(paid(contents, None, Extras::default()));
    let before = values(desk.package(1));
    let added = [
        PoolUnits { pool: 0, units: 1 },
        PoolUnits { pool: 1, units: 2 },
    ];
    care(&mut desk, |package, context| {
        top_up(package, &added, lira(100), key(), context)
    });
    let after = values(desk.package(1));
    let shares: Vec<u64> = after.iter().zip(before).map(|(a, b)| a.1 - b.1).collect();
    assert_eq!(shares, [33, 67]);
    assert_eq!(desk.package(1).standing.outstanding_minor(), 100);
}
