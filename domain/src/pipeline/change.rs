//! What can happen to an opportunity, as the journal has it: ids and figures, never what people wrote.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    ActivityKind, Counted, Milestone, Opportunity, Origin, Outcome, Party, PipelineRefusal,
    Position,
};
use crate::journal::Fact;
use crate::{
    ActivityId, Context, CustomerId, Decision, EntryKey, OpportunityId, PackageId, Put, QuotaId,
    QuoteId, Refusal, Slug,
};

/// One change of an opportunity: what it was, and where the opportunity stood before and after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpportunityChange {
    /// Which.
    pub opportunity: OpportunityId,
    /// Whose.
    pub customer: CustomerId,
    /// Its version after this: counts its changes.
    pub version: u64,
    /// What happened.
    pub event: OpportunityEvent,
    /// Who was linked to it on the way, by an activity with them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub linked: Vec<Party>,
    /// Where it stood; none before it was opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Position>,
    /// Where it stands.
    pub after: Position,
}

/// What happened to an opportunity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OpportunityEvent {
    /// It was opened, perhaps from another one or from a package.
    Opened(Option<Origin>),
    /// These fields were changed.
    Edited(Vec<String>),
    /// Its lines were written.
    LinesChanged,
    /// It was moved to another stage.
    StageMoved,
    /// A fact of its packages moved it to another stage.
    Advanced(Milestone),
    /// Somebody else answers for it.
    Assigned,
    /// It rests until this day.
    Suspended(NaiveDate),
    /// It rests no longer.
    Resumed,
    /// It is decided.
    Closed {
        /// How.
        outcome: Outcome,
        /// Why, unless it was won.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Slug>,
    },
    /// It is not decided after all.
    Reopened(Slug),
    /// Somebody was linked to it.
    Linked(Party),
    /// Somebody is linked to it no longer.
    Unlinked(Party),
    /// It counts for a quota, or for none.
    QuotaSet(Option<QuotaId>),
    /// Something was planned.
    ActivityPlanned(ActivityId, ActivityKind),
    /// Something was done.
    ActivityDone(ActivityId, ActivityKind),
    /// What was planned was changed.
    ActivityChanged(ActivityId, ActivityKind),
    /// What was planned is not done.
    ActivityCancelled(ActivityId, ActivityKind),
    /// A quote was drafted, alone or as the next revision of another.
    QuoteDrafted(QuoteId),
    /// A draft was changed.
    QuoteEdited(QuoteId),
    /// A quote was sent: the revision it replaces is superseded.
    QuoteSent(QuoteId),
    /// Another quote is the one that the amount follows.
    QuotePrimary(QuoteId),
    /// A quote was accepted: the opportunity is won, and these packages are sold.
    QuoteAccepted {
        /// Which.
        quote: QuoteId,
        /// What it sold.
        packages: Vec<PackageId>,
    },
    /// The customer does not want a quote.
    QuoteRejected(QuoteId),
    /// The business took a quote back.
    QuoteWithdrawn(QuoteId),
}

impl OpportunityEvent {
    /// The name of what happened.
    pub fn name(&self) -> &'static str {
        match self {
            OpportunityEvent::Opened(_) => "opportunity-opened",
            OpportunityEvent::Edited(_) => "opportunity-edited",
            OpportunityEvent::LinesChanged => "opportunity-lines-changed",
            OpportunityEvent::StageMoved => "opportunity-stage-moved",
            OpportunityEvent::Advanced(_) => "opportunity-advanced",
            OpportunityEvent::Assigned => "opportunity-assigned",
            OpportunityEvent::Suspended(_) => "opportunity-suspended",
            OpportunityEvent::Resumed => "opportunity-resumed",
            OpportunityEvent::Closed { outcome, .. } => match outcome {
                Outcome::Won => "opportunity-won",
                Outcome::Lost => "opportunity-lost",
                Outcome::Abandoned => "opportunity-abandoned",
            },
            OpportunityEvent::Reopened(_) => "opportunity-reopened",
            OpportunityEvent::Linked(_) => "opportunity-linked",
            OpportunityEvent::Unlinked(_) => "opportunity-unlinked",
            OpportunityEvent::QuotaSet(_) => "opportunity-quota-set",
            OpportunityEvent::ActivityPlanned(..) => "activity-planned",
            OpportunityEvent::ActivityDone(..) => "activity-done",
            OpportunityEvent::ActivityChanged(..) => "activity-changed",
            OpportunityEvent::ActivityCancelled(..) => "activity-cancelled",
            OpportunityEvent::QuoteDrafted(_) => "quote-drafted",
            OpportunityEvent::QuoteEdited(_) => "quote-edited",
            OpportunityEvent::QuoteSent(_) => "quote-sent",
            OpportunityEvent::QuotePrimary(_) => "quote-made-primary",
            OpportunityEvent::QuoteAccepted { .. } => "quote-accepted",
            OpportunityEvent::QuoteRejected(_) => "quote-rejected",
            OpportunityEvent::QuoteWithdrawn(_) => "quote-withdrawn",
        }
    }
}

/// The decision that an opportunity becomes `after` by `event`. Its position must be settled.
pub(super) fn step(
    before: Option<&Opportunity>,
    after: Opportunity,
    event: OpportunityEvent,
    context: &Context,
) -> Decision {
    step_linking(before, after, event, Vec::new(), context)
}

/// The same, where `linked` are linked to it on the way.
pub(super) fn step_linking(
    before: Option<&Opportunity>,
    mut after: Opportunity,
    event: OpportunityEvent,
    linked: Vec<Party>,
    context: &Context,
) -> Decision {
    after.version = before.map_or(1, |before| before.version + 1);
    let change = OpportunityChange {
        opportunity: after.id,
        customer: after.customer,
        version: after.version,
        event,
        linked,
        before: before.map(|before| before.position.clone()),
        after: after.position.clone(),
    };
    let last_change = before.map(|before| before.changed_at);
    let fact = Fact::OpportunityChanged(Box::new(change));
    let entry = context.entry(None, fact, Vec::new(), last_change);
    after.changed_at = entry.at;
    let key = EntryKey::Opportunity(after.id, after.version);
    let links = Counted::changed(before, &after);
    let mut puts = vec![Put::Opportunity(Box::new(after))];
    puts.extend(links);
    Decision::of_records(key, entry, puts)
}

/// What the entries of one opportunity, first first, come to: where it stands.
///
/// # Errors
/// [`PipelineRefusal::OpportunityMissing`] for entries that do not follow each other.
pub fn fold_opportunity<'c>(
    changes: impl IntoIterator<Item = &'c OpportunityChange>,
) -> Result<Option<Position>, Refusal> {
    let mut position: Option<Position> = None;
    for (change, version) in changes.into_iter().zip(1..) {
        if change.before != position || change.version != version {
            return Err(PipelineRefusal::OpportunityMissing.into());
        }
        position = Some(change.after.clone());
    }
    Ok(position)
}
