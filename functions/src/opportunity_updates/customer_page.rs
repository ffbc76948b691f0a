//! A customer's page: their opportunities, and what happens about them.

use axum::extract::State;
use domain::{CustomerId, Refusal, Role};
use infra::{Consistency, OpportunityFilter, WithActivities};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::activities::ActivityView;
use super::list::OpportunityCardView;
use super::parts::NextActivityView;
use crate::App;
use crate::edge::{Answer, Caller, ListQuery, PageOf, Path, Problem, Problems, Query, Right};

/// Which part of the page.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct CustomerPageQuery {
    /// Goes on where the page that gave this `next_cursor` ended.
    cursor: Option<String>,
    /// At most so many, 1 to 5; 5 if left out.
    #[param(minimum = 1, maximum = 5)]
    limit: Option<u16>,
}

/// An opportunity of a customer, with its activities.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = CustomerOpportunity)]
pub(crate) struct CustomerOpportunityView {
    /// The opportunity.
    opportunity: OpportunityCardView,
    /// What is to be done first.
    next_activity: Option<NextActivityView>,
    /// The three activities that were entered last, the last one first.
    latest_activities: Vec<ActivityView>,
}

/// The opportunities of a customer, open ones first, each with its next and its latest activities. Sales
/// see their own: a page may then hold less than `limit`, and nothing, and yet have a `next_cursor`.
#[utoipa::path(get, path = "/v1/customers/{id}/opportunities", tag = "pipeline",
    params(("id" = String, Path, description = "The customer"), CustomerPageQuery),
    responses((status = 200, body = PageOf<CustomerOpportunityView>), Problems))]
pub(crate) async fn customer_page(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<CustomerId>,
    Query(query): Query<CustomerPageQuery>,
) -> Result<Answer<PageOf<CustomerOpportunityView>>, Problem> {
    caller.may(Right::ReadPipeline)?;
    let sales = caller.actor.role == Role::Sales;
    let filter = OpportunityFilter {
        customer: Some(id),
        representative: sales.then(|| caller.actor.id.clone()),
        only_theirs: sales,
        ..OpportunityFilter::default()
    };
    let (store, business) = (&app.store, &caller.business);
    let page = ListQuery {
        cursor: query.cursor,
        limit: query.limit,
    }
    .page_of_5(filter.list_of(business))?;
    let found = store.opportunities(business, &filter, &page).await?;
    if found.items.is_empty() {
        let customer = store.customer(business, id, Consistency::Strong);
        customer.await?.ok_or(Refusal::CustomerNotFound)?;
    }
    let items = store.with_activities(business, found.items).await?;
    Ok(Answer::ok(PageOf {
        items: items.into_iter().map(Into::into).collect(),
        next_cursor: found.next.map(|cursor| cursor.encode()),
    }))
}

impl From<WithActivities> for CustomerOpportunityView {
    fn from(listed: WithActivities) -> Self {
        Self {
            opportunity: listed.card.into(),
            next_activity: listed.next.map(Into::into),
            latest_activities: listed.latest.into_iter().map(Into::into).collect(),
        }
    }
}
