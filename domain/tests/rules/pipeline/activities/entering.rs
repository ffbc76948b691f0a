//! Logging and planning.

use chrono::TimeDelta;
use domain::pipeline::{
    ActivityDraft, ActivityKind, Link, MAX_PLANNED, MAX_WITH, Opportunity, Parties, Party,
    PipelineRefusal, Plan, Planned, log_activity, plan_activity,
};
use domain::{CompanyId, Instant, Refusal};

use super::*;

/// An attempt to log or to plan something.
#[derive(Clone)]
struct Attempt {
    opportunity: Opportunity,
    draft: ActivityDraft,
    at: Instant,
    remind_at: Option<Instant>,
    parties: Parties,
}

fn attempt() -> Attempt {
    Attempt {
        opportunity: opportunity(),
        draft: draft(ActivityKind::Call),
        at: now(),
        remind_at: None,
        parties: Parties::default(),
    }
}

const STRANGER: u8 = 9;

fn with_stranger(attempt: &mut Attempt) {
    attempt.draft.with = vec![Party::CustomerId(cus(STRANGER))];
    attempt.draft.link = None;
}

fn linking_stranger(attempt: &mut Attempt) {
    with_stranger(attempt);
    attempt.draft.link = Some("mother".parse().unwrap());
}

fn linking_erased(attempt: &mut Attempt) {
    linking_stranger(attempt);
    attempt.parties.customers = vec![erased(customer(STRANGER))];
}

fn full_of_links(attempt: &mut Attempt) {
    attempt.opportunity.links = (100..120)
        .map(|n| Link {
            party: Party::CustomerId(cus(n)),
            role: "friend".parse().unwrap(),
            primary: false,
        })
        .collect();
    linking_stranger(attempt);
    attempt.parties.customers = vec![customer(STRANGER)];
}

#[test]
fn logging_looks_at_the_person_then_the_words_then_the_time_then_the_others() {
    check(
        &attempt(),
        |it: &Attempt| {
            let when = (act(1), Some(it.at));
            let now = &context(now());
            log_activity(&it.opportunity, it.draft.clone(), when, &it.parties, now)
        },
        &[
            (Refusal::CustomerErased, |it| of_nobody(&mut it.opportunity)),
            (
                Refusal::Pipeline(PipelineRefusal::ActivityTerms("a task has a subject: say what is to be done")),
                |it| {
                    it.draft.kind = ActivityKind::Task;
                    it.draft.subject = None;
                },
            ),
            (
                PipelineRefusal::ActivityTime(
                    "done_at is not in the future and at most ten years ago: plan what is to come with due_at",
                )
                .into(),
                |it| it.at = now() + TimeDelta::milliseconds(1),
            ),
            (PipelineRefusal::PartyNotLinked.into(), with_stranger),
            (PipelineRefusal::TooMany("20 links").into(), full_of_links),
        ],
    );
}

#[test]
fn planning_looks_at_the_time_before_the_reminder() {
    const OVER: &str =
        "due_at is not over and at most ten years ahead: log what was done with done_at";
    const LATE: &str = "remind_at is not after due_at: remind earlier, or leave it out";
    check(
        &attempt(),
        |it: &Attempt| {
            let plan = Plan {
                due_at: it.at,
                remind_at: it.remind_at,
            };
            let now = &context(now());
            plan_activity(
                &it.opportunity,
                it.draft.clone(),
                (act(1), plan),
                &it.parties,
                now,
            )
        },
        &[
            (Refusal::CustomerErased, |it| of_nobody(&mut it.opportunity)),
            (
                PipelineRefusal::ActivityTerms(
                    "a note is written, not planned: leave out due_at, or plan a task",
                )
                .into(),
                |it| it.draft.kind = ActivityKind::Note,
            ),
            (PipelineRefusal::ActivityTime(OVER).into(), |it| {
                it.at = now() - TimeDelta::milliseconds(1);
            }),
            (PipelineRefusal::ActivityTime(LATE).into(), |it| {
                it.remind_at = Some(it.at + TimeDelta::milliseconds(1));
            }),
            (PipelineRefusal::PartyNotLinked.into(), with_stranger),
            (
                PipelineRefusal::TooMany("50 planned activities").into(),
                |it| {
                    let planned = (0..MAX_PLANNED).map(|n| Planned {
                        id: act(100 + u8::try_from(n).unwrap()),
                        kind: ActivityKind::Task,
                        at: now(),
                    });
                    it.opportunity.planned = planned.collect();
                },
            ),
        ],
    );
}

#[test]
fn whoever_is_linked_on_the_way_must_be_there() {
    let log = |it: &Attempt| {
        let now = &context(now());
        let when = (act(1), None);
        log_activity(&it.opportunity, it.draft.clone(), when, &it.parties, now)
    };
    for (change, refusal) in [
        (
            linking_stranger as fn(&mut Attempt),
            Refusal::CustomerNotFound,
        ),
        (linking_erased, Refusal::CustomerErased),
        (
            |it| {
                it.draft.with = vec![Party::CompanyId(CompanyId::from_bytes([1; 16]))];
                it.draft.link = Some("agency".parse().unwrap());
            },
            PipelineRefusal::CompanyMissing.into(),
        ),
    ] {
        let mut it = attempt();
        change(&mut it);
        assert_eq!(log(&it).unwrap_err(), refusal);
    }
}

#[test]
fn a_call_links_who_is_not_linked_yet_and_nobody_twice() {
    let mut it = attempt();
    let (owner, stranger) = (Party::CustomerId(cus(1)), Party::CustomerId(cus(STRANGER)));
    it.draft.with = vec![owner, stranger];
    it.draft.link = Some("mother".parse().unwrap());
    it.parties.customers = vec![customer(STRANGER)];
    let log = |opportunity: &Opportunity| {
        let (draft, now) = (it.draft.clone(), &context(now()));
        log_activity(opportunity, draft, (act(1), None), &it.parties, now).unwrap()
    };
    let first = log(&it.opportunity);
    let linked = after(&first);
    assert_eq!(
        linked.links,
        [Link {
            party: stranger,
            role: "mother".parse().unwrap(),
            primary: false,
        }]
    );
    assert_eq!(of(&first).with, [owner, stranger]);
    let change = first.entry.fact.opportunity().unwrap();
    assert_eq!(change.linked, [stranger]);
    let second = log(&linked);
    assert_eq!(after(&second).links, linked.links);
    assert_eq!(second.entry.fact.opportunity().unwrap().linked, []);
}

#[test]
fn an_activity_is_with_at_most_20_each_once() {
    let parties = |count: u8| (0..count).map(|n| Party::CustomerId(cus(n)));
    let mut opportunity = opportunity();
    opportunity.links = parties(20)
        .map(|party| Link {
            party,
            role: "friend".parse().unwrap(),
            primary: false,
        })
        .collect();
    let log = |with: Vec<Party>| {
        let draft = ActivityDraft {
            with,
            ..draft(ActivityKind::Meeting)
        };
        let now = &context(now());
        log_activity(
            &opportunity,
            draft,
            (act(1), None),
            &Parties::default(),
            now,
        )
    };
    let most: Vec<Party> = parties(u8::try_from(MAX_WITH).unwrap()).collect();
    assert!(log(most.clone()).is_ok());
    let refused =
        PipelineRefusal::ActivityTerms("with has at most 20 people and companies, each once");
    let twice = vec![most[3], most[4], most[3]];
    assert_eq!(log(twice).unwrap_err(), refused.clone().into());
    assert_eq!(log(parties(21).collect()).unwrap_err(), refused.into());
}

#[test]
fn a_time_is_within_ten_years_to_the_millisecond() {
    let parties = Parties::default();
    let now = &context(now());
    let log = |at: &str| {
        let draft = draft(ActivityKind::Call);
        log_activity(
            &opportunity(),
            draft,
            (act(1), Some(crate::fixtures::at(at))),
            &parties,
            now,
        )
    };
    let plan = |at: &str| {
        let draft = draft(ActivityKind::Call);
        let plan = due(crate::fixtures::at(at));
        plan_activity(&opportunity(), draft, (act(1), plan), &parties, now)
    };
    assert!(log("2016-03-02T09:00:00Z").is_ok());
    assert!(log("2016-03-02T08:59:59.999Z").is_err());
    assert!(log("2026-03-02T09:00:00Z").is_ok());
    assert!(plan("2026-03-02T09:00:00Z").is_ok());
    assert!(plan("2036-03-02T09:00:00Z").is_ok());
    assert!(plan("2036-03-02T09:00:00.001Z").is_err());
}
