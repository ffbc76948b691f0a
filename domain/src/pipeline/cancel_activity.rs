//! Leaving what was planned undone.

use super::change::step;
use super::{Activity, ActivityState, Opportunity, OpportunityEvent, PipelineRefusal};
use crate::{Context, Decision, Refusal};

/// Cancels a planned activity: it stays on record, and is next no longer. None when it is cancelled
/// already.
///
/// # Errors
/// [`PipelineRefusal::ActivityDone`].
pub fn cancel_activity(
    present: &Opportunity,
    activity: &Activity,
    context: &Context,
) -> Result<Option<Decision>, Refusal> {
    match activity.state {
        ActivityState::Planned => {}
        ActivityState::Done => return Err(PipelineRefusal::ActivityDone.into()),
        ActivityState::Cancelled => return Ok(None),
    }
    let mut after = present.clone();
    after.unplan(activity.id);
    let event = OpportunityEvent::ActivityCancelled(activity.id, activity.kind);
    let mut decision = step(Some(present), after, event, context);
    let cancelled = Activity {
        state: ActivityState::Cancelled,
        remind_at: None,
        ..activity.clone()
    };
    decision.puts.push(cancelled.next(present));
    Ok(Some(decision))
}
