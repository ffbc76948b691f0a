//! A payment that comes back after units were given away.

use domain::bookings::{DeductAt, PayWith, Verdict, quote};
use domain::journal::Entry;
use domain::packages::{
    Package, PaymentMethod, PoolUnits, Stage, Status, given_away, return_payment, transfer,
};
use domain::{Put, Refusal};

use crate::fixtures::*;

/// Ten visits of 100 euro, paid by card, transferable.
pub(super) fn bought() -> (Package, Entry) {
    let mut package = sold_under(1, euro(100_000), None, None);
    package.terms.conditions.transferable = true;
    paid(&package, euro(100_000), PaymentMethod::Card)
}

/// Gives so many visits of `package` to customer `n` as package `n`.
pub(super) fn give(package: &Package, n: u8, units: u64) -> (Package, Package, Entry) {
    let pools = [PoolUnits { pool: 0, units }];
    let (receiver, context) = (customer(n), context(now()));
    let decision = transfer(package, Some(&receiver), Some(&pools), pkg(n), &context);
    let decision = decision.unwrap();
    let [Put::Package(received)] = decision.puts.as_slice() else {
        unreachable!("one package: {decision:?}");
    };
    let left = package.after(&decision.entry).unwrap();
    (left, received.clone(), decision.entry)
}

/// The packages after the card payment came back: the giver's first.
pub(super) fn charged_back(package: &Package, card: &Entry, given: &[Package]) -> Vec<Package> {
    let what = (card.id, "4853".parse().unwrap());
    let known = (std::slice::from_ref(card), given);
    let decision = return_payment(package, known, what, &istanbul(), &context(now()));
    let entry = decision.unwrap().entry;
    let all = std::iter::once(package).chain(given);
    all.map(|package| package.after(&entry).unwrap()).collect()
}

pub(super) fn money_of(package: &Package) -> (u64, u64) {
    let standing = &package.standing;
    (standing.paid_minor, standing.outstanding_minor())
}

/// Whether a visit of customer `n` can be paid with package `n`.
fn pays(package: &Package, n: u8) -> bool {
    let mut holdings = holdings(vec![package.clone()]);
    holdings.customer = Some(customer(n));
    holdings.settings = Some(settings(
        DeductAt::Booking,
        domain::bookings::Penalty::Forfeit,
    ));
    let with = PayWith::Packages(vec![package.id]);
    let quote = quote(&holdings, &[svc(1)], now() + days(1), &with, now()).unwrap();
    matches!(quote.packages[0].verdicts[0], Verdict::Chosen(_))
}

#[test]
fn what_was_paid_for_units_goes_with_them() {
    let (package, _) = bought();
    let (left, received, entry) = give(&package, 2, 4);
    assert_eq!(
        (money_of(&left), money_of(&received)),
        ((60_000, 0), (40_000, 0))
    );
    assert_eq!(given_away(pkg(1), &[entry]), [(pkg(2), cus(2))]);
}

#[test]
fn a_chargeback_blocks_first_what_is_left_and_then_what_was_given() {
    let (package, card) = bought();
    let (left, received, _) = give(&package, 2, 4);
    let [left, received] = charged_back(&left, &card, &[received]).try_into().unwrap();
    assert_eq!(
        (money_of(&left), money_of(&received)),
        ((0, 60_000), (0, 40_000))
    );
    for (package, n) in [(&left, 1), (&received, 2)] {
        assert_eq!(package.status(now()), Status::Blocked);
        assert!(!pays(package, n));
    }
    // Each is free again as what is owed for it is paid.
    let (received, _) = paid(&received, euro(40_000), PaymentMethod::Cash);
    assert_eq!(received.status(now()), Status::Active);
    assert!(pays(&received, 2) && !pays(&left, 1));
}

#[test]
fn what_was_given_away_uses_up_nothing_of_what_is_paid_for_the_rest() {
    let mut package = sold_under(1, euro(100_000), None, None);
    package.terms.conditions.transferable = true;
    let (package, card) = paid(&package, euro(20_000), PaymentMethod::Card);
    let (package, _) = paid(&package, euro(80_000), PaymentMethod::Cash);
    let (left, received, _) = give(&package, 2, 4);
    let [left, _] = charged_back(&left, &card, &[received]).try_into().unwrap();
    // Six visits are left, four of them paid.
    assert_eq!(
        (money_of(&left), left.standing.blocked),
        ((40_000, 20_000), true)
    );
    assert!(pays(&left, 1));
    let mut drawn = left;
    drawn.pools[0].balance.available = 2;
    drawn.pools[0].balance.held = 4;
    assert!(!pays(&drawn, 1));
}

#[test]
fn a_payment_of_a_part_is_taken_off_the_giver_alone() {
    let mut package = sold_under(1, euro(100_000), None, None);
    package.terms.conditions.transferable = true;
    let (package, card) = paid(&package, euro(60_000), PaymentMethod::Card);
    let (package, _) = paid(&package, euro(40_000), PaymentMethod::Cash);
    let (left, received, _) = give(&package, 2, 4);
    let [left, kept] = charged_back(&left, &card, std::slice::from_ref(&received))
        .try_into()
        .unwrap();
    assert_eq!(kept, received);
    assert_eq!(money_of(&left), (0, 60_000));
}

#[test]
fn a_chargeback_waits_for_what_it_has_not_read() {
    let (package, card) = bought();
    let (left, received, _) = give(&package, 2, 4);
    let refused = |given: &[Package]| {
        let what = (card.id, "4853".parse().unwrap());
        let known = (std::slice::from_ref(&card), given);
        let decision = return_payment(&left, known, what, &istanbul(), &context(now()));
        decision.unwrap_err()
    };
    assert_eq!(refused(&[]), Refusal::HoldMissing);
    // What was given on, too.
    let mut received = received;
    received.terms.conditions.transferable = true;
    let (received, _, _) = give(&received, 3, 1);
    assert_eq!(refused(&[received]), Refusal::HoldMissing);
}

#[test]
fn what_was_given_on_is_blocked_where_it_is_now() {
    let (package, card) = bought();
    let (left, second, _) = give(&package, 2, 10);
    let mut second = second;
    second.terms.conditions.transferable = true;
    let (second, third, _) = give(&second, 3, 9);
    assert_eq!((money_of(&left), money_of(&second)), ((0, 0), (10_000, 0)));
    let all = charged_back(&left, &card, &[second, third]);
    let all: Vec<_> = all.iter().map(money_of).collect();
    assert_eq!(all, [(0, 0), (0, 10_000), (0, 90_000)]);
}

#[test]
fn a_pass_that_was_given_away_owes_what_it_had_earned() {
    let (mut package, card) = bought();
    package.standing.stage = Stage::Transferred;
    (package.standing.price_minor, package.standing.paid_minor) = (30_000, 30_000);
    let received = Package {
        id: pkg(2),
        customer: cus(2),
        origin: Some(pkg(1)),
        sold_at: now() + days(1),
        ..bought().0
    };
    let all = charged_back(&package, &card, &[received]);
    assert_eq!(money_of(&all[0]), (0, 30_000));
    assert_eq!(money_of(&all[1]), (30_000, 70_000));
    let (settled, _) = paid(&all[0], euro(30_000), PaymentMethod::Cash);
    assert_eq!(settled.standing.outstanding_minor(), 0);
}

#[test]
fn a_chargeback_takes_of_a_receiver_no_more_than_came_with_the_units() {
    let (package, card) = bought();
    let (left, received, _) = give(&package, 2, 5);
    // The receiver paid for more units themselves, and the giver was paid back what was left.
    let mut received = received;
    (received.standing.price_minor, received.standing.paid_minor) = (80_000, 80_000);
    let mut left = left;
    (left.standing.price_minor, left.standing.paid_minor) = (0, 0);
    let [left, received] = charged_back(&left, &card, &[received]).try_into().unwrap();
    assert_eq!(
        (money_of(&left), money_of(&received)),
        ((0, 50_000), (30_000, 50_000))
    );
    assert_eq!(received.standing.withdrawn_minor, 50_000);
}

#[test]
fn what_came_back_once_is_not_taken_twice() {
    let mut package = sold_under(1, euro(100_000), None, None);
    package.terms.conditions.transferable = true;
    let (package, first) = paid(&package, euro(60_000), PaymentMethod::Card);
    let (package, second) = paid(&package, euro(40_000), PaymentMethod::DirectDebit);
    let (mut left, received, _) = give(&package, 2, 5);
    // What was left was paid back.
    (left.standing.price_minor, left.standing.paid_minor) = (0, 0);
    let history = [first.clone(), second.clone()];
    let back = |left: &Package, received: &Package, entry: &Entry| {
        let what = (entry.id, "AM04".parse().unwrap());
        let known = (history.as_slice(), std::slice::from_ref(received));
        let decision = return_payment(left, known, what, &istanbul(), &context(now()));
        let entry = decision.unwrap().entry;
        (left.after(&entry).unwrap(), received.after(&entry).unwrap())
    };
    let (left, received) = back(&left, &received, &first);
    assert_eq!(
        (money_of(&left), money_of(&received)),
        ((0, 10_000), (0, 50_000))
    );
    // They pay for their units themselves: that is theirs, whatever comes back later.
    let (received, _) = paid(&received, euro(50_000), PaymentMethod::Cash);
    let (left, received) = back(&left, &received, &second);
    assert_eq!(
        (money_of(&left), money_of(&received)),
        ((0, 50_000), (50_000, 0))
    );
}

#[test]
fn of_what_was_given_on_no_more_is_taken_than_the_giver_had_passed_on() {
    let (package, card) = bought();
    let (mut left, received, _) = give(&package, 2, 5);
    (left.standing.price_minor, left.standing.paid_minor) = (0, 0);
    // Of the 500 that came and 300 of their own, the receiver gave 600 on.
    let mut second = received.clone();
    (second.standing.price_minor, second.standing.paid_minor) = (20_000, 20_000);
    let mut third = received;
    (third.id, third.customer, third.origin) = (pkg(3), cus(3), Some(pkg(2)));
    third.pools[0].share_minor = 60_000;
    (third.standing.price_minor, third.standing.paid_minor) = (60_000, 60_000);
    let all = charged_back(&left, &card, &[second, third]);
    let all: Vec<_> = all.iter().map(money_of).collect();
    assert_eq!(all, [(0, 50_000), (0, 20_000), (30_000, 30_000)]);
}
