//! Undoing a sale.

use domain::Refusal;
use domain::bookings::PayWith;
use domain::journal::fold;
use domain::packages::{Order, Stage, Status, VoidReason, decline, expire, sell, void};
use domain::reports::{Replay, Rows, sales_by_template};

use super::{ZONE, care, desk, key, values, write_off};
use crate::fixtures::*;

#[test]
fn a_voided_package_is_as_if_it_had_never_been() {
    for ended in [false, true] {
        let mut desk = desk(expiring(visits(1, 3, &[(1, 1)]), now() + days(10)));
        desk.book(1, &[1], now() + days(1), PayWith::Auto).unwrap();
        desk.cancel(1).unwrap();
        if ended {
            desk.now = now() + days(10);
            write_off(&mut desk);
        }
        care(&mut desk, |package, context| {
            void(package, VoidReason::Mistake, key(), context)
        });
        assert_eq!(desk.balance(1), "0: ");
        assert_eq!(values(desk.package(1)), [(0, 0)]);
        assert_eq!(desk.package(1).standing.outstanding_minor(), 0);
        let now = desk.now;
        assert_eq!(desk.package(1).status(now), Status::Voided);
    }
}

#[test]
fn a_pass_that_was_never_used_can_be_voided() {
    let mut package = super::pass(Default::default());
    package.standing.paid_minor = 0;
    let mut desk = desk(package);
    care(&mut desk, |package, context| {
        void(package, VoidReason::Duplicate, key(), context)
    });
    assert_eq!(values(desk.package(1)), [(0, 0)]);
}

#[test]
fn a_package_that_had_been_written_off_counts_as_voided_all_the_same() {
    let sale = sale(template(1, visit_contents(3, &[(1, 1)]), Some(10)));
    let sold = sell(&sale, &Order::of_template(), pkg(1), &context(now())).unwrap();
    let later = context(now() + days(20));
    let package = fold(pkg(1), [&sold.entry]).unwrap().unwrap();
    let ended = expire(&package, &later).unwrap().unwrap();
    let package = package.after(&ended.entry).unwrap();
    let voided = void(&package, VoidReason::Mistake, key(), &later).unwrap();
    let mut replay = Replay::default();
    let entries = [sold.entry, ended.entry, voided.entry];
    let steps = entries.map(|entry| replay.step(&entry, ZONE).unwrap());
    let rows: Rows = steps.into_iter().flat_map(|step| step.postings()).collect();
    let [line] = sales_by_template(&rows).try_into().unwrap();
    // In a day, a month and a year each.
    assert_eq!((line.sold_count, line.voided_count), (3, 3));
    assert_eq!((line.sold, line.voided), (300_000, 300_000));
}

#[test]
fn what_waits_for_its_first_payment_is_withdrawn_from() {
    let mut package = visits(1, 3, &[(1, 1)]);
    package.standing.stage = Stage::Pending;
    package.standing.paid_minor = 0;
    let mut desk = desk(package);
    let decision = care(&mut desk, |package, context| {
        decline(package, key(), context)
    });
    assert_eq!(decision.entry.fact.name(), "package-voided");
    assert_eq!(desk.balance(1), "0: ");
    let mut paid = visits(1, 3, &[(1, 1)]);
    paid.standing.stage = Stage::Pending;
    paid.standing.paid_minor = 1;
    let refused = decline(&paid, key(), &context(now()));
    assert_eq!(refused, Err(Refusal::NotAnOffer));
}
