//! Saying for which quota an opportunity counts.

use super::change::step;
use super::{Opportunity, OpportunityEvent, PipelineRefusal, Quota, Rules};
use crate::{Context, Decision, QuotaId, Refusal};

/// Lets an opportunity, whatever its status, count for a quota of its representative, or for none.
/// `quotas` are the one it counts for and the one it is to count for, as far as there are such. None when
/// nothing changes. What is decided holds as long as none of those that must not be closed is: see
/// [`Decision::counting`].
///
/// # Errors
/// In this order: [`Refusal::VersionMismatch`], [`PipelineRefusal::QuotaClosed`] for the one it was won
/// for, [`PipelineRefusal::QuotaMissing`], [`PipelineRefusal::QuotaClosed`] and
/// [`PipelineRefusal::QuotaDiffers`] for the one it is to count for.
pub fn set_quota(
    present: &Opportunity,
    quota: Option<QuotaId>,
    quotas: &[Quota],
    expected: u64,
    rules: &Rules,
    context: &Context,
) -> Result<Option<Decision>, Refusal> {
    present.must_be_version(expected)?;
    if present.quota == quota {
        return Ok(None);
    }
    let find = |id| quotas.iter().find(|quota| quota.id == id);
    let mut counting = Vec::new();
    if let Some(left) = present
        .quota
        .and_then(find)
        .filter(|left| left.has_won(present))
    {
        left.must_be_running()?;
        counting.push(left.id);
    }
    if let Some(id) = quota {
        let wanted = find(id).ok_or(PipelineRefusal::QuotaMissing)?;
        wanted.must_be_running()?;
        let (terms, position) = (&wanted.terms, &present.position);
        let theirs = terms.representative == position.representative;
        if !theirs || !terms.target.fits(position.value) {
            return Err(PipelineRefusal::QuotaDiffers.into());
        }
        counting.push(id);
    }
    let mut after = present.clone();
    after.quota = quota;
    rules.settle(&mut after)?;
    let event = OpportunityEvent::QuotaSet(quota);
    Ok(Some(Decision {
        counting,
        ..step(Some(present), after, event, context)
    }))
}
