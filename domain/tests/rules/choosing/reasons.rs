//! For every package that does not pay, why not.

use domain::Refusal;
use domain::bookings::{Choice, Draw, Ineligible, PayWith, Verdict};
use domain::packages::Package;

use super::{choice, named, paid, tomorrow, verdicts, wanted};
use crate::fixtures::*;

fn not(reason: Ineligible) -> Verdict {
    Verdict::NotChosen(reason)
}

#[test]
fn every_package_says_why_it_does_not_pay() {
    let packages = [
        visits(1, 5, &[(1, 1)]),
        visits(2, 5, &[(2, 1)]),
        credit(3, lei(90_000), &[]),
        expiring(visits(4, 5, &[(1, 1)]), tomorrow().starts_at),
        credit(5, lira(29_999), &[]),
        credit(6, lira(30_000), &[]),
    ];
    let choice = choice(&packages, &[1], &PayWith::Auto);
    let draw = Draw {
        package: pkg(1),
        pool: 0,
        units: 1,
    };
    for (package, verdict) in [
        (1, Verdict::Chosen(draw)),
        (2, not(Ineligible::ServiceNotCovered)),
        (3, not(Ineligible::CurrencyDiffers)),
        (4, not(Ineligible::Expired)),
        (5, not(Ineligible::InsufficientUnits)),
        (6, not(Ineligible::AnotherPreferred)),
    ] {
        assert_eq!(verdicts(&choice, package), [verdict], "package {package}");
    }
}

#[test]
fn what_was_not_named_is_not_looked_at_further() {
    let packages = [visits(1, 5, &[(1, 1)]), visits(2, 5, &[(2, 1)])];
    let of_two = choice(&packages, &[1], &named(&[2]));
    assert_eq!(verdicts(&of_two, 1), [not(Ineligible::NotNamed)]);
    assert_eq!(verdicts(&of_two, 2), [not(Ineligible::ServiceNotCovered)]);
}

#[test]
fn paying_with_none_touches_no_package() {
    let packages = [visits(1, 5, &[(1, 1)]), credit(2, lira(90_000), &[])];
    let choice = choice(&packages, &[1, 2], &PayWith::None);
    assert_eq!(paid(&choice), [None, None]);
    for package in [1, 2] {
        assert_eq!(verdicts(&choice, package), [not(Ineligible::NotNamed); 2]);
    }
}

/// A package with two things wrong says the one that is checked first.
#[test]
fn reasons_are_checked_in_their_order() {
    let gone = |package: Package| expiring(package, tomorrow().starts_at);
    for (package, reason) in [
        (gone(visits(1, 1, &[(2, 1)])), Ineligible::ServiceNotCovered),
        (gone(credit(1, lei(1), &[])), Ineligible::CurrencyDiffers),
        (credit(1, lei(1), &[2]), Ineligible::ServiceNotCovered),
        (gone(credit(1, lira(1), &[])), Ineligible::Expired),
    ] {
        let choice = choice(&[package], &[1], &PayWith::Auto);
        assert_eq!(verdicts(&choice, 1), [not(reason)]);
    }
}

/// Each package comes closer than the one before it, whichever of them is preferred.
#[test]
fn the_refusal_is_that_of_the_package_that_came_closest() {
    let ladder = [
        (visits(1, 5, &[(2, 1)]), Refusal::ServiceNotCovered(svc(1))),
        (credit(2, lei(9), &[]), Refusal::CurrencyDiffers(svc(1))),
        (
            expiring(visits(3, 5, &[(1, 1)]), tomorrow().starts_at),
            Refusal::ExpiredAtAppointment(svc(1)),
        ),
        (credit(4, lira(1), &[]), Refusal::InsufficientUnits),
    ];
    let refused = |choice: &Choice| choice.all_paid(&wanted(&[1])).unwrap_err();
    for height in 1..=ladder.len() {
        let mut packages: Vec<Package> = ladder[..height].iter().map(|(p, _)| p.clone()).collect();
        for _ in 0..height {
            packages.rotate_left(1);
            let choice = choice(&packages, &[1], &PayWith::Auto);
            assert_eq!(refused(&choice), ladder[height - 1].1);
        }
    }
    assert_eq!(
        refused(&choice(&[], &[1], &PayWith::Auto)),
        Refusal::NoPackage
    );
}

#[test]
fn the_refusal_names_the_first_service_that_nothing_pays() {
    let packages = [visits(1, 1, &[(1, 1)])];
    let services = [1, 3, 2];
    let choice = choice(&packages, &services, &PayWith::Auto);
    let refused = choice.all_paid(&wanted(&services)).unwrap_err();
    assert_eq!(refused, Refusal::ServiceNotCovered(svc(3)));
}

#[test]
fn enough_for_one_service_but_not_for_both_is_too_few() {
    let packages = [credit(1, lira(79_999), &[])];
    let choice = choice(&packages, &[1, 2], &PayWith::Auto);
    assert_eq!(paid(&choice), [Some((1, 30_000)), None]);
    assert_eq!(verdicts(&choice, 1)[1], not(Ineligible::InsufficientUnits));
    let refused = choice.all_paid(&wanted(&[1, 2]));
    assert_eq!(refused, Err(Refusal::InsufficientUnits));
}
