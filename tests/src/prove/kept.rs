//! Histories that once went wrong, as short as they were made: each is carried out again.

use super::asked::care::Care;
use super::asked::command::{Command, Pay, Step, Way};
use super::asked::moment::When;
use super::model::{Penalty, Rules};
use super::pipeline::deal::{Change, Deal, Edit, Version};
use super::run::carry_out;
use super::summary::Summary;
use crate::harness::World;

/// Under no penalties, and held when booked.
const RULES: Rules = Rules {
    at_completion: false,
    late_cancel: Penalty::Release,
    no_show: Penalty::Release,
    window: 0,
    grace: 0,
};

fn done(command: Command) -> Step {
    Step::Do(command, Way::Clear)
}

/// By reads of what was there before, as far as reads may be.
fn stale(command: Command) -> Step {
    Step::Do(command, Way::Stale)
}

fn care(care: Care) -> Command {
    Command::Care { package: 0, care }
}

/// Three visits within ten days, for the first customer.
fn sell() -> Step {
    let (customer, template) = (0, 0);
    done(Command::Sell { customer, template })
}

fn share(add: Option<usize>, remove: Option<usize>) -> Command {
    care(Care::Share { add, remove })
}

async fn holds(history: &[Step]) -> Summary {
    let world = World::alone().await;
    let mut summary = Summary::default();
    let ending = (Way::Clear, 0);
    let carried_out = carry_out(&world, RULES, (history, &ending), &mut summary).await;
    carried_out.unwrap();
    summary
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_done_and_taken_back_is_done_again_by_a_replica_that_is_behind() {
    let booking = 0;
    let book = Command::Book {
        customer: 0,
        booking,
        services: vec![0],
        starts: When::In(1),
        pay: Pay::Auto,
        partial: false,
    };
    for again in [
        Command::Complete { booking },
        Command::Miss { booking },
        Command::Cancel {
            booking,
            waive: false,
        },
    ] {
        let history = [
            sell(),
            done(book.clone()),
            Step::Wait(When::In(2)),
            done(again.clone()),
            done(Command::Reverse { booking }),
            // Refused, it has read what there is; what there was before ends with what is done again.
            done(Command::Reverse { booking }),
            stale(again),
        ];
        let summary = holds(&history).await;
        assert!(summary.stale > 0, "{summary}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_just_paid_is_in_a_quote_by_a_replica_that_is_behind() {
    let history = [
        sell(),
        done(care(Care::Quote)),
        done(care(Care::Pay(30))),
        done(care(Care::Adjust(1))),
        stale(care(Care::Quote)),
    ];
    holds(&history).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_just_removed_is_added_again_by_a_replica_that_is_behind() {
    let history = [
        sell(),
        done(share(Some(1), None)),
        done(share(None, None)),
        done(share(None, Some(1))),
        done(share(None, None)),
        stale(share(Some(1), None)),
    ];
    let summary = holds(&history).await;
    assert!(summary.stale > 0, "{summary}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_sent_again_after_the_end_is_told_of_the_package_as_it_was_then() {
    let history = [
        sell(),
        done(care(Care::Adjust(2))),
        Step::Wait(When::In(300)),
        Step::Again(1),
    ];
    holds(&history).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changed_nothing_and_is_sent_again_is_not_told_of_what_was_paid_after_it() {
    let nothing = || done(share(None, Some(1)));
    let history = [
        sell(),
        // Without a change in this hour, nothing told the payment's millisecond from that of the others.
        Step::Wait(When::In(1)),
        nothing(),
        nothing(),
        nothing(),
        nothing(),
        nothing(),
        done(care(Care::Pay(100))),
        Step::Again(1),
        Step::Again(2),
        Step::Again(3),
        Step::Again(4),
        Step::Again(5),
    ];
    holds(&history).await;
}

/// An edit of the first opportunity.
fn edit(version: Version, edit: Edit) -> Step {
    let (of, change) = (0, Change::Edit(edit));
    done(Command::Deal(Deal::Change {
        of,
        version,
        change,
    }))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_that_clears_a_field_is_another_one_than_that_which_leaves_it_out() {
    let title = Some(1);
    let titled = |forecast| Edit {
        title,
        forecast,
        ..Edit::default()
    };
    let history = [
        done(Command::Deal(Deal::Open {
            customer: 0,
            stage: None,
            estimate: 100_000,
            lines: Vec::new(),
            close_on: None,
        })),
        edit(Version::Present, titled(None)),
        edit(Version::Before, titled(Some(None))),
    ];
    holds(&history).await;
}
