//! Which quote the amount of the opportunity follows.

use super::{Desk, Verb, of, package, qte, until};
use crate::fixtures::*;

fn shows(desk: &Desk, primary: Option<u8>, amount: u64) {
    assert_eq!(desk.opportunity.primary, primary.map(qte));
    assert_eq!(desk.opportunity.position.amount, lira(amount));
    assert_eq!(desk.opportunity.position.value, lira(amount));
}

#[test]
fn the_amount_follows_the_first_quote_that_is_sent_and_then_the_one_that_is_made_primary() {
    let mut desk = Desk::new();
    desk.draft(1, &of(vec![package(1, 1)]));
    shows(&desk, None, 500_000);
    desk.run(Verb::Send, 1);
    shows(&desk, Some(1), 100_000);
    desk.send(2, &of(vec![package(2, 1)]));
    shows(&desk, Some(1), 100_000);
    desk.run(Verb::Primary, 2);
    shows(&desk, Some(2), 50_000);
}

#[test]
fn a_revision_takes_the_place_of_what_it_revises_when_it_is_sent_and_not_before() {
    let mut desk = Desk::new();
    desk.send(1, &of(vec![package(1, 1)]));
    desk.run(Verb::Revise, 1);
    let revision = desk.quote(2).clone();
    assert_eq!((revision.revision, revision.revises), (2, Some(qte(1))));
    assert_eq!(revision.lines, desk.quote(1).lines);
    let edited = desk.try_edit(2, &of(vec![package(1, 3)])).unwrap().unwrap();
    desk.apply(edited);
    shows(&desk, Some(1), 100_000);
    desk.run(Verb::Send, 2);
    shows(&desk, Some(2), 300_000);
    assert_eq!(
        desk.quote(1).status,
        domain::pipeline::QuoteStatus::Superseded
    );
    desk.run(Verb::Withdraw, 2);
    shows(&desk, None, 500_000);
}

#[test]
fn a_revision_of_what_is_not_primary_leaves_the_primary_one_alone() {
    let mut desk = Desk::new();
    desk.send(1, &of(vec![package(1, 1)]));
    desk.send(2, &of(vec![package(2, 1)]));
    desk.run(Verb::Revise, 2);
    desk.run(Verb::Send, 3);
    shows(&desk, Some(1), 100_000);
}

#[test]
fn the_last_other_quote_that_can_be_accepted_follows_a_primary_one_that_is_answered() {
    for verb in [Verb::Withdraw, Verb::Reject] {
        let mut desk = Desk::new();
        desk.send(1, &of(vec![package(1, 1)]));
        desk.send(2, &of(vec![package(2, 1)]));
        desk.send(3, &of(vec![package(2, 3)]));
        desk.send(4, &until("2026-03-02"));
        desk.draft(5, &of(vec![package(1, 5)]));
        // The last one has lapsed by then, and what is drafted was never sent.
        desk.context.now += days(1);
        desk.run(verb, 3);
        shows(&desk, Some(1), 100_000);
        desk.run(verb, 1);
        shows(&desk, Some(2), 50_000);
        desk.run(verb, 2);
        shows(&desk, None, 500_000);
    }
}

#[test]
fn the_accepted_quote_is_what_was_won() {
    let mut desk = Desk::new();
    desk.send(1, &of(vec![package(1, 1)]));
    desk.send(2, &of(vec![package(2, 1)]));
    desk.run(Verb::Accept, 2);
    shows(&desk, Some(2), 50_000);
}
