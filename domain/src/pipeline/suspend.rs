//! Letting an opportunity rest, and going on with it.

use chrono::NaiveDate;

use super::change::step;
use super::{Opportunity, OpportunityEvent, Rules, Transition};
use crate::calendar::check_last_day;
use crate::{Context, Decision, Refusal};

/// Lets an open opportunity rest until the day `resume_on`, which lies after today. It leaves the
/// forecast.
///
/// # Errors
/// In this order: [`Refusal::VersionMismatch`], [`super::PipelineRefusal::OpportunityClosed`] or
/// [`super::PipelineRefusal::OpportunitySuspended`], [`Refusal::DayOutOfRange`] for `resume_on`,
/// [`super::PipelineRefusal::ResumeToday`].
pub fn suspend(
    present: &Opportunity,
    resume_on: NaiveDate,
    expected: u64,
    rules: &Rules,
    context: &Context,
) -> Result<Decision, Refusal> {
    present.must_be_version(expected)?;
    let status = present.position.status.after(Transition::Suspend)?;
    check_last_day(resume_on, "resume_on", context.now, rules.zone()?)?;
    if resume_on <= rules.today(context.now)? {
        return Err(super::PipelineRefusal::ResumeToday.into());
    }
    let mut after = present.clone();
    after.position.status = status;
    after.resume_on = Some(resume_on);
    rules.settle(&mut after)?;
    let event = OpportunityEvent::Suspended(resume_on);
    Ok(step(Some(present), after, event, context))
}

/// Goes on with an opportunity that rests, also before its day. It rots from today on, not from when it
/// entered its stage.
///
/// # Errors
/// In this order: [`Refusal::VersionMismatch`], [`super::PipelineRefusal::OpportunityClosed`] or
/// [`super::PipelineRefusal::NotSuspended`].
pub fn resume(
    present: &Opportunity,
    expected: u64,
    rules: &Rules,
    context: &Context,
) -> Result<Decision, Refusal> {
    present.must_be_version(expected)?;
    let status = present.position.status.after(Transition::Resume)?;
    let mut after = present.clone();
    after.position.status = status;
    after.resume_on = None;
    after.resumed_at = Some(context.now);
    rules.settle(&mut after)?;
    Ok(step(
        Some(present),
        after,
        OpportunityEvent::Resumed,
        context,
    ))
}
