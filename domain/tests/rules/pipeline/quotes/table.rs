//! Every verb on every status.

use domain::pipeline::Outcome;

use super::{Desk, Verb, of, package, until};
use crate::fixtures::*;

const VERBS: [Verb; 7] = [
    Verb::Edit,
    Verb::Send,
    Verb::Primary,
    Verb::Revise,
    Verb::Withdraw,
    Verb::Reject,
    Verb::Accept,
];

/// `done`, `same` where nothing is left to do, or the code of the refusal.
const TABLE: &str = "
status           | edit | send | primary | revise | withdraw | reject | accept
draft            | done | done | quote-not-sent | quote-not-sent | done | quote-not-sent | quote-not-sent
sent             | quote-not-draft | same | same | done | done | done | done
sent-second      | quote-not-draft | same | done | done | done | done | done
lapsed           | quote-not-draft | same | same | done | done | quote-lapsed | quote-lapsed
lapsed-second    | quote-not-draft | same | quote-lapsed | done | done | quote-lapsed | quote-lapsed
accepted         | quote-accepted | quote-accepted | quote-accepted | quote-accepted | quote-accepted | quote-accepted | same
rejected         | quote-rejected | quote-rejected | quote-rejected | done | quote-rejected | same | quote-rejected
withdrawn        | quote-withdrawn | quote-withdrawn | quote-withdrawn | done | same | quote-withdrawn | quote-withdrawn
withdrawn-draft  | quote-withdrawn | quote-withdrawn | quote-withdrawn | done | same | quote-withdrawn | quote-withdrawn
revised          | quote-superseded | quote-superseded | quote-superseded | quote-superseded | quote-superseded | quote-superseded | quote-superseded
beside-accepted  | quote-superseded | quote-superseded | quote-superseded | quote-superseded | quote-superseded | quote-superseded | quote-superseded
draft-of-lost    | opportunity-closed | opportunity-closed | quote-not-sent | quote-not-sent | opportunity-closed | quote-not-sent | quote-not-sent
sent-of-lost     | quote-not-draft | same | opportunity-closed | opportunity-closed | opportunity-closed | quote-closed | quote-closed
sent-of-won      | quote-not-draft | same | opportunity-closed | opportunity-closed | opportunity-closed | quote-closed | quote-closed
draft-of-resting | done | done | quote-not-sent | quote-not-sent | done | quote-not-sent | quote-not-sent
sent-of-resting  | quote-not-draft | same | done | done | done | done | done
";

/// Quote 2 in this status; quote 1 is sent and primary, unless it is quote 2 that is.
fn desk(status: &str) -> Desk {
    let mut desk = Desk::new();
    let one = of(vec![package(1, 1)]);
    let alone = matches!(status, "sent" | "lapsed");
    if !alone {
        desk.send(1, &one);
    }
    match status {
        "lapsed" | "lapsed-second" => desk.send(2, &until("2026-03-02")),
        _ => desk.draft(2, &one),
    }
    match status {
        "lapsed" | "lapsed-second" => desk.context.now += days(1),
        "draft" | "draft-of-lost" | "withdrawn-draft" | "draft-of-resting" => {}
        _ => drop(desk.run(Verb::Send, 2)),
    }
    match status {
        "draft" | "sent" | "sent-second" | "lapsed" | "lapsed-second" => {}
        "accepted" => drop(desk.run(Verb::Accept, 2)),
        "rejected" => drop(desk.run(Verb::Reject, 2)),
        "withdrawn" | "withdrawn-draft" => drop(desk.run(Verb::Withdraw, 2)),
        "revised" => {
            desk.run(Verb::Revise, 2);
            desk.run(Verb::Send, 3);
        }
        "beside-accepted" => drop(desk.run(Verb::Accept, 1)),
        "draft-of-lost" | "sent-of-lost" => desk.close(Outcome::Lost),
        "sent-of-won" => desk.close(Outcome::Won),
        "draft-of-resting" | "sent-of-resting" => {
            let (version, rules) = (desk.opportunity.version, desk.rules.clone());
            let resting = domain::pipeline::suspend(
                &desk.opportunity,
                day("2026-04-01"),
                version,
                &rules,
                &desk.context,
            );
            desk.apply(resting.unwrap());
        }
        _ => panic!("{status} is no status"),
    }
    desk
}

#[test]
fn every_verb_does_what_the_table_says_on_every_status() {
    for row in TABLE.trim().lines().skip(1) {
        let mut cells = row.split('|').map(str::trim);
        let status = cells.next().unwrap();
        let desk = desk(status);
        for (verb, expected) in VERBS.into_iter().zip(cells) {
            let answer = match desk.decide(verb, 2) {
                Ok(Some(decision)) => {
                    desk.clone().apply(decision);
                    "done"
                }
                Ok(None) => "same",
                Err(refusal) => refusal.code(),
            };
            assert_eq!(answer, expected, "{verb:?} of what is {status}");
        }
    }
}

#[test]
fn a_quote_can_be_answered_through_its_last_day_in_the_business_s_zone() {
    let mut desk = Desk::new();
    desk.send(1, &until("2026-03-05"));
    desk.context.now = at("2026-03-05T20:59:59.999Z");
    for verb in [Verb::Accept, Verb::Reject] {
        assert!(desk.decide(verb, 1).unwrap().is_some());
    }
    desk.context.now = at("2026-03-05T21:00:00Z");
    for verb in [Verb::Accept, Verb::Reject] {
        assert_eq!(desk.decide(verb, 1).unwrap_err().code(), "quote-lapsed");
    }
}
