//! Histories of all verbs: several customers, two of whom are forgotten, every kind of package on every
//! sort of terms, two currencies, and clocks that change. What must hold is worked out from the journal's
//! lines by an arithmetic of its own.

mod appointments;
mod care;
mod cash;
mod command;
mod draws;
mod figures;
mod goods;
mod journal;
mod ledger;
mod money;
mod people;
mod refunds;
mod refusals;
mod sales;
mod transfers;
mod world;

use std::collections::BTreeMap;

use domain::Refusal;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use self::command::{Command, History, Verb, histories};
use self::transfers::a_transfer_changes_nothing_in_what_can_be_paid_back;
use self::world::{World, ZONE};
use super::reports::{Books, the_reports_tell_the_fold};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_history_of_all_verbs_keeps_every_promise(history in histories()) {
        let (day, commands) = history;
        let mut world = World::new(day);
        for command in &commands {
            let _ = step(&mut world, command);
        }
        journal::every_prefix_tells_what_was(&world);
        journal::the_past_is_told_as_it_was(&world);
        journal::nobody_is_named(&world);
        super::the_journal_is_in_order(&world.journal, &world.packages);
        super::entries_survive_their_text(&world.journal);
        the_reports_tell_the_fold(&Books {
            journal: &world.journal,
            packages: &world.packages,
            now: world.now,
            zone: ZONE,
        });
    }
}

/// Does what is asked for, and looks whether every promise is kept; whether anything was written. What
/// was refused has changed nothing.
fn step(world: &mut World, command: &Command) -> Result<bool, Refusal> {
    let (packages, length) = (world.packages.clone(), world.journal.len());
    let outcome = world.run(command);
    if let Err(refusal) = &outcome {
        refusals::is_a_rule_that_said_no(command, refusal);
    }
    if !matches!(outcome, Ok(true)) {
        assert_eq!(world.packages, packages, "{command:?}: {outcome:?}");
        assert_eq!(world.journal.len(), length);
    }
    for entry in &world.journal[length..] {
        a_transfer_changes_nothing_in_what_can_be_paid_back(&packages, &world.packages, entry);
        refunds::what_is_paid_back_is_what_is_left(world, entry);
    }
    for package in world.packages.values() {
        world.ledger.agrees_with(package);
        world.ledger.cash_agrees_with(package);
    }
    world.ledger.no_money_is_made_or_lost();
    world.members_find_what_they_may_redeem_from();
    draws::what_bookings_draw_is_what_packages_gave(world);
    draws::no_pass_is_used_more_often_than_its_caps(world);
    outcome
}

/// So that the histories are about something.
#[test]
fn in_three_hundred_histories_every_verb_is_accepted_often() {
    let mut runner = TestRunner::deterministic();
    let mut accepted = BTreeMap::<Verb, u32>::new();
    for _ in 0..300 {
        let (day, commands): History = histories().new_tree(&mut runner).unwrap().current();
        let mut world = World::new(day);
        for command in &commands {
            if matches!(world.run(command), Ok(true)) {
                *accepted.entry(command.verb).or_default() += 1;
            }
        }
    }
    for (_, verb) in Verb::WEIGHTS {
        let times = accepted.get(&verb).copied().unwrap_or_default();
        assert!(times >= 30, "{verb:?} only {times} times: {accepted:?}");
    }
}
