//! Doing what was planned.

use super::activity_draft::check_done;
use super::change::step;
use super::{Activity, ActivityState, Opportunity, OpportunityEvent};
use crate::{Context, Decision, Instant, Note, Refusal};

/// How something was done.
#[derive(Debug, Clone, Default)]
pub struct Completion {
    /// What came of it; if left out, what was written before stays.
    pub text: Option<Note>,
    /// When it was done; now if left out.
    pub done_at: Option<Instant>,
}

/// Completes a planned activity: it is counted as done, and is next no longer.
///
/// # Errors
/// In this order: [`super::PipelineRefusal::ActivityDone`] or
/// [`super::PipelineRefusal::ActivityCancelled`], [`Refusal::CustomerErased`] for a text,
/// [`super::PipelineRefusal::ActivityTime`].
pub fn complete_activity(
    present: &Opportunity,
    activity: &Activity,
    completion: Completion,
    context: &Context,
) -> Result<Decision, Refusal> {
    activity.must_be_planned()?;
    if completion.text.is_some() {
        present.must_be_of_somebody()?;
    }
    let at = completion.done_at.unwrap_or(context.now);
    check_done(at, context.now)?;
    let mut after = present.clone();
    after.unplan(activity.id);
    after.position.effort.count(activity.kind);
    let event = OpportunityEvent::ActivityDone(activity.id, activity.kind);
    let mut decision = step(Some(present), after, event, context);
    let done = Activity {
        state: ActivityState::Done,
        at,
        remind_at: None,
        text: completion.text.or_else(|| activity.text.clone()),
        ..activity.clone()
    };
    decision.puts.push(done.next(present));
    Ok(decision)
}
