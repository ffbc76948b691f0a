//! The same opportunity once more, from its beginning.

use std::collections::BTreeSet;

use super::{Assignment, Effort, Opportunity, Origin, Position, Status};
use crate::Context;

/// A copy of what `model` is about, opened at this moment: same customer, title, description, lines,
/// estimate, links, tags, recurrence and representative; no quotes, activities, quota or packages. Where
/// a quote alone said what it is worth, that is the estimate. The caller gives it an id and a stage.
pub(super) fn anew(model: &Opportunity, origin: Origin, context: &Context) -> Opportunity {
    let quoted = model.primary.is_some() && model.lines.is_empty();
    let estimate = match quoted {
        true => model.position.amount,
        false => model.estimate,
    };
    Opportunity {
        estimate,
        quotes: Vec::new(),
        primary: None,
        planned: Vec::new(),
        creator: context.actor.clone(),
        assignments: vec![Assignment {
            representative: model.position.representative.clone(),
            since: context.now,
        }],
        starts_on: None,
        forecast: None,
        resume_on: None,
        resumed_at: None,
        closing_note: None,
        origin: Some(origin),
        next: None,
        quota: None,
        packages: Vec::new(),
        reached: BTreeSet::new(),
        position: Position {
            status: Status::Open,
            stage_since: context.now,
            opened_at: context.now,
            closed_on: None,
            reason: None,
            rots_on: None,
            effort: Effort::default(),
            ..model.position.clone()
        },
        changed_at: context.now,
        version: 1,
        ..model.clone()
    }
}
