//! Giving units to another customer.

use domain::bookings::PayWith;
use domain::calendar::Validity;
use domain::catalog::Contents;
use domain::journal::fold;
use domain::packages::{Caps, Package, PoolUnits, Status, extend, transfer};
use domain::{Decision, EntryKey, Put};

use super::{ZONE, care, desk, paid, pass, span, transferable, values};
use crate::fixtures::*;
use crate::verbs::Desk;

/// Gives units of package 1 to customer 2 as package 2.
fn give(desk: &mut Desk, pools: Option<&[PoolUnits]>) -> (Decision, Package) {
    let decision = care(desk, |package, context| {
        transfer(package, Some(&customer(2)), pools, pkg(2), context)
    });
    let [Put::Package(received)] = decision.puts.as_slice() else {
        unreachable!("one package: {decision:?}");
    };
    let received = received.clone();
    assert_eq!(fold(pkg(2), [&decision.entry]), Ok(Some(received.clone())));
    (decision, received)
}

#[test]
fn what_comes_is_worth_exactly_what_left() {
    let contents = visit_contents(3, &[(1, 1)]);
    let validity = Some(Validity::FromSale(span(30)));
    let mut desk = desk(paid(contents, validity, transferable()));
    desk.book(1, &[1], now() + days(1), PayWith::Auto).unwrap();
    let (decision, received) = give(&mut desk, Some(&[PoolUnits { pool: 0, units: 1 }]));
    assert_eq!(desk.balance(1), "3: 1 available, 1 held, 1 transferred");
    assert_eq!(values(desk.package(1)), [(100_000, 66_667)]);
    assert_eq!(desk.package(1).pools[0].transferred_minor, 33_333);
    assert_eq!(show(received.pools[0].balance), "1: 1 available");
    assert_eq!(values(&received), [(33_333, 33_333)]);
    assert_eq!((received.customer, received.origin), (cus(2), Some(pkg(1))));
    assert_eq!(received.terms.price, lira(33_333));
    assert_eq!(received.standing.outstanding_minor(), 0);
    let end = desk.package(1).standing.ends_at;
    assert_eq!(received.standing.ends_at, end);
    assert_eq!(received.status(now()), Status::Active);
    assert_eq!(decision.key, EntryKey::Sale(pkg(2)));
    assert_eq!(decision.entry.customer, Some(cus(1)));
    assert_eq!(decision.entry.also, [cus(2)]);
}

#[test]
fn without_a_word_about_pools_everything_available_is_given() {
    let contents = Contents::Bundle {
        services: vec![(svc(1), 2, 1), (svc(2), 3, 1)],
    };
    let mut desk = desk(paid(contents, None, transferable()));
    desk.walk_in(1, &[1], now(), PayWith::Auto).unwrap();
    desk.walk_in(2, &[1], now(), PayWith::Auto).unwrap();
    let worth = desk.package(1).worth_minor();
    let (_, received) = give(&mut desk, None);
    // Of the first service nothing was left, so it is not in what is received.
    let [pool] = received.pools.as_slice() else {
        unreachable!("one pool: {received:?}");
    };
    assert_eq!(show(pool.balance), "3: 3 available");
    assert_eq!(pool.covers.units_for(svc(2)), Some(1));
    assert_eq!(received.worth_minor(), worth);
    assert_eq!(desk.package(1).worth_minor(), 0);
    assert_eq!(desk.package(1).status(now()), Status::Exhausted);
}

#[test]
fn a_pass_is_given_whole_and_leaves_nothing_behind_to_be_used() {
    let mut package = pass(transferable());
    package.pools[0].caps = Some(Caps {
        per_period: Some(10),
        ..Caps::default()
    });
    let mut desk = desk(package);
    desk.walk_in(1, &[1], now(), PayWith::Auto).unwrap();
    let ends_at = desk.package(1).standing.ends_at;
    let worth = desk.package(1).worth_minor();
    let (_, received) = give(&mut desk, None);
    assert_eq!(desk.package(1).worth_minor(), 0);
    let now = desk.now;
    assert_eq!(desk.package(1).status(now), Status::Exhausted);
    let refused = desk.book(2, &[1], now + days(1), PayWith::Auto);
    assert_eq!(refused.unwrap_err().code(), "package-not-active");
    assert_eq!(received.worth_minor(), worth);
    assert_eq!(received.standing.ends_at, ends_at);
    // One of the ten uses is gone.
    assert_eq!(received.pools[0].caps.unwrap().per_period, Some(9));
    // From now on it is worth less by the day, until the same end.
    let begun = received.sold_at;
    let half = begun + (ends_at.unwrap() - begun) / 2;
    let unearned = received.unearned_minor(&received.pools[0], half);
    assert_eq!(unearned, worth.div_ceil(2));
}

#[test]
fn time_that_has_begun_goes_on_and_time_that_has_not_begins_with_the_receiver() {
    let contents = || visit_contents(3, &[(1, 1)]);
    let validity = Some(Validity::FromFirstUse(span(30)));
    let mut unbegun = desk(paid(contents(), validity, transferable()));
    let (_, received) = give(&mut unbegun, None);
    assert_eq!(received.standing.ends_at, None);
    // An appointment to come has begun nothing: it may yet be called off.
    let mut booked = desk(paid(contents(), validity, transferable()));
    booked
        .book(1, &[1], now() + days(1), PayWith::Auto)
        .unwrap();
    assert!(booked.package(1).standing.ends_at.is_some());
    let (_, received) = give(&mut booked, None);
    let standing = &received.standing;
    assert_eq!(
        (standing.ends_at, standing.end_is_set, standing.begun_at),
        (None, false, None)
    );
    // An end that was typed is everybody's.
    let mut typed = desk(paid(contents(), validity, transferable()));
    let ends_at = Some(now() + days(9));
    let standing = &mut typed.package(1).standing;
    (standing.expires_at, standing.ends_at, standing.end_is_set) = (ends_at, ends_at, true);
    let (_, received) = give(&mut typed, None);
    assert_eq!(
        (received.standing.ends_at, received.standing.end_is_set),
        (ends_at, true)
    );
    let mut begun = desk(paid(contents(), validity, transferable()));
    begun.walk_in(1, &[1], now(), PayWith::Auto).unwrap();
    begun.now = now() + days(3);
    let (_, received) = give(&mut begun, None);
    let ends_at = Some(at("2026-04-01T21:00:00Z"));
    assert_eq!(received.standing.ends_at, ends_at);
    let mut theirs = desk(Package {
        id: pkg(1),
        customer: cus(1),
        ..received
    });
    theirs.now = now() + days(5);
    theirs
        .walk_in(2, &[1], now() + days(5), PayWith::Auto)
        .unwrap();
    assert_eq!(theirs.package(1).standing.ends_at, ends_at);
}

#[test]
fn what_the_receiver_does_comes_after_the_transfer_also_on_a_clock_that_is_behind() {
    let validity = Some(Validity::FromSale(span(30)));
    let mut desk = desk(paid(visit_contents(3, &[(1, 1)]), validity, transferable()));
    desk.now = now() + hours(1);
    desk.book(1, &[1], now() + days(1), PayWith::Auto).unwrap();
    desk.now = now();
    let (decision, received) = give(&mut desk, Some(&[PoolUnits { pool: 0, units: 1 }]));
    assert_eq!(received.last_change(), decision.entry.at);
    let context = desk.context();
    let extended = extend(&received, day("2026-06-01"), ZONE, keyed(2), &context).unwrap();
    assert!(extended.entry.id > decision.entry.id);
    let mut read = [extended.entry, decision.entry];
    read.sort_by_key(|entry| entry.id);
    let told = fold(pkg(2), &read).unwrap().unwrap();
    assert!(told.standing.end_is_set && told.version == 2, "{told:?}");
}
