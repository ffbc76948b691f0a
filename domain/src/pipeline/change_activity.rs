//! Changing what is planned.

use super::activity_draft::{check_due, check_reminder, check_words};
use super::change::step;
use super::{Activity, ActivityState, Opportunity, OpportunityEvent, PipelineRefusal};
use crate::{ActorId, Context, Decision, Instant, Name, Note, Put, Refusal};

/// What is to become of the fields of a planned activity; none leaves one as it is.
#[derive(Debug, Clone, Default)]
pub struct ActivityEdit {
    /// Who is to do it.
    pub assignee: Option<ActorId>,
    /// When it is due or begins.
    pub due_at: Option<Instant>,
    /// When somebody is to be reminded of it, or that nobody is.
    pub remind_at: Option<Option<Instant>>,
    /// What it is called, or nothing.
    pub subject: Option<Option<Name>>,
    /// What there is to say about it, or nothing.
    pub text: Option<Option<Note>>,
}

/// Changes a planned activity. A reminder that would come after it is refused, not moved. None when
/// nothing changes.
///
/// # Errors
/// In this order: [`Refusal::VersionMismatch`] for the activity's version,
/// [`PipelineRefusal::ActivityDone`] or [`PipelineRefusal::ActivityCancelled`],
/// [`Refusal::CustomerErased`], [`PipelineRefusal::ActivityTerms`],
/// [`PipelineRefusal::ActivityTime`] for a new time and then for the reminder.
pub fn change_activity(
    present: &Opportunity,
    activity: &Activity,
    edit: ActivityEdit,
    expected: u64,
    context: &Context,
) -> Result<Option<Decision>, Refusal> {
    if activity.version != expected {
        return Err(Refusal::VersionMismatch);
    }
    activity.must_be_planned()?;
    present.must_be_of_somebody()?;
    let changed = Activity {
        assignee: edit.assignee.unwrap_or_else(|| activity.assignee.clone()),
        at: edit.due_at.unwrap_or(activity.at),
        remind_at: edit.remind_at.unwrap_or(activity.remind_at),
        subject: edit.subject.unwrap_or_else(|| activity.subject.clone()),
        text: edit.text.unwrap_or_else(|| activity.text.clone()),
        ..activity.clone()
    };
    check_words(
        changed.kind,
        changed.subject.as_ref(),
        changed.text.as_ref(),
    )?;
    // What is overdue may be told otherwise without a new time.
    if changed.at != activity.at {
        check_due(changed.at, context.now)?;
    }
    check_reminder(changed.remind_at, changed.at, context.now)?;
    if &changed == activity {
        return Ok(None);
    }
    let mut after = present.clone();
    after.plan(changed.id, changed.kind, changed.at);
    let event = OpportunityEvent::ActivityChanged(changed.id, changed.kind);
    let mut decision = step(Some(present), after, event, context);
    decision.puts.push(changed.next(present));
    Ok(Some(decision))
}

impl Activity {
    /// # Errors
    /// [`PipelineRefusal::ActivityDone`], [`PipelineRefusal::ActivityCancelled`].
    pub(super) fn must_be_planned(&self) -> Result<(), PipelineRefusal> {
        match self.state {
            ActivityState::Planned => Ok(()),
            ActivityState::Done => Err(PipelineRefusal::ActivityDone),
            ActivityState::Cancelled => Err(PipelineRefusal::ActivityCancelled),
        }
    }

    /// Its next version, with the next one of its opportunity. It keeps nothing that was written about
    /// somebody who was erased, also where it was read before that was erased in it.
    pub(super) fn next(self, present: &Opportunity) -> Put {
        let known = present.salt.is_some();
        Put::Activity(Box::new(Activity {
            subject: self.subject.filter(|_| known),
            text: self.text.filter(|_| known),
            changed_in: present.version + 1,
            version: self.version + 1,
            ..self
        }))
    }
}
