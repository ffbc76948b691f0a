//! What logging and planning an activity have in common.

use chrono::Months;

use super::change::step_linking;
use super::{
    Activity, ActivityKind, ActivityState, Effort, Link, MAX_WITH, Opportunity, OpportunityEvent,
    Parties, Party, PipelineRefusal, Planned,
};
use crate::{
    ActivityId, ActorId, Context, Decision, Fingerprint, Instant, Name, Note, Put, Refusal, Slug,
};

/// How many months an activity lies back or ahead, at most.
const MOST_MONTHS: u32 = 120;

/// An activity as somebody wants it.
#[derive(Debug, Clone)]
pub struct ActivityDraft {
    /// What kind.
    pub kind: ActivityKind,
    /// What it is called; a task has a subject.
    pub subject: Option<Name>,
    /// What there is to say about it; a note has a text.
    pub text: Option<Note>,
    /// Who is to do it, or did; who enters it if left out.
    pub assignee: Option<ActorId>,
    /// With whom: the customer, and who is linked to the opportunity.
    pub with: Vec<Party>,
    /// As what those of them are linked who are not linked yet; without it they are refused.
    pub link: Option<Slug>,
    /// What the request's Idempotency-Key comes to, if it has one.
    pub key: Option<Fingerprint>,
}

/// When an activity is, and whether it is to be done.
pub(super) struct Timed {
    pub(super) at: Instant,
    pub(super) remind_at: Option<Instant>,
    pub(super) state: ActivityState,
}

impl ActivityDraft {
    /// # Errors
    /// [`PipelineRefusal::ActivityTerms`].
    pub(super) fn check(&self) -> Result<(), PipelineRefusal> {
        check_words(self.kind, self.subject.as_ref(), self.text.as_ref())?;
        if self.link.is_some() && self.with.is_empty() {
            return Err(PipelineRefusal::ActivityTerms(
                "link says as what those in with are linked: name them in with, or leave link out",
            ));
        }
        let mut with = self.with.clone();
        with.sort();
        with.dedup();
        match with.len() == self.with.len() && with.len() <= MAX_WITH {
            true => Ok(()),
            false => Err(PipelineRefusal::ActivityTerms(
                "with has at most 20 people and companies, each once",
            )),
        }
    }

    /// The decision that enters it.
    ///
    /// # Errors
    /// In this order: for each it is with, [`PipelineRefusal::PartyNotLinked`] or, where it is linked on
    /// the way, [`Refusal::CustomerNotFound`], [`Refusal::CustomerErased`],
    /// [`PipelineRefusal::CompanyMissing`]; then [`PipelineRefusal::TooMany`].
    pub(super) fn entered(
        self,
        present: &Opportunity,
        id: ActivityId,
        timed: Timed,
        parties: &Parties,
        context: &Context,
    ) -> Result<Decision, Refusal> {
        let mut after = present.clone();
        let mut linked = Vec::new();
        for party in &self.with {
            if present.has_to_do_with(*party) {
                continue;
            }
            let role = self.link.clone().ok_or(PipelineRefusal::PartyNotLinked)?;
            parties.must_have(*party)?;
            linked.push(*party);
            after.links.push(Link {
                party: *party,
                role,
                primary: false,
            });
        }
        let event = match timed.state {
            ActivityState::Planned => {
                after.plan(id, self.kind, timed.at);
                OpportunityEvent::ActivityPlanned(id, self.kind)
            }
            ActivityState::Done | ActivityState::Cancelled => {
                after.position.effort.count(self.kind);
                OpportunityEvent::ActivityDone(id, self.kind)
            }
        };
        after.check_size()?;
        let version = present.version + 1;
        let activity = Activity {
            id,
            opportunity: present.id,
            kind: self.kind,
            subject: self.subject,
            text: self.text,
            assignee: self.assignee.unwrap_or_else(|| context.actor.id.clone()),
            at: timed.at,
            remind_at: timed.remind_at,
            with: self.with,
            state: timed.state,
            creator: context.actor.clone(),
            created_at: context.now,
            entered_in: version,
            changed_in: version,
            key: self.key,
            version: 1,
        };
        let mut decision = step_linking(Some(present), after, event, linked, context);
        decision.puts.push(Put::Activity(Box::new(activity)));
        Ok(decision)
    }
}

impl Opportunity {
    /// Something is to be done: first things first.
    pub(super) fn plan(&mut self, id: ActivityId, kind: ActivityKind, at: Instant) {
        self.planned.retain(|planned| planned.id != id);
        self.planned.push(Planned { id, kind, at });
        self.planned.sort_by_key(|planned| (planned.at, planned.id));
    }

    /// It is to be done no longer.
    pub(super) fn unplan(&mut self, id: ActivityId) {
        self.planned.retain(|planned| planned.id != id);
    }
}

impl Effort {
    /// Something was done.
    pub(super) fn count(&mut self, kind: ActivityKind) {
        let counted = match kind {
            ActivityKind::Task => &mut self.tasks,
            ActivityKind::Note => &mut self.notes,
            ActivityKind::Call => &mut self.calls,
            ActivityKind::Meeting => &mut self.meetings,
        };
        *counted = counted.saturating_add(1);
    }
}

/// Whether an activity of a kind says what it must.
///
/// # Errors
/// [`PipelineRefusal::ActivityTerms`].
pub(super) fn check_words(
    kind: ActivityKind,
    subject: Option<&Name>,
    text: Option<&Note>,
) -> Result<(), PipelineRefusal> {
    match (kind, subject, text) {
        (ActivityKind::Task, None, _) => Err(PipelineRefusal::ActivityTerms(
            "a task has a subject: say what is to be done",
        )),
        (ActivityKind::Note, _, None) => Err(PipelineRefusal::ActivityTerms(
            "a note has a text: say what there is to note",
        )),
        (
            ActivityKind::Task | ActivityKind::Note | ActivityKind::Call | ActivityKind::Meeting,
            _,
            _,
        ) => Ok(()),
    }
}

/// Whether something can have been done at a time.
///
/// # Errors
/// [`PipelineRefusal::ActivityTime`] for one to come, or more than ten years ago.
pub(super) fn check_done(at: Instant, now: Instant) -> Result<(), PipelineRefusal> {
    let first = now.checked_sub_months(Months::new(MOST_MONTHS));
    match at <= now && first.is_none_or(|first| first <= at) {
        true => Ok(()),
        false => Err(PipelineRefusal::ActivityTime(
            "done_at is not in the future and at most ten years ago: plan what is to come with due_at",
        )),
    }
}

/// Whether something can be planned for a time, with this reminder.
///
/// # Errors
/// [`PipelineRefusal::ActivityTime`].
pub(super) fn check_due(at: Instant, now: Instant) -> Result<(), PipelineRefusal> {
    let last = now.checked_add_months(Months::new(MOST_MONTHS));
    match now <= at && last.is_none_or(|last| at <= last) {
        true => Ok(()),
        false => Err(PipelineRefusal::ActivityTime(
            "due_at is not over and at most ten years ahead: log what was done with done_at",
        )),
    }
}

/// Whether somebody can be reminded then of what is due.
///
/// # Errors
/// [`PipelineRefusal::ActivityTime`].
pub(super) fn check_reminder(
    remind_at: Option<Instant>,
    due_at: Instant,
    now: Instant,
) -> Result<(), PipelineRefusal> {
    let first = now.checked_sub_months(Months::new(MOST_MONTHS));
    let fits = |at: Instant| at <= due_at && first.is_none_or(|first| first <= at);
    match remind_at.is_none_or(fits) {
        true => Ok(()),
        false => Err(PipelineRefusal::ActivityTime(
            "remind_at is not after due_at: remind earlier, or leave it out",
        )),
    }
}
