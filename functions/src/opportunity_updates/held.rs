//! Opportunities as the person they are about is handed them: without who of the business works on them.

use chrono::{DateTime, NaiveDate, Utc};
use domain::pipeline::{Activity, Quote, QuoteStatus};
use domain::{ActivityId, Money, Name, Note, OpportunityId, QuoteId, Slug};
use infra::HeldOpportunity;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::activities::{ActivityKindField, ActivityStateField, PartyField};
use super::fields::StatusField;
use super::line::LineView;
use crate::edge::MoneyField;

/// An opportunity about a person, and everything that hangs on it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = HeldOpportunity)]
pub(crate) struct OpportunityHeldView {
    /// Its id.
    #[schema(value_type = String)]
    id: OpportunityId,
    /// What it is called.
    #[schema(value_type = Option<String>)]
    title: Option<Name>,
    /// What it is about.
    #[schema(value_type = Option<String>)]
    description: Option<Note>,
    /// Whether it is still one.
    status: StatusField,
    /// What it is thought to be worth.
    #[schema(value_type = MoneyField)]
    amount: Money,
    /// What would be sold.
    lines: Vec<LineView>,
    /// When it was opened.
    opened_at: DateTime<Utc>,
    /// When it is expected to be decided.
    #[schema(value_type = String)]
    expected_close_on: NaiveDate,
    /// When it was decided.
    #[schema(value_type = Option<String>)]
    closed_on: Option<NaiveDate>,
    /// Why it was lost or abandoned.
    #[schema(value_type = Option<String>)]
    reason: Option<Slug>,
    /// What somebody wrote when it was closed.
    #[schema(value_type = Option<String>)]
    closing_note: Option<Note>,
    /// Words it is found by.
    #[schema(value_type = Vec<String>)]
    tags: Vec<Slug>,
    /// Other people, and companies, who are linked to it.
    links: Vec<PartyField>,
    /// What was done about it, or is to be done, the first one first.
    activities: Vec<ActivityHeldView>,
    /// Its quotes, in the order in which they were made.
    quotes: Vec<QuoteHeldView>,
}

/// An activity about a person.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = HeldActivity)]
struct ActivityHeldView {
    /// Its id.
    #[schema(value_type = String)]
    id: ActivityId,
    /// What kind.
    kind: ActivityKindField,
    /// How it stands.
    state: ActivityStateField,
    /// What it is called.
    #[schema(value_type = Option<String>)]
    subject: Option<Name>,
    /// What somebody wrote about it.
    #[schema(value_type = Option<String>)]
    text: Option<Note>,
    /// When it is due or begins, or was done.
    at: DateTime<Utc>,
    /// With whom.
    with: Vec<PartyField>,
    /// When it was entered.
    created_at: DateTime<Utc>,
}

/// A quote for a person.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = HeldQuote)]
struct QuoteHeldView {
    /// Its id.
    #[schema(value_type = String)]
    id: QuoteId,
    /// Counts the revisions of a quote.
    revision: u16,
    /// How it stands.
    #[schema(value_type = String, example = "sent")]
    status: QuoteStatus,
    /// What it offers.
    lines: Vec<LineView>,
    /// What all of it costs.
    #[schema(value_type = MoneyField)]
    total: Money,
    /// The last day on which it can be accepted.
    #[schema(value_type = Option<String>)]
    valid_until: Option<NaiveDate>,
    /// What is told beside it.
    #[schema(value_type = Option<String>)]
    note: Option<Note>,
    /// When it was drafted.
    created_at: DateTime<Utc>,
    /// When it was sent.
    sent_at: Option<DateTime<Utc>>,
    /// When it was accepted, rejected, withdrawn or superseded.
    answered_at: Option<DateTime<Utc>>,
}

impl From<HeldOpportunity> for OpportunityHeldView {
    fn from(held: HeldOpportunity) -> Self {
        let opportunity = held.opportunity;
        let position = opportunity.position;
        let links = opportunity.links.iter();
        Self {
            id: opportunity.id,
            title: opportunity.title,
            description: opportunity.description,
            status: position.status.into(),
            amount: position.amount,
            lines: opportunity.lines.into_iter().map(LineView::from).collect(),
            opened_at: position.opened_at,
            expected_close_on: position.expected_close_on,
            closed_on: position.closed_on,
            reason: position.reason,
            closing_note: opportunity.closing_note,
            tags: opportunity.tags.into_iter().collect(),
            links: links.map(|link| link.party.into()).collect(),
            activities: held.activities.into_iter().map(Into::into).collect(),
            quotes: held.quotes.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<Activity> for ActivityHeldView {
    fn from(activity: Activity) -> Self {
        Self {
            id: activity.id,
            kind: activity.kind.into(),
            state: activity.state.into(),
            subject: activity.subject,
            text: activity.text,
            at: activity.at,
            with: activity.with.into_iter().map(Into::into).collect(),
            created_at: activity.created_at,
        }
    }
}

impl From<Quote> for QuoteHeldView {
    fn from(quote: Quote) -> Self {
        let lines = quote.lines.into_iter().map(|line| line.line.into());
        Self {
            id: quote.id,
            revision: quote.revision,
            status: quote.status,
            lines: lines.collect(),
            total: quote.total,
            valid_until: quote.valid_until,
            note: quote.note,
            created_at: quote.created_at,
            sent_at: quote.sent_at,
            answered_at: quote.answered_at,
        }
    }
}
