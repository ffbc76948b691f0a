//! The reasons there are to choose from.

use domain::Refusal;
use domain::pipeline::{
    Closing, Outcome, PipelineRefusal, PipelineSettings, Reason, change_reasons, close, reopen,
};

use super::fixtures::*;
use crate::fixtures::{check, context, customer, now};

fn reason(code: &str) -> Reason {
    Reason {
        code: code.parse().unwrap(),
        name: code.parse().unwrap(),
    }
}

fn settings() -> PipelineSettings {
    PipelineSettings {
        lost_reasons: vec![reason("rain")],
        abandoned_reasons: vec![reason("snow")],
        reopen_reasons: vec![reason("sun")],
        version: 1,
    }
}

#[test]
fn lists_are_of_1_to_50_reasons_each_once() {
    type Attempt = (Option<PipelineSettings>, Option<u64>, PipelineSettings);
    let sound: Attempt = (Some(settings()), Some(1), settings());
    let change = |(present, expected, wanted): &Attempt| {
        change_reasons(present.as_ref(), wanted.clone(), *expected, &context(now()))
    };
    let refusal = || Refusal::from(PipelineRefusal::ReasonList);
    check(
        &sound,
        change,
        &[
            (Refusal::VersionMismatch, |(_, expected, _)| {
                *expected = None
            }),
            (Refusal::VersionMismatch, |(_, expected, _)| {
                *expected = Some(2)
            }),
            (Refusal::VersionMismatch, |(present, _, _)| *present = None),
            (refusal(), |(_, _, wanted)| wanted.lost_reasons.clear()),
            (refusal(), |(_, _, wanted)| wanted.abandoned_reasons.clear()),
            (refusal(), |(_, _, wanted)| {
                wanted.reopen_reasons.push(reason("sun"));
            }),
            (refusal(), |(_, _, wanted)| {
                let many = (0..51).map(|n| reason(&format!("r-{n}")));
                wanted.lost_reasons = many.collect();
            }),
        ],
    );
    let first = change(&(None, None, settings())).unwrap();
    assert_eq!(first.puts.len(), 1);
}

#[test]
fn what_holds_before_anybody_sets_it_could_be_set() {
    let initial = PipelineSettings::initial().unwrap();
    change_reasons(None, initial, None, &context(now())).unwrap();
}

#[test]
fn an_outcome_takes_a_reason_of_its_own_list_and_a_win_none() {
    let mut rules = rules();
    rules.reasons = Some(settings());
    let unknown = Refusal::from(PipelineRefusal::ReasonUnknown);
    let needed = Refusal::from(PipelineRefusal::ReasonNeeded);
    for (outcome, reason, refusal) in [
        (Outcome::Won, None, None),
        (Outcome::Won, Some("rain"), Some(&needed)),
        (Outcome::Lost, None, Some(&needed)),
        (Outcome::Lost, Some("rain"), None),
        (Outcome::Lost, Some("snow"), Some(&unknown)),
        // It was on the first list, which is replaced.
        (Outcome::Lost, Some("price"), Some(&unknown)),
        (Outcome::Abandoned, None, Some(&needed)),
        (Outcome::Abandoned, Some("snow"), None),
        (Outcome::Abandoned, Some("rain"), Some(&unknown)),
    ] {
        let closing = Closing {
            outcome,
            reason: reason.map(|reason| reason.parse().unwrap()),
            note: None,
        };
        let closed = close(
            &opened(),
            closing,
            Some(&customer(1)),
            1,
            &rules,
            &context(now()),
        );
        assert_eq!(closed.err().as_ref(), refusal, "{outcome:?} {reason:?}");
    }
    let lost = closed(&opened(), Outcome::Won, &rules, &context(now()));
    let again = |reason: &str| {
        let reason = reason.parse().unwrap();
        reopen(&lost, (reason, None), 2, &rules, &context(now()))
    };
    again("sun").unwrap();
    assert_eq!(again("rain").unwrap_err(), unknown);
}
