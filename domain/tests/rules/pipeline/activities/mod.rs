//! What is done about an opportunity, and what is to be done.

mod changing;
mod effort;
mod entering;

use domain::pipeline::{
    Activity, ActivityDraft, ActivityKind, Opening, Opportunity, OpportunityDraft, Parties, Plan,
    Rules, StageScheme, default_scheme, open, plan_activity,
};
use domain::{ActivityId, Decision, Instant, OpportunityId, SchemeId};

use crate::fixtures::*;

pub(super) fn act(n: u8) -> ActivityId {
    ActivityId::from_bytes([n; 16])
}

pub(super) fn rules() -> Rules {
    let (first, stages) = (SchemeId::from_bytes([1; 16]), default_scheme().unwrap());
    let deduct_at = domain::bookings::DeductAt::Booking;
    Rules {
        settings: Some(settings(deduct_at, domain::bookings::Penalty::Release)),
        reasons: None,
        schemes: vec![StageScheme {
            id: first,
            ..stages
        }],
    }
}

/// An opportunity of customer 1, who has just been met.
pub(super) fn opportunity() -> Opportunity {
    let opening = Opening {
        rules: rules(),
        customer: Some(customer(1)),
        goods: domain::pipeline::Goods {
            services: Vec::new(),
            templates: Vec::new(),
        },
    };
    let draft = OpportunityDraft {
        title: "Gelin paketi".parse().unwrap(),
        description: None,
        scheme: None,
        stage: None,
        estimate: lira(100_000),
        earned: Default::default(),
        lines: Vec::new(),
        starts_on: None,
        expected_close_on: None,
        forecast: None,
        representative: None,
        tags: Default::default(),
        recurs: None,
    };
    let id = OpportunityId::from_bytes([1; 16]);
    let decision = open(&opening, draft, (id, salt()), None, &context(now())).unwrap();
    after(&decision)
}

pub(super) fn after(decision: &Decision) -> Opportunity {
    decision.opportunity().unwrap().clone()
}

pub(super) fn of(decision: &Decision) -> Activity {
    decision.activity().unwrap().clone()
}

pub(super) fn draft(kind: ActivityKind) -> ActivityDraft {
    ActivityDraft {
        kind,
        subject: Some("Arama".parse().unwrap()),
        text: Some("Konuştuk".parse().unwrap()),
        assignee: None,
        with: Vec::new(),
        link: None,
        key: None,
    }
}

pub(super) fn due(at: Instant) -> Plan {
    Plan {
        due_at: at,
        remind_at: None,
    }
}

/// The opportunity with a call planned for tomorrow, and the call.
pub(super) fn planned() -> (Opportunity, Activity) {
    let plan = (act(1), due(now() + days(1)));
    let parties = Parties::default();
    let decision = plan_activity(
        &opportunity(),
        draft(ActivityKind::Call),
        plan,
        &parties,
        &context(now()),
    )
    .unwrap();
    (after(&decision), of(&decision))
}

/// Nobody knows any more whom it is about.
pub(super) fn of_nobody(opportunity: &mut Opportunity) {
    opportunity.salt = None;
}
