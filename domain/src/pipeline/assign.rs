//! Giving an opportunity to somebody else.

use super::change::step;
use super::opportunity::KEPT_ASSIGNMENTS;
use super::{Assignment, Opportunity, OpportunityEvent, PipelineRefusal, Rules};
use crate::{ActorId, Context, Decision, Refusal};

/// Makes `representative` answer for an opportunity, whatever its status. Where it is undecided it leaves
/// its quota, which was the one of who had it before. None when nothing changes.
///
/// # Errors
/// In this order: [`Refusal::VersionMismatch`], [`PipelineRefusal::QuotaCounts`] for what was decided
/// and counts for the quota of who has it.
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
    if present.quota.is_some() && present.position.status.is_closed() {
        return Err(PipelineRefusal::QuotaCounts.into());
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
