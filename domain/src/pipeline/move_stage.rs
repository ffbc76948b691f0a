//! Moving an opportunity to another stage.

use super::change::step;
use super::{Opportunity, OpportunityEvent, PipelineRefusal, Rules, Status};
use crate::{Context, Decision, Refusal};

/// Moves an opportunity to the stage `to` of its scheme: one that is open among the stages before the
/// win, one that is won among those after it.
///
/// # Errors
/// In this order: [`Refusal::VersionMismatch`], [`PipelineRefusal::OpportunitySuspended`],
/// [`PipelineRefusal::OpportunityClosed`] for what is lost or abandoned,
/// [`PipelineRefusal::SchemeMissing`], [`PipelineRefusal::StageReached`],
/// [`PipelineRefusal::StageMissing`], [`PipelineRefusal::StageAfterWin`] or
/// [`PipelineRefusal::StageBeforeWin`], [`PipelineRefusal::StageSkipped`],
/// [`PipelineRefusal::StageRequires`], [`PipelineRefusal::StageNeedsQuote`].
pub fn move_stage(
    present: &Opportunity,
    to: u16,
    expected: u64,
    rules: &Rules,
    context: &Context,
) -> Result<Decision, Refusal> {
    present.must_be_version(expected)?;
    if present.position.status != Status::Won {
        present.position.status.must_be_open()?;
    }
    let after = moved(present, to, rules, context)?;
    Ok(step(
        Some(present),
        after,
        OpportunityEvent::StageMoved,
        context,
    ))
}

/// The opportunity in the stage `to`.
///
/// # Errors
/// Those of [`move_stage`] from [`PipelineRefusal::SchemeMissing`] on.
pub(super) fn moved(
    present: &Opportunity,
    to: u16,
    rules: &Rules,
    context: &Context,
) -> Result<Opportunity, Refusal> {
    let scheme = rules.scheme(present.position.scheme)?;
    let from = present.position.stage;
    if from == to {
        return Err(PipelineRefusal::StageReached.into());
    }
    let stage = rules.may_enter(scheme, present, (Some(from), to), context.now)?;
    let mut after = present.clone();
    Rules::enter(&mut after, scheme, stage, context);
    if after.position.status == Status::Won {
        // What brings an opportunity here, or to before, has no more to say.
        let up_to = scheme.in_use().take_while(|before| before.number != to);
        let passed = up_to.filter_map(|stage| stage.terms.reached_by);
        after.reached.extend(passed.chain(stage.terms.reached_by));
    }
    rules.settle(&mut after)?;
    Ok(after)
}
