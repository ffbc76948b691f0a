//! Opening again what was decided.

use super::change::step;
use super::{
    Opportunity, OpportunityEvent, Phase, PipelineRefusal, QuoteStatus, Rules, StageScheme,
    Transition,
};
use crate::{Context, Decision, Refusal, Slug};

/// Reopens a closed opportunity for one of the business's reasons: in the stage `to` or else in the one
/// it was in, before the win. The closing leaves the figures of its reports on the day it is reopened.
///
/// # Errors
/// In this order: [`Refusal::VersionMismatch`], [`PipelineRefusal::NotClosed`],
/// [`PipelineRefusal::OpportunitySold`], [`PipelineRefusal::ReasonUnknown`],
/// [`PipelineRefusal::SchemeMissing`], those of entering the stage.
pub fn reopen(
    present: &Opportunity,
    (reason, to): (Slug, Option<u16>),
    expected: u64,
    rules: &Rules,
    context: &Context,
) -> Result<Decision, Refusal> {
    present.must_be_version(expected)?;
    let status = present.position.status.after(Transition::Reopen)?;
    let sold = present
        .quotes
        .iter()
        .any(|quote| quote.status == QuoteStatus::Accepted);
    if sold {
        return Err(PipelineRefusal::OpportunitySold.into());
    }
    rules.reasons()?.check_reopen(&reason)?;
    let scheme = rules.scheme(present.position.scheme)?;
    let mut after = present.clone();
    after.position.status = status;
    after.position.closed_on = None;
    after.position.reason = None;
    after.closing_note = None;
    let from = before_win(scheme, present.position.stage);
    let to = to.unwrap_or(from);
    let stage = rules.may_enter(scheme, &after, (Some(from), to), context.now)?;
    Rules::enter(&mut after, scheme, stage, context);
    rules.settle(&mut after)?;
    let event = OpportunityEvent::Reopened(reason);
    Ok(step(Some(present), after, event, context))
}

/// The stage itself, or for one after the win the last one before it.
fn before_win(scheme: &StageScheme, number: u16) -> u16 {
    let phase = scheme.stage(number).map(|stage| stage.terms.phase);
    if phase != Some(Phase::PostWin) {
        return number;
    }
    let before = scheme
        .in_use()
        .filter(|stage| stage.terms.phase == Phase::PreWin);
    before.last().map_or(number, |stage| stage.number)
}
