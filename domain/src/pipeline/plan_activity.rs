//! Planning what is to be done about an opportunity.

use super::activity_draft::{Timed, check_due, check_reminder};
use super::{ActivityDraft, ActivityKind, ActivityState, Opportunity, Parties, PipelineRefusal};
use crate::{ActivityId, Context, Decision, Instant, Refusal};

/// When something is to be done.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// When it is due or begins.
    pub due_at: Instant,
    /// When somebody is to be reminded of it.
    pub remind_at: Option<Instant>,
}

/// Plans a task, a call or a meeting, whatever the opportunity's status.
///
/// # Errors
/// In this order: [`Refusal::CustomerErased`], [`PipelineRefusal::ActivityTerms`], also for a note,
/// [`PipelineRefusal::ActivityTime`] for the time and then for the reminder; for each it is with,
/// [`PipelineRefusal::PartyNotLinked`] or, where it is linked on the way,
/// [`Refusal::CustomerNotFound`], [`Refusal::CustomerErased`], [`PipelineRefusal::CompanyMissing`];
/// then [`PipelineRefusal::TooMany`].
pub fn plan_activity(
    present: &Opportunity,
    draft: ActivityDraft,
    (id, plan): (ActivityId, Plan),
    parties: &Parties,
    context: &Context,
) -> Result<Decision, Refusal> {
    present.must_be_of_somebody()?;
    if draft.kind == ActivityKind::Note {
        return Err(PipelineRefusal::ActivityTerms(
            "a note is written, not planned: leave out due_at, or plan a task",
        )
        .into());
    }
    draft.check()?;
    check_due(plan.due_at, context.now)?;
    check_reminder(plan.remind_at, plan.due_at, context.now)?;
    let timed = Timed {
        at: plan.due_at,
        remind_at: plan.remind_at,
        state: ActivityState::Planned,
    };
    draft.entered(present, id, timed, parties, context)
}
