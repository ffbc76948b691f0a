//! Writing down what was done about an opportunity.

use super::activity_draft::{Timed, check_done};
use super::{ActivityDraft, ActivityState, Opportunity, Parties};
use crate::{ActivityId, Context, Decision, Instant, Refusal};

/// Logs what was done at `done_at`, or now: a note, a call, a meeting held, a task done. Whatever the
/// opportunity's status: what is won is delivered, what is lost may be asked for again.
///
/// # Errors
/// In this order: [`Refusal::CustomerErased`], [`super::PipelineRefusal::ActivityTerms`],
/// [`super::PipelineRefusal::ActivityTime`]; for each it is with,
/// [`super::PipelineRefusal::PartyNotLinked`] or, where it is linked on the way,
/// [`Refusal::CustomerNotFound`], [`Refusal::CustomerErased`],
/// [`super::PipelineRefusal::CompanyMissing`]; then [`super::PipelineRefusal::TooMany`].
pub fn log_activity(
    present: &Opportunity,
    draft: ActivityDraft,
    (id, done_at): (ActivityId, Option<Instant>),
    parties: &Parties,
    context: &Context,
) -> Result<Decision, Refusal> {
    present.must_be_of_somebody()?;
    draft.check()?;
    let at = done_at.unwrap_or(context.now);
    check_done(at, context.now)?;
    let timed = Timed {
        at,
        remind_at: None,
        state: ActivityState::Done,
    };
    draft.entered(present, id, timed, parties, context)
}
