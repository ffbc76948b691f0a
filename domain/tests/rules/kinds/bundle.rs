//! Bundles: visits of each service apart.

use domain::Refusal;
use domain::bookings::{DeductAt, PayWith, Penalty};
use domain::catalog::Contents;

use super::{drafted, sold_as};
use crate::fixtures::*;
use crate::verbs::Desk;

/// Six of service 1, two at a time, and two of service 2.
fn bundle() -> Contents {
    Contents::Bundle {
        services: vec![(svc(1), 6, 2), (svc(2), 2, 1)],
    }
}

#[test]
fn each_service_draws_from_its_own_pool_and_from_no_other() {
    let package = sold_as(drafted(bundle(), None, None), &context(now()));
    let mut desk = Desk::new(DeductAt::Booking, Penalty::Forfeit, vec![package]);
    for n in 1..=2 {
        desk.book(n, &[1, 2], now() + days(1), PayWith::Auto)
            .unwrap();
    }
    let pools = |desk: &mut Desk| {
        let pools = &desk.package(1).pools;
        [show(pools[0].balance), show(pools[1].balance)]
    };
    assert_eq!(pools(&mut desk), ["6: 2 available, 4 held", "2: 2 held"]);
    let refused = desk.book(3, &[2], now() + days(1), PayWith::Auto);
    assert_eq!(refused.unwrap_err(), Refusal::InsufficientUnits);
    desk.book(4, &[1], now() + days(1), PayWith::Auto).unwrap();
    desk.cancel(1).unwrap();
    assert_eq!(
        pools(&mut desk),
        ["6: 2 available, 4 held", "2: 1 available, 1 held"]
    );
}

/// Three redemptions at 300.00 and two at 500.00 cost 1,900.00 one by one.
#[test]
fn the_price_is_shared_among_the_pools_by_their_list_prices() {
    let drafted = |price| drafted(bundle(), price, None);
    let listed = sold_as(drafted(None), &context(now()));
    assert_eq!(listed.terms.price, lira(190_000));
    assert_eq!(listed.terms.list_price_minor, Some(190_000));
    assert_eq!(listed.pools[0].worth_minor, 90_000);
    assert_eq!(listed.pools[1].worth_minor, 100_000);
    let cheaper = sold_as(drafted(Some(lira(100_000))), &context(now()));
    assert_eq!(cheaper.terms.list_price_minor, Some(190_000));
    // 100,000 × 9 ∕ 19 = 47,368.4; the other takes the odd unit.
    assert_eq!(cheaper.pools[0].worth_minor, 47_368);
    assert_eq!(cheaper.pools[1].worth_minor, 52_632);
}
