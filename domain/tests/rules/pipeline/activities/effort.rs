//! What is done counts, whatever became of the opportunity.

use domain::Decision;
use domain::pipeline::{
    ActivityKind, ActivityState, Closing, Effort, OpportunityEvent, Outcome, Parties, close,
    log_activity, plan_activity,
};

use super::*;

const KINDS: [ActivityKind; 4] = [
    ActivityKind::Task,
    ActivityKind::Note,
    ActivityKind::Call,
    ActivityKind::Meeting,
];

fn event(decision: &Decision) -> OpportunityEvent {
    decision.entry.fact.opportunity().unwrap().event.clone()
}

#[test]
fn what_is_done_is_counted_by_its_kind_once() {
    let mut opportunity = opportunity();
    for (index, kind) in KINDS.into_iter().enumerate() {
        for time in 0..=index {
            let when = (act(1), Some(now() - hours(i64::try_from(time).unwrap())));
            let (draft, now) = (draft(kind), &context(now()));
            let decision =
                log_activity(&opportunity, draft, when, &Parties::default(), now).unwrap();
            assert_eq!(
                event(&decision),
                OpportunityEvent::ActivityDone(act(1), kind)
            );
            let activity = of(&decision);
            assert_eq!(activity.state, ActivityState::Done);
            assert_eq!((activity.at, activity.version), (when.1.unwrap(), 1));
            opportunity = after(&decision);
            assert_eq!(activity.entered_in, opportunity.version);
        }
    }
    let effort = Effort {
        tasks: 1,
        notes: 2,
        calls: 3,
        meetings: 4,
    };
    assert_eq!(
        (opportunity.position.effort, opportunity.version),
        (effort, 11)
    );
    assert_eq!(opportunity.next_activity(), None);
}

#[test]
fn activities_go_on_after_an_opportunity_is_closed() {
    let closing = Closing {
        outcome: Outcome::Won,
        reason: None,
        note: None,
    };
    let now = &context(now());
    let won = after(
        &close(
            &opportunity(),
            closing,
            Some(&customer(1)),
            1,
            &rules(),
            now,
        )
        .unwrap(),
    );
    let parties = Parties::default();
    let call = draft(ActivityKind::Call);
    let logged = log_activity(&won, call.clone(), (act(1), None), &parties, now).unwrap();
    assert_eq!(after(&logged).position.effort.calls, 1);
    let plan = (act(2), due(now.now + days(2)));
    let planned = plan_activity(&won, call, plan, &parties, now).unwrap();
    assert_eq!(after(&planned).next_activity().unwrap().id, act(2));
}
