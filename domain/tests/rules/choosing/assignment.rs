//! Several services from several packages.

use domain::bookings::{PayWith, Wanted, choose};
use domain::packages::Package;

use super::{choice, named, paid, tomorrow};
use crate::fixtures::*;

fn taken(packages: &[Package], services: &[u8]) -> Vec<Option<(u8, u64)>> {
    paid(&choice(packages, services, &PayWith::Auto))
}

#[test]
fn each_service_is_paid_by_the_package_that_covers_it() {
    let packages = [
        visits(1, 1, &[(1, 1)]),
        visits(2, 4, &[(2, 3)]),
        credit(3, lei(20_000), &[]),
    ];
    assert_eq!(
        taken(&packages, &[3, 1, 2]),
        [Some((3, 20_000)), Some((1, 1)), Some((2, 3))]
    );
}

#[test]
fn one_package_pays_several_services_up_to_its_capacity() {
    let shared = [visits(1, 3, &[(1, 1), (2, 2)])];
    assert_eq!(taken(&shared, &[1, 2]), [Some((1, 1)), Some((1, 2))]);
    assert_eq!(taken(&shared, &[1, 1, 1]), [Some((1, 1)); 3]);
    assert_eq!(taken(&shared, &[2, 2]), [Some((1, 2)), None]);
    let exact = [credit(1, lira(80_000), &[])];
    assert_eq!(
        taken(&exact, &[1, 2]),
        [Some((1, 30_000)), Some((1, 50_000))]
    );
}

/// The preferred package of service 1 is the only one of service 2.
#[test]
fn a_choice_that_pays_for_all_is_found_where_the_first_fit_would_not() {
    let packages = [
        expiring(
            visits(1, 1, &[(1, 1), (2, 1)]),
            tomorrow().starts_at + days(1),
        ),
        visits(2, 1, &[(1, 1), (3, 1)]),
    ];
    assert_eq!(taken(&packages, &[1]), [Some((1, 1))]);
    assert_eq!(taken(&packages, &[1, 2]), [Some((2, 1)), Some((1, 1))]);
    assert_eq!(taken(&packages, &[2, 1]), [Some((1, 1)), Some((2, 1))]);
}

/// Three services in a ring: each package is wanted by two of them, and only by undoing the first
/// choices are all paid.
#[test]
fn a_choice_is_undone_more_than_one_service_back() {
    let packages = [
        visits(1, 1, &[(1, 1), (2, 1)]),
        visits(2, 1, &[(1, 1), (3, 1)]),
        visits(3, 2, &[(2, 2), (3, 1)]),
    ];
    assert_eq!(
        taken(&packages, &[1, 2, 3]),
        [Some((1, 1)), Some((3, 2)), Some((2, 1))]
    );
    assert_eq!(
        taken(&packages, &[3, 1, 2]),
        [Some((2, 1)), Some((1, 1)), Some((3, 2))]
    );
}

/// Service 1 tries package 1 first, which leaves nothing for service 3. Once it has made way,
/// service 2 is back at its own first choice.
#[test]
fn what_was_tried_and_undone_leaves_no_trace() {
    let packages = [
        visits(1, 1, &[(1, 1), (2, 1), (3, 1)]),
        visits(2, 1, &[(1, 1)]),
        visits(3, 1, &[(2, 1), (3, 1)]),
    ];
    let choice = choice(&packages, &[1, 2, 3], &named(&[3, 1, 2]));
    assert_eq!(paid(&choice), [Some((2, 1)), Some((3, 1)), Some((1, 1))]);
}

#[test]
fn where_no_choice_pays_for_all_the_first_fit_pays_for_some() {
    let packages = [visits(1, 1, &[(1, 1), (2, 1)])];
    assert_eq!(taken(&packages, &[1, 2]), [Some((1, 1)), None]);
    assert_eq!(taken(&packages, &[2, 1]), [Some((1, 1)), None]);
}

#[test]
fn a_full_choice_keeps_to_the_packages_that_were_named() {
    let packages = [
        visits(1, 1, &[(1, 1)]),
        visits(2, 1, &[(1, 1)]),
        visits(3, 9, &[(1, 1)]),
    ];
    let choice = choice(&packages, &[1, 1, 1], &named(&[2, 1]));
    assert_eq!(paid(&choice), [Some((2, 1)), Some((1, 1)), None]);
}

#[test]
fn credit_never_pays_a_price_in_another_currency() {
    let packages = [credit(1, lei(90_000), &[]), credit(2, lira(90_000), &[])];
    assert_eq!(taken(&packages, &[1]), [Some((2, 30_000))]);
    assert_eq!(taken(&packages, &[3]), [Some((1, 20_000))]);
    assert_eq!(taken(&packages[..1], &[1]), [None]);
}

/// Visits are not money: what a service costs, and in what, is no matter.
#[test]
fn visits_pay_whatever_the_price() {
    let packages = [visits(1, 1, &[(3, 1)])];
    assert_eq!(taken(&packages, &[3]), [Some((1, 1))]);
}

#[test]
fn a_package_that_expires_as_the_appointment_starts_cannot_pay() {
    for (expires_at, pays) in [
        (tomorrow().starts_at, None),
        (
            tomorrow().starts_at + chrono::TimeDelta::milliseconds(1),
            Some((1, 1)),
        ),
    ] {
        let packages = [expiring(visits(1, 1, &[(1, 1)]), expires_at)];
        assert_eq!(taken(&packages, &[1]), [pays], "{expires_at}");
    }
}

#[test]
fn a_service_without_a_price_takes_no_credit_but_takes_its_visits() {
    let free = [Wanted {
        service: svc(1),
        price: lira(0),
    }];
    for (package, pays) in [
        (credit(1, lira(1), &[]), Some((1, 0))),
        (credit(1, lei(1), &[]), None),
        (visits(1, 2, &[(1, 2)]), Some((1, 2))),
    ] {
        let choice = choose(cus(1), &[package], &free, &PayWith::Auto, tomorrow());
        assert_eq!(paid(&choice), [pays]);
    }
}

/// Twelve services that each of ten packages could pay, where no choice pays for all: the search
/// gives up, and the first fit still pays for ten.
#[test]
fn a_contrived_wallet_is_answered_by_the_first_fit() {
    let packages: Vec<Package> = (1..=10).map(|n| visits(n, 1, &[(1, 1)])).collect();
    let taken = taken(&packages, &[1; 12]);
    let paid: Vec<u8> = taken
        .iter()
        .flatten()
        .map(|(package, _)| *package)
        .collect();
    assert_eq!(paid, (1..=10).collect::<Vec<u8>>());
}

/// What one service cannot have does not keep the others from the choice that pays for them.
#[test]
fn as_many_services_are_paid_as_can_be() {
    let packages = [
        expiring(
            visits(1, 1, &[(1, 1), (2, 1)]),
            tomorrow().starts_at + days(1),
        ),
        visits(2, 1, &[(1, 1)]),
    ];
    let both = [Some((2, 1)), Some((1, 1)), None];
    assert_eq!(taken(&packages, &[1, 2, 3]), both);
    assert_eq!(taken(&packages, &[1, 2, 2]), both);
}

/// The second service has but one package to choose; the first still gets the one it prefers.
#[test]
fn an_earlier_service_keeps_what_it_prefers_where_all_are_paid() {
    let packages = [
        visits(1, 2, &[(1, 1), (2, 1)]),
        credit(2, lira(1_000_000), &[]),
    ];
    assert_eq!(taken(&packages, &[1, 2]), [Some((1, 1)), Some((1, 1))]);
    let scarce = [
        visits(1, 1, &[(1, 1), (2, 1)]),
        credit(2, lira(1_000_000), &[]),
    ];
    assert_eq!(taken(&scarce, &[1, 2]), [Some((1, 1)), Some((2, 50_000))]);
}
