//! A payment that comes back after units were given away and money was paid back.

use domain::journal::Entry;
use domain::packages::{
    Package, PaymentMethod, RefundPolicy, quote_refund, refund, return_payment,
};
use domain::{EntryKey, RefundQuoteId};

use super::given::{bought, charged_back, give, money_of};
use crate::fixtures::*;

/// The package after everything left of it was paid back, and the entry.
fn refunded(package: &Package) -> (Package, Entry) {
    let id = RefundQuoteId::from_bytes([7; 16]);
    let key = |name: &str| EntryKey::Keyed(package.id, name.parse().unwrap());
    let policy = RefundPolicy::ProRata;
    let quoted = quote_refund(package, policy, id, key("q"), &context(now())).unwrap();
    let entry = refund(package, id, Some(&quoted.entry), key("r"), &context(now()));
    let entry = entry.unwrap().entry;
    (package.after(&entry).unwrap(), entry)
}

#[test]
fn what_the_giver_was_paid_back_is_the_giver_s_to_pay_again() {
    let (package, card) = bought();
    let (left, received, _) = give(&package, 2, 5);
    let (left, back) = refunded(&left);
    assert_eq!(money_of(&left), (0, 0));
    let what = (card.id, "4853".parse().unwrap());
    let (history, given) = ([card, back], [received.clone()]);
    let known = (history.as_slice(), given.as_slice());
    let decision = return_payment(&left, known, what, &istanbul(), &context(now()));
    let entry = decision.unwrap().entry;
    let (left, received) = (left.after(&entry).unwrap(), received.after(&entry).unwrap());
    assert_eq!(
        (money_of(&left), money_of(&received)),
        ((0, 50_000), (0, 50_000))
    );
}

#[test]
fn what_the_receiver_was_paid_back_is_no_money_for_the_giver_s_units() {
    let (package, card) = bought();
    let (left, received, _) = give(&package, 2, 5);
    let (received, _) = refunded(&received);
    let [left, _] = charged_back(&left, &card, &[received]).try_into().unwrap();
    assert_eq!(money_of(&left), (0, 100_000));
    let (left, _) = paid(&left, euro(100_000), PaymentMethod::Cash);
    assert!(!left.standing.blocked);
    // Half of it was for the five visits that are left.
    let (left, entry) = refunded(&left);
    assert_eq!(entry.fact.paid_back(), Some(euro(50_000)));
    assert_eq!(money_of(&left), (50_000, 0));
}

#[test]
fn when_every_payment_has_come_back_nothing_is_paid_whatever_the_order() {
    for first in [true, false] {
        let (package, before) = bought();
        let (mut left, mut received, _) = give(&package, 2, 5);
        left.standing.price_minor += 50_000;
        let (paid_up, after) = paid(&left, euro(50_000), PaymentMethod::Card);
        left = paid_up;
        let history = [before.clone(), after.clone()];
        let order = if first {
            [&before, &after]
        } else {
            [&after, &before]
        };
        for entry in order {
            let what = (entry.id, "4853".parse().unwrap());
            let known = (history.as_slice(), std::slice::from_ref(&received));
            let back = return_payment(&left, known, what, &istanbul(), &context(now()));
            let entry = back.unwrap().entry;
            (left, received) = (left.after(&entry).unwrap(), received.after(&entry).unwrap());
        }
        assert_eq!(
            (money_of(&left), money_of(&received)),
            ((0, 100_000), (0, 50_000))
        );
    }
}
