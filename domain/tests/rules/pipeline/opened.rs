//! An opportunity of customer 1, and the rules it lives under.

use std::collections::BTreeSet;

use domain::bookings::{DeductAt, Penalty};
use domain::catalog::Template;
use domain::pipeline::{
    Closing, Earned, Goods, Opening, Opportunity, OpportunityDraft, Outcome, Rules, close,
    default_scheme, open,
};
use domain::{Actor, Context, Decision, Instant, Money, OpportunityId, Role};

use crate::fixtures::*;

pub(super) fn opp(n: u8) -> OpportunityId {
    OpportunityId::from_bytes([n; 16])
}

/// What a representative is given.
pub(super) fn by(representative: &str, now: Instant) -> Context {
    Context {
        actor: Actor {
            id: representative.parse().unwrap(),
            role: Role::Sales,
        },
        ..context(now)
    }
}

/// The first scheme of a business in Istanbul.
pub(super) fn rules() -> Rules {
    Rules {
        settings: Some(settings(DeductAt::Booking, Penalty::Forfeit)),
        reasons: None,
        schemes: vec![default_scheme().unwrap()],
    }
}

/// What opening for customer 1 looks at, in sight of these templates.
pub(super) fn opening(templates: Vec<Template>) -> Opening {
    Opening {
        rules: rules(),
        customer: Some(customer(1)),
        goods: Goods {
            services: Vec::new(),
            templates,
        },
    }
}

/// The opportunity that a decision leaves.
pub(super) fn after(decision: &Decision) -> Opportunity {
    decision.opportunity().unwrap().clone()
}

/// Opened now by `rep-1`, for so much.
pub(super) fn opened(estimate: Money) -> Opportunity {
    let draft = OpportunityDraft {
        title: "Gelin".parse().unwrap(),
        description: None,
        scheme: None,
        stage: None,
        estimate,
        earned: Earned::default(),
        lines: Vec::new(),
        starts_on: None,
        expected_close_on: None,
        forecast: None,
        representative: None,
        tags: BTreeSet::new(),
        recurs: None,
    };
    let context = by("rep-1", now());
    let opened = open(
        &opening(Vec::new()),
        draft,
        (opp(1), salt()),
        None,
        &context,
    );
    after(&opened.unwrap())
}

/// The same, won now.
pub(super) fn won(estimate: Money) -> Opportunity {
    let closing = Closing {
        outcome: Outcome::Won,
        reason: None,
        note: None,
    };
    let opened = opened(estimate);
    let won = close(
        &opened,
        closing,
        Some(&customer(1)),
        1,
        &rules(),
        &by("rep-1", now()),
    );
    after(&won.unwrap())
}
