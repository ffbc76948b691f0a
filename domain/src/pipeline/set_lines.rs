//! Writing what would be sold: the amount follows it.

use super::change::step;
use super::{Goods, LineDraft, Opportunity, OpportunityEvent, PipelineRefusal, Rules, priced};
use crate::{Context, Decision, Refusal};

/// Puts `lines` in the place of those an undecided opportunity has; none brings the estimate back.
///
/// # Errors
/// In this order: [`Refusal::VersionMismatch`], [`PipelineRefusal::OpportunityClosed`],
/// [`PipelineRefusal::AmountFollows`] while a quote is primary, those of [`priced`],
/// [`PipelineRefusal::StageRequires`] for what its stage asks for, [`Refusal::TooLarge`].
pub fn set_lines(
    present: &Opportunity,
    lines: Vec<LineDraft>,
    goods: &Goods,
    expected: u64,
    rules: &Rules,
    context: &Context,
) -> Result<Decision, Refusal> {
    present.must_be_version(expected)?;
    present.position.status.must_be_undecided()?;
    if present.primary.is_some() {
        return Err(PipelineRefusal::AmountFollows.into());
    }
    let mut after = present.clone();
    after.lines = priced(lines, goods)?;
    rules.may_stay(present, &after)?;
    rules.settle(&mut after)?;
    Ok(step(
        Some(present),
        after,
        OpportunityEvent::LinesChanged,
        context,
    ))
}
