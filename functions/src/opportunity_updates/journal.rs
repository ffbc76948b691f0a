//! Reading what happened to an opportunity.

use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use domain::journal::Entry;
use domain::pipeline::{OpportunityChange, OpportunityEvent, PipelineRefusal, Position};
use domain::{
    ActivityId, ActorId, EntryId, Money, OpportunityId, PackageId, QuotaId, QuoteId, Refusal, Role,
    SchemeId, Slug,
};
use infra::List;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::activities::PartyField;
use super::fields::{ForecastField, StatusField};
use super::get::seen;
use crate::App;
use crate::edge::{
    Answer, Caller, ListQuery, MoneyField, PageOf, Path, Problem, Problems, Query, Right,
};

/// Everything that happened to an opportunity, its quotes and its activities, newest first: who, when,
/// what, and where it stood before and after. Who answered for it when is in it, too.
#[utoipa::path(get, path = "/v1/opportunities/{id}/journal", tag = "pipeline",
    params(("id" = String, Path, description = "The opportunity"), ListQuery),
    responses((status = 200, body = PageOf<OpportunityEntryView>), Problems))]
pub(crate) async fn journal(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<OpportunityId>,
    Query(query): Query<ListQuery>,
) -> Result<Answer<PageOf<OpportunityEntryView>>, Problem> {
    caller.may(Right::ReadPipeline)?;
    let page = query.page(List::Versions)?;
    let (opportunity, entries) = tokio::join!(
        seen(&app, &caller, id),
        app.store.opportunity_entries(&caller.business, id, &page),
    );
    opportunity?;
    let entries = entries?;
    let items = entries.items.iter().map(OpportunityEntryView::of);
    let items = items.collect::<Option<Vec<_>>>();
    Ok(Answer::ok(PageOf {
        items: items.ok_or(Refusal::Pipeline(PipelineRefusal::OpportunityMissing))?,
        next_cursor: entries.next.map(|cursor| cursor.encode()),
    }))
}

/// One change of an opportunity.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = OpportunityEntry)]
pub(crate) struct OpportunityEntryView {
    /// Its id, that of the business's journal.
    #[schema(value_type = String)]
    id: EntryId,
    /// When.
    at: DateTime<Utc>,
    /// The opportunity's version after it.
    version: u64,
    /// What happened.
    #[schema(example = "opportunity-stage-moved")]
    fact: String,
    /// The part that who did it plays.
    #[schema(value_type = String, example = "sales")]
    role: Role,
    /// Who did it.
    #[schema(value_type = String)]
    actor: ActorId,
    /// The request that made it happen.
    cause: String,
    /// Where it stood before; null before it was opened.
    before: Option<PositionView>,
    /// Where it stands after.
    after: PositionView,
    /// How long it was in the stage that it left, by moving on or by being decided, in seconds; null where
    /// it left none.
    seconds_in_stage: Option<i64>,
    /// The fields of it that were changed.
    fields: Vec<String>,
    /// The activity that was entered or changed.
    #[schema(value_type = Option<String>)]
    activity_id: Option<ActivityId>,
    /// The quote that was drafted, changed, sent or answered.
    #[schema(value_type = Option<String>)]
    quote_id: Option<QuoteId>,
    /// The packages that were sold.
    #[schema(value_type = Vec<String>)]
    package_ids: Vec<PackageId>,
    /// The quota it counts for from then on.
    #[schema(value_type = Option<String>)]
    quota_id: Option<QuotaId>,
    /// Who was linked to it.
    linked: Vec<PartyField>,
    /// Who was linked no longer.
    unlinked: Vec<PartyField>,
}

/// Where an opportunity stands.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = Position)]
pub(crate) struct PositionView {
    /// Whether it is still one.
    status: StatusField,
    /// In which scheme.
    #[schema(value_type = String)]
    scheme_id: SchemeId,
    /// In which stage of it.
    stage: u16,
    /// Since when.
    stage_since: DateTime<Utc>,
    /// How likely the stage made it, in per cent.
    probability_percent: u8,
    /// Where it stands in the forecast.
    forecast: ForecastField,
    /// What it is worth.
    #[schema(value_type = MoneyField)]
    amount: Money,
    /// What the amount comes to over its term.
    #[schema(value_type = MoneyField)]
    value: Money,
    /// Who answers for it.
    #[schema(value_type = String)]
    representative_id: ActorId,
    /// When it is expected to be decided.
    #[schema(value_type = String)]
    expected_close_on: NaiveDate,
    /// When it was decided.
    #[schema(value_type = Option<String>)]
    closed_on: Option<NaiveDate>,
    /// Why it was lost or abandoned.
    #[schema(value_type = Option<String>)]
    reason: Option<Slug>,
    /// How many activities were done about it.
    activities_done: u64,
}

/// What an event is about, beside the opportunity.
#[derive(Debug, Default)]
struct About {
    activity: Option<ActivityId>,
    quote: Option<QuoteId>,
    packages: Vec<PackageId>,
    quota: Option<QuotaId>,
    linked: Vec<PartyField>,
    unlinked: Vec<PartyField>,
}

impl About {
    fn of(change: &OpportunityChange) -> Self {
        let mut about = Self {
            linked: change.linked.iter().copied().map(Into::into).collect(),
            ..Self::default()
        };
        match &change.event {
            OpportunityEvent::Opened(_)
            | OpportunityEvent::Edited(_)
            | OpportunityEvent::LinesChanged
            | OpportunityEvent::StageMoved
            | OpportunityEvent::Advanced(_)
            | OpportunityEvent::Assigned
            | OpportunityEvent::Suspended(_)
            | OpportunityEvent::Resumed
            | OpportunityEvent::Closed { .. }
            | OpportunityEvent::Reopened(_) => {}
            OpportunityEvent::Linked(party) => about.linked.push((*party).into()),
            OpportunityEvent::Unlinked(party) => about.unlinked.push((*party).into()),
            OpportunityEvent::QuotaSet(quota) => about.quota = *quota,
            OpportunityEvent::ActivityPlanned(id, _)
            | OpportunityEvent::ActivityDone(id, _)
            | OpportunityEvent::ActivityChanged(id, _)
            | OpportunityEvent::ActivityCancelled(id, _) => about.activity = Some(*id),
            OpportunityEvent::QuoteDrafted(id)
            | OpportunityEvent::QuoteEdited(id)
            | OpportunityEvent::QuoteSent(id)
            | OpportunityEvent::QuotePrimary(id)
            | OpportunityEvent::QuoteRejected(id)
            | OpportunityEvent::QuoteWithdrawn(id) => about.quote = Some(*id),
            OpportunityEvent::QuoteAccepted { quote, packages } => {
                about.quote = Some(*quote);
                about.packages.clone_from(packages);
            }
        }
        about
    }
}

impl OpportunityEntryView {
    /// The entry, if it is one of an opportunity.
    fn of(entry: &Entry) -> Option<Self> {
        let change = entry.fact.opportunity()?;
        let about = About::of(change);
        let stage = |position: &Position| (position.scheme, position.stage, position.stage_since);
        let left = change.before.as_ref().filter(|before| {
            // What is decided has left its stage, and what is reopened was in none.
            match (before.status.is_closed(), change.after.status.is_closed()) {
                (false, true) => true,
                (true, false) => false,
                (true, true) | (false, false) => stage(before) != stage(&change.after),
            }
        });
        Some(Self {
            id: entry.id,
            at: entry.at,
            version: change.version,
            fact: entry.fact.name().to_owned(),
            role: entry.actor.role,
            actor: entry.actor.id.clone(),
            cause: entry.cause.to_string(),
            before: change.before.as_ref().map(PositionView::of),
            after: PositionView::of(&change.after),
            seconds_in_stage: left.map(|before| (entry.at - before.stage_since).num_seconds()),
            fields: entry.fact.fields().to_vec(),
            activity_id: about.activity,
            quote_id: about.quote,
            package_ids: about.packages,
            quota_id: about.quota,
            linked: about.linked,
            unlinked: about.unlinked,
        })
    }
}

impl PositionView {
    fn of(position: &Position) -> Self {
        let effort = position.effort;
        let done = [effort.tasks, effort.notes, effort.calls, effort.meetings];
        Self {
            status: position.status.into(),
            scheme_id: position.scheme,
            stage: position.stage,
            stage_since: position.stage_since,
            probability_percent: position.probability_percent,
            forecast: position.forecast.into(),
            amount: position.amount,
            value: position.value,
            representative_id: position.representative.clone(),
            expected_close_on: position.expected_close_on,
            closed_on: position.closed_on,
            reason: position.reason.clone(),
            activities_done: done.into_iter().map(u64::from).sum(),
        }
    }
}
