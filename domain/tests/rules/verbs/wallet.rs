//! What the usable packages add up to.

use domain::packages::{Package, ServiceTotal, wallet};

use crate::fixtures::*;

#[test]
fn a_shared_pool_counts_in_each_of_its_services() {
    let mut newer = visits(1, 3, &[(1, 1)]);
    newer.sold_at = now() + days(1);
    let older = visits(2, 5, &[(1, 2), (2, 1)]);
    let total = |n, available_units, redemptions| ServiceTotal {
        service: svc(n),
        name: "Service 0".parse().unwrap(),
        available_units,
        redemptions,
        unlimited: false,
    };
    let expired = expiring(visits(3, 9, &[(1, 1), (3, 1)]), now());
    let wallet = wallet(&[newer, older, expired], now());
    assert_eq!(wallet.services, [total(1, 8, 3 + 2), total(2, 5, 5)]);
    assert_eq!(wallet.credit, []);
}

#[test]
fn credit_adds_up_by_currency_and_only_while_it_can_be_used() {
    let spent = |mut package: Package| {
        let balance = &mut package.pools[0].balance;
        (balance.captured, balance.available) = (balance.available, 0);
        package
    };
    let packages = [
        credit(1, lira(100), &[]),
        credit(2, lei(70), &[]),
        credit(3, lira(20), &[1]),
        expiring(credit(4, lira(9), &[]), now()),
        spent(credit(5, lira(9), &[])),
    ];
    let wallet = wallet(&packages, now());
    assert_eq!(wallet.credit, [lei(70), lira(120)]);
    assert_eq!(wallet.services, []);
}

#[test]
fn credit_may_add_up_to_more_than_any_one_amount() {
    let most = domain::Money::MAX_MINOR;
    let packages = [credit(1, lira(most), &[]), credit(2, lira(1), &[])];
    assert_eq!(wallet(&packages, now()).credit[0].amount_minor(), most + 1);
}

#[test]
fn a_service_goes_by_its_name_in_the_newest_package() {
    let named = |n, name: &str, sold_at| {
        let mut package = visits(n, 1, &[(1, 1)]);
        package.sold_at = sold_at;
        if let domain::packages::Covers::Services(covers) = &mut package.pools[0].covers {
            covers[0].name = name.parse().unwrap();
        }
        package
    };
    let packages = [named(1, "New", now() + days(1)), named(2, "Old", now())];
    let wallet = wallet(&packages, now() + days(2));
    assert_eq!(wallet.services[0].name.as_str(), "New");
}
