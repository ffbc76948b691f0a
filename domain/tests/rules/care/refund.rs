//! Paying back what is left.

use domain::bookings::PayWith;
use domain::catalog::Extras;
use domain::packages::{
    Package, PoolUnits, RefundPolicy, RefundQuote, Status, freeze, quote_refund, refund, transfer,
    unfreeze,
};
use domain::{Decision, Instant, RefundQuoteId};
use proptest::prelude::*;

use super::{ZONE, care, desk, key, paid, pass, transferable, values};
use crate::fixtures::*;
use crate::verbs::Desk;

pub(crate) fn quote_id() -> RefundQuoteId {
    RefundQuoteId::from_bytes([5; 16])
}

/// Services cost 300.00 and 500.00 lira at list price.
fn ten_visits() -> Package {
    paid(
        visit_contents(10, &[(1, 1), (2, 1)]),
        None,
        Extras::default(),
    )
}

fn quoted(package: &Package, policy: RefundPolicy, at: Instant) -> Decision {
    quote_refund(package, policy, quote_id(), key(), &context(at)).unwrap()
}

/// What would be paid back, by each policy.
fn amounts(desk: &mut Desk) -> (u64, u64) {
    let now = desk.now;
    let amount = |policy| {
        let decision = quoted(desk.package(1), policy, now);
        let quote = RefundQuote::recorded_in(&decision.entry).unwrap();
        quote.amount.amount_minor()
    };
    let mut amount = amount;
    (
        amount(RefundPolicy::ProRata),
        amount(RefundPolicy::UsedAtList),
    )
}

#[test]
fn a_quote_itemises_what_is_left_what_was_paid_and_what_was_used() {
    let mut desk = desk(ten_visits());
    desk.walk_in(1, &[1, 2], now(), PayWith::Auto).unwrap();
    let decision = quoted(desk.package(1), RefundPolicy::UsedAtList, now());
    let quote = RefundQuote::recorded_in(&decision.entry).unwrap();
    assert_eq!(
        (quote.pools[0].units, quote.pools[0].value_minor),
        (8, 80_000)
    );
    assert_eq!((quote.price_minor, quote.paid_minor), (100_000, 100_000));
    assert_eq!(quote.used_at_list_minor, 80_000);
    assert_eq!(quote.amount, lira(20_000));
    assert_eq!(quote.valid_until, now() + hours(24));
    // It is recorded, and changes nothing.
    let before = desk.package(1).clone();
    desk.keep(Ok(decision)).unwrap();
    assert_eq!(*desk.package(1), before);
}

#[test]
fn both_policies_pay_back_what_they_say() {
    let mut unused = desk(ten_visits());
    assert_eq!(amounts(&mut unused), (100_000, 100_000));
    let mut used = desk(ten_visits());
    used.walk_in(1, &[1, 1], now(), PayWith::Auto).unwrap();
    assert_eq!(amounts(&mut used), (80_000, 40_000));
    // Used for more than was paid: nothing, and never less than that.
    used.walk_in(2, &[2, 2], now(), PayWith::Auto).unwrap();
    assert_eq!(amounts(&mut used), (60_000, 0));
    let mut half_paid = desk(ten_visits());
    half_paid.package(1).standing.paid_minor = 50_000;
    half_paid.walk_in(1, &[1], now(), PayWith::Auto).unwrap();
    // A tenth of the price is earned, and half of it was paid.
    assert_eq!(amounts(&mut half_paid), (40_000, 20_000));
    // Lost by not coming: gone at the price that it was sold for.
    let mut missed = desk(ten_visits());
    missed.book(1, &[1], now(), PayWith::Auto).unwrap();
    missed.no_show(1).unwrap();
    assert_eq!(amounts(&mut missed), (90_000, 90_000));
}

#[test]
fn a_pass_is_paid_back_by_the_time_that_is_left() {
    let mut desk = desk(pass(Extras::default()));
    let (begins_at, ends_at) = (now(), desk.package(1).standing.ends_at.unwrap());
    desk.walk_in(1, &[1], now(), PayWith::Auto).unwrap();
    desk.now = begins_at + (ends_at - begins_at) / 4;
    assert_eq!(amounts(&mut desk), (75_000, 70_000));
}

/// Thirty days and the rest of the day of its sale, of which a third has gone by when it rests. The end
/// moves by whole days, which is worth up to a day.
#[test]
fn a_pass_is_paid_back_by_the_time_that_is_left_however_long_it_rested() {
    let package = pass(Extras::default());
    let (begins_at, ends_at) = (now(), package.standing.ends_at.unwrap());
    let rests_at = begins_at + (ends_at - begins_at) / 3;
    let day = |at: domain::Instant| domain::calendar::day_of(at, ZONE);
    for until in [None, Some(day(rests_at + days(40)))] {
        let mut desk = desk(package.clone());
        desk.now = rests_at;
        care(&mut desk, |package, context| {
            freeze(package, until, ZONE, key(), context)
        });
        let (resting, _) = amounts(&mut desk);
        assert!((66_667..66_667 + 3_334).contains(&resting), "{resting}");
        desk.now = rests_at + days(39);
        assert_eq!(amounts(&mut desk).0, resting);
        care(&mut desk, |package, context| {
            unfreeze(package, ZONE, key(), context)
        });
        let woken = amounts(&mut desk).0;
        assert!((66_667..=resting).contains(&woken), "{woken}");
    }
}

#[test]
fn a_pass_that_is_given_away_takes_no_more_with_it_than_is_left_of_its_time() {
    let mut desk = desk(pass(transferable()));
    let (begins_at, ends_at) = (now(), desk.package(1).standing.ends_at.unwrap());
    desk.now = begins_at + (ends_at - begins_at) * 3 / 4;
    let given = care(&mut desk, |package, context| {
        transfer(package, Some(&customer(2)), None, pkg(2), context)
    });
    let Some(domain::Put::Package(received)) = given.puts.first() else {
        unreachable!("a package: {given:?}");
    };
    assert_eq!(received.worth_minor(), 25_000);
    assert_eq!(received.terms.price, lira(25_000));
    let quote = quoted(received, RefundPolicy::ProRata, desk.now);
    let quote = RefundQuote::recorded_in(&quote.entry).unwrap();
    assert_eq!(quote.amount, lira(25_000));
    assert_eq!(desk.package(1).worth_minor(), 0);
}

#[test]
fn credit_is_used_at_what_it_paid_for() {
    let mut package = credit(1, lira(120_000), &[]);
    package.standing.paid_minor = 100_000;
    let mut desk = desk(package);
    desk.walk_in(1, &[1], now(), PayWith::Auto).unwrap();
    assert_eq!(amounts(&mut desk), (75_000, 70_000));
}

#[test]
fn what_was_given_to_another_customer_is_not_paid_back_here() {
    let mut desk = desk(paid(visit_contents(10, &[(1, 1)]), None, transferable()));
    care(&mut desk, |package, context| {
        let four = [PoolUnits { pool: 0, units: 4 }];
        transfer(package, Some(&customer(2)), Some(&four), pkg(2), context)
    });
    assert_eq!(amounts(&mut desk), (60_000, 60_000));
}

#[test]
fn a_refund_pays_back_what_was_quoted_and_leaves_nothing() {
    let mut desk = desk(ten_visits());
    desk.walk_in(1, &[1], now(), PayWith::Auto).unwrap();
    let quote = quoted(desk.package(1), RefundPolicy::ProRata, now());
    desk.now = now() + hours(23);
    let decision = care(&mut desk, |package, context| {
        refund(package, quote_id(), Some(&quote.entry), key(), context)
    });
    assert_eq!(desk.balance(1), "10: 1 captured, 9 refunded");
    assert_eq!(values(desk.package(1)), [(100_000, 0)]);
    let standing = &desk.package(1).standing;
    assert_eq!(
        (standing.paid_minor, standing.outstanding_minor()),
        (10_000, 0)
    );
    assert_eq!(decision.entry.fact.name(), "package-refunded");
    let now = desk.now;
    assert_eq!(desk.package(1).status(now), Status::Refunded);
    assert!(desk.book(2, &[1], now, PayWith::Auto).is_err());
}

proptest! {
    /// Whatever was paid, used, lost and given away: never more than was paid, and all of the worth goes.
    #[test]
    fn no_refund_pays_back_more_than_was_paid(
        price in 0_u64..200_000, units in 1_u64..30, part in 0_u64..=100,
        uses in 0_usize..5, missed in 0_usize..3, policy in prop_oneof![
            Just(RefundPolicy::ProRata), Just(RefundPolicy::UsedAtList),
        ],
    ) {
        let mut package = ten_visits();
        let pool = &mut package.pools[0];
        (pool.balance.granted, pool.balance.available) = (units, units);
        (pool.price_minor, pool.worth_minor) = (price, price);
        package.standing.price_minor = price;
        package.standing.paid_minor = price * part / 100;
        let paid = package.standing.paid_minor;
        let mut desk = desk(package);
        for n in 0..uses + missed {
            let n = u8::try_from(n).unwrap();
            if desk.book(n, &[1], now(), PayWith::Auto).is_err() {
                break;
            }
            let ended = if usize::from(n) < uses { desk.complete(n) } else { desk.no_show(n) };
            ended.unwrap();
        }
        if desk.package(1).pools[0].balance.available > 0 {
            let quote = quoted(desk.package(1), policy, now());
            let amount = RefundQuote::recorded_in(&quote.entry).unwrap().amount;
            prop_assert!(amount.amount_minor() <= paid);
            care(&mut desk, |package, context| {
                refund(package, quote_id(), Some(&quote.entry), key(), context)
            });
            prop_assert_eq!(desk.package(1).worth_minor(), 0);
            prop_assert_eq!(desk.package(1).standing.paid_minor, paid - amount.amount_minor());
        }
    }
}
