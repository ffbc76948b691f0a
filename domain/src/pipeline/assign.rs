//! Giving an opportunity to somebody else.

use super::change::step;
use super::opportunity::KEPT_ASSIGNMENTS;
use super::{Assignment, Opportunity, OpportunityEvent, Rules};
use crate::{ActorId, Context, Decision, Refusal};

/// Makes `representative` answer for an opportunity, whatever its status. Its quota was the one of who
/// had it before: it leaves it. None when nothing changes.
///
/// # Errors
/// [`Refusal::VersionMismatch`].
pub fn assign(
    present: &Opportunity,
    representative: &ActorId,
    expected: u64,
    rules: &Rules,
    context: &Context,
) -> Result<Option<Decision>, Refusal> {
    present.must_be_version(expected)?;
    if &present.position.representative == representative {
        return Ok(None);
    }
    let mut after = present.clone();
    after.position.representative = representative.clone();
    after.quota = None;
    after.assignments.push(Assignment {
        representative: representative.clone(),
        since: context.now,
    });
    let surplus = after.assignments.len().saturating_sub(KEPT_ASSIGNMENTS);
    after.assignments.drain(..surplus);
    rules.settle(&mut after)?;
    Ok(Some(step(
        Some(present),
        after,
        OpportunityEvent::Assigned,
        context,
    )))
}
