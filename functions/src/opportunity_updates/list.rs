//! Listing opportunities.

use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use domain::calendar::day_of;
use domain::{ActorId, CustomerId, Money, Name, OpportunityId, Refusal, Role, SchemeId};
use infra::{Consistency, OpportunityCard, OpportunityFilter};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::fields::{ForecastField, StatusField};
use crate::App;
use crate::edge::{
    Answer, Caller, Conflict, ListQuery, Missing, MoneyField, PageOf, Problem, Problems, Query,
    Right,
};

/// Which opportunities.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct OpportunitiesQuery {
    /// Of this status.
    status: Option<StatusField>,
    /// In this scheme; only with `stage`.
    #[param(value_type = Option<String>)]
    scheme_id: Option<SchemeId>,
    /// In this stage of the scheme; of the business's first scheme without `scheme_id`.
    stage: Option<u16>,
    /// Of this representative; sales see their own only.
    #[param(value_type = Option<String>)]
    representative_id: Option<ActorId>,
    /// Of this customer or lead.
    #[param(value_type = Option<String>)]
    customer_id: Option<CustomerId>,
    /// Decided, or expected to be, on this day or later: of those that are open, if no `status` is given.
    #[param(value_type = Option<String>)]
    close_from: Option<NaiveDate>,
    /// Decided, or expected to be, on this day or earlier: of those that are open, if no `status` is given.
    #[param(value_type = Option<String>)]
    close_to: Option<NaiveDate>,
    /// Only those that are open and have been in their stage for too long.
    rotting: Option<bool>,
    /// The last day first.
    descending: Option<bool>,
    /// Goes on where the page that gave this `next_cursor` ended.
    cursor: Option<String>,
    /// At most so many, 1 to 40; 40 if left out.
    #[param(minimum = 1, maximum = 40)]
    limit: Option<u16>,
}

/// The opportunities by status, open ones first, and then by the day on which they were decided or are
/// expected to be. A page is one read of one list, of a customer, a stage, a representative or the whole
/// business; what else is asked for sieves it: it may hold less than `limit`, and nothing, and yet have a
/// `next_cursor`.
#[utoipa::path(get, path = "/v1/opportunities", tag = "pipeline", params(OpportunitiesQuery),
    responses((status = 200, body = PageOf<OpportunityCardView>), Problems, Missing, Conflict))]
pub(crate) async fn list(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<OpportunitiesQuery>,
) -> Result<Answer<PageOf<OpportunityCardView>>, Problem> {
    caller.may(Right::ReadPipeline)?;
    let ranged = query.close_from.is_some() || query.close_to.is_some();
    let rotting = query.rotting == Some(true);
    let open = (ranged || rotting).then_some(StatusField::Open);
    let representative = match caller.actor.role {
        Role::Sales => Some(caller.actor.id.clone()),
        Role::Owner | Role::Staff | Role::Machine | Role::Customer => query.representative_id,
    };
    let stage = match (query.scheme_id, query.stage) {
        (Some(scheme), Some(stage)) => Some((scheme, stage)),
        (None, Some(stage)) => {
            let rules = app.store.rules(&caller.business, Consistency::Eventual);
            Some((rules.await?.first_scheme()?.id, stage))
        }
        (Some(_), None) => {
            return Err(Problem::new(
                400,
                "malformed-query",
                "scheme_id goes with stage: give the number of a stage, too",
            ));
        }
        (None, None) => None,
    };
    let rotting_on = match rotting {
        true => {
            let settings = app.store.settings(&caller.business, Consistency::Eventual);
            let settings = settings.await?.ok_or(Refusal::SettingsMissing)?;
            Some(day_of(app.clock.now(), settings.time_zone()))
        }
        false => None,
    };
    let filter = OpportunityFilter {
        customer: query.customer_id,
        stage,
        representative,
        only_theirs: caller.actor.role == Role::Sales,
        status: query.status.or(open).map(Into::into),
        close_from: query.close_from,
        close_to: query.close_to,
        rotting_on,
        descending: query.descending == Some(true),
    };
    let page = ListQuery {
        cursor: query.cursor,
        limit: query.limit,
    }
    .page_of_40(filter.list_of(&caller.business))?;
    let found = app.store.opportunities(&caller.business, &filter, &page);
    Ok(Answer::ok(PageOf::of(
        found.await?,
        OpportunityCardView::from,
    )))
}

/// An opportunity in a list.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = OpportunityListed)]
pub(crate) struct OpportunityCardView {
    /// Its id.
    #[schema(value_type = String)]
    id: OpportunityId,
    /// What it is called; null once the person was erased.
    #[schema(value_type = Option<String>)]
    title: Option<Name>,
    /// The customer or lead.
    #[schema(value_type = String)]
    customer_id: CustomerId,
    /// Whether it is still one.
    status: StatusField,
    /// In which scheme.
    #[schema(value_type = String)]
    scheme_id: SchemeId,
    /// In which stage of it.
    stage: u16,
    /// How likely it is to be won.
    probability_percent: u8,
    /// Where it stands in the forecast.
    forecast: ForecastField,
    /// The estimate, the total of the lines, or that of the primary quote.
    #[schema(value_type = MoneyField)]
    amount: Money,
    /// What the amount comes to over its term; a year of it where that is open.
    #[schema(value_type = MoneyField)]
    value: Money,
    /// Who answers for it.
    #[schema(value_type = String)]
    representative_id: ActorId,
    /// When it was decided, or is expected to be.
    #[schema(value_type = String)]
    close_on: NaiveDate,
    /// The first day on which it has been in its stage for too long, while it is open.
    #[schema(value_type = Option<String>)]
    rots_on: Option<NaiveDate>,
    /// When the next activity is due.
    next_activity_at: Option<DateTime<Utc>>,
}

impl From<OpportunityCard> for OpportunityCardView {
    fn from(card: OpportunityCard) -> Self {
        Self {
            id: card.id,
            title: card.title,
            customer_id: card.customer,
            status: card.status.into(),
            scheme_id: card.scheme,
            stage: card.stage,
            probability_percent: card.probability_percent,
            forecast: card.forecast.into(),
            amount: card.amount,
            value: card.value,
            representative_id: card.representative,
            close_on: card.close_on,
            rots_on: card.rots_on,
            next_activity_at: card.next_activity_at,
        }
    }
}
