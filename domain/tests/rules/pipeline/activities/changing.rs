//! Changing, completing and cancelling what is planned.

use domain::Refusal;
use domain::pipeline::{
    Activity, ActivityEdit, ActivityKind, ActivityState, Closing, Completion, Effort, Opportunity,
    OpportunityEdit, Outcome, Parties, PipelineRefusal, cancel_activity, change_activity, close,
    complete_activity, edit, plan_activity,
};

use super::*;

#[test]
fn what_is_due_first_is_next_whenever_it_was_planned() {
    let mut opportunity = opportunity();
    let mut activities = Vec::new();
    for (n, day) in [(1, 3), (2, 1), (3, 2), (4, 1)] {
        let plan = (act(n), due(now() + days(day)));
        let (draft, now) = (draft(ActivityKind::Meeting), &context(now()));
        let decision = plan_activity(&opportunity, draft, plan, &Parties::default(), now).unwrap();
        opportunity = after(&decision);
        activities.push(of(&decision));
    }
    let order = |opportunity: &Opportunity| {
        let planned = opportunity.planned.iter().map(|planned| planned.id);
        planned.collect::<Vec<_>>()
    };
    assert_eq!(order(&opportunity), [act(2), act(4), act(3), act(1)]);
    assert_eq!(opportunity.position.effort, Effort::default());
    // Put off, done, called off.
    let now = &context(now());
    let later = ActivityEdit {
        due_at: Some(now.now + days(9)),
        ..ActivityEdit::default()
    };
    let decision = change_activity(&opportunity, &activities[1], later, 1, now).unwrap();
    opportunity = after(&decision.unwrap());
    assert_eq!(order(&opportunity), [act(4), act(3), act(1), act(2)]);
    let done = Completion::default();
    let decision = complete_activity(&opportunity, &activities[3], done, now).unwrap();
    opportunity = after(&decision);
    assert_eq!(order(&opportunity), [act(3), act(1), act(2)]);
    assert_eq!(opportunity.position.effort.meetings, 1);
    let decision = cancel_activity(&opportunity, &activities[2], now).unwrap();
    opportunity = after(&decision.unwrap());
    assert_eq!(order(&opportunity), [act(1), act(2)]);
    assert_eq!(opportunity.next_activity().unwrap().id, act(1));
    assert_eq!(opportunity.position.effort.meetings, 1);
}

#[test]
fn every_verb_does_or_refuses_what_the_state_says() {
    let (opportunity, sound) = planned();
    let now = &context(now() + hours(1));
    let (done, cancelled) = (
        Refusal::Pipeline(PipelineRefusal::ActivityDone),
        Refusal::Pipeline(PipelineRefusal::ActivityCancelled),
    );
    for (state, changed, completed, called_off) in [
        (ActivityState::Planned, None, None, Ok(true)),
        (
            ActivityState::Done,
            Some(&done),
            Some(&done),
            Err(done.clone()),
        ),
        (
            ActivityState::Cancelled,
            Some(&cancelled),
            Some(&cancelled),
            Ok(false),
        ),
    ] {
        let activity = Activity {
            state,
            ..sound.clone()
        };
        let edit = ActivityEdit {
            text: Some(None),
            ..ActivityEdit::default()
        };
        let change = change_activity(&opportunity, &activity, edit, 1, now);
        assert_eq!(change.as_ref().err(), changed, "{state:?}");
        let completion = complete_activity(&opportunity, &activity, Completion::default(), now);
        assert_eq!(completion.as_ref().err(), completed, "{state:?}");
        let cancel = cancel_activity(&opportunity, &activity, now);
        assert_eq!(cancel.map(|made| made.is_some()), called_off, "{state:?}");
    }
}

#[test]
fn changing_looks_at_the_version_then_the_state_then_the_person_then_the_fields() {
    const OVER: &str =
        "due_at is not over and at most ten years ahead: log what was done with done_at";
    const LATE: &str = "remind_at is not after due_at: remind earlier, or leave it out";
    let (opportunity, activity) = planned();
    let edit = ActivityEdit {
        subject: Some(Some("Başka".parse().unwrap())),
        ..ActivityEdit::default()
    };
    check(
        &(opportunity, activity, edit, 1),
        |(opportunity, activity, edit, expected): &(Opportunity, Activity, ActivityEdit, u64)| {
            change_activity(
                opportunity,
                activity,
                edit.clone(),
                *expected,
                &context(now()),
            )
        },
        &[
            (Refusal::VersionMismatch, |it| it.3 = 2),
            (PipelineRefusal::ActivityDone.into(), |it| {
                it.1.state = ActivityState::Done;
            }),
            (Refusal::CustomerErased, |it| of_nobody(&mut it.0)),
            (
                PipelineRefusal::ActivityTerms("a task has a subject: say what is to be done")
                    .into(),
                |it| {
                    it.1.kind = ActivityKind::Task;
                    it.2.subject = Some(None);
                },
            ),
            (PipelineRefusal::ActivityTime(OVER).into(), |it| {
                it.2.due_at = Some(now() - days(1));
            }),
            (PipelineRefusal::ActivityTime(LATE).into(), |it| {
                it.2.remind_at = Some(Some(now() + days(4000)));
            }),
        ],
    );
}

#[test]
fn what_is_overdue_is_told_otherwise_without_a_new_time_and_an_edit_of_nothing_is_none() {
    let (opportunity, activity) = planned();
    let later = &context(now() + days(30));
    let edit = ActivityEdit {
        assignee: Some("somebody-else".parse().unwrap()),
        ..ActivityEdit::default()
    };
    let decision = change_activity(&opportunity, &activity, edit, 1, later).unwrap();
    let changed = of(&decision.unwrap());
    assert_eq!(changed.assignee.to_string(), "somebody-else");
    assert_eq!(
        (changed.version, changed.entered_in, changed.changed_in),
        (2, 2, 3)
    );
    let same = ActivityEdit {
        due_at: Some(activity.at),
        ..ActivityEdit::default()
    };
    let decision = change_activity(&opportunity, &activity, same, 1, later).unwrap();
    assert_eq!(decision, None);
}

#[test]
fn completing_looks_at_the_state_then_the_person_then_the_time() {
    let (opportunity, activity) = planned();
    let completion = Completion {
        text: Some("Tamam".parse().unwrap()),
        done_at: Some(now()),
    };
    check(
        &(opportunity, activity, completion),
        |(opportunity, activity, completion): &(Opportunity, Activity, Completion)| {
            complete_activity(opportunity, activity, completion.clone(), &context(now()))
        },
        &[
            (PipelineRefusal::ActivityCancelled.into(), |it| {
                it.1.state = ActivityState::Cancelled;
            }),
            (Refusal::CustomerErased, |it| of_nobody(&mut it.0)),
            (
                PipelineRefusal::ActivityTime(
                    "done_at is not in the future and at most ten years ago: plan what is to come with due_at",
                )
                .into(),
                |it| it.2.done_at = Some(now() + days(1)),
            ),
        ],
    );
}

#[test]
fn what_was_written_of_somebody_erased_is_not_carried_on() {
    let (mut opportunity, activity) = planned();
    of_nobody(&mut opportunity);
    let now = &context(now());
    let done = complete_activity(&opportunity, &activity, Completion::default(), now).unwrap();
    let cancelled = cancel_activity(&opportunity, &activity, now)
        .unwrap()
        .unwrap();
    for decision in [done, cancelled] {
        let activity = of(&decision);
        assert_eq!((activity.subject, activity.text), (None, None));
    }
    // Nor is a title or a closing note, and what recurs does not begin anew.
    let title = OpportunityEdit {
        title: Some("Gelin".parse().unwrap()),
        ..OpportunityEdit::default()
    };
    let edited = edit(&opportunity, title, 2, &rules(), now);
    assert_eq!(edited.unwrap_err(), Refusal::CustomerErased);
    opportunity.recurs = Some(domain::pipeline::Recurrence { every_months: 1 });
    let won = |note: Option<&str>| {
        let closing = Closing {
            outcome: Outcome::Won,
            reason: None,
            note: note.map(|note| note.parse().unwrap()),
        };
        close(&opportunity, closing, Some(&customer(1)), 2, &rules(), now)
    };
    assert_eq!(won(Some("Evet")).unwrap_err(), Refusal::CustomerErased);
    assert_eq!(won(None).unwrap().series, []);
}
