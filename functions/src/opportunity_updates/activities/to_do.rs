//! Listing what somebody is to do.

use axum::extract::State;
use domain::{ActorId, Role};
use infra::List;
use serde::Deserialize;
use utoipa::IntoParams;

use super::ActivityView;
use crate::App;
use crate::edge::{Answer, Caller, ListQuery, PageOf, Problem, Problems, Query, Right, Timestamp};
use crate::opportunity_updates::list::at_most_40;

/// Whose list, and how far.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ToDoQuery {
    /// Who is to do it: the subject of their token; who asks if left out. Sales see their own list only.
    #[param(value_type = Option<String>)]
    assignee_id: Option<ActorId>,
    /// Due at this instant or earlier.
    #[param(value_type = Option<String>, format = DateTime)]
    due_to: Option<Timestamp>,
    /// Goes on where the page that gave this `next_cursor` ended.
    cursor: Option<String>,
    /// At most so many, 1 to 40; 40 if left out.
    #[param(minimum = 1, maximum = 40)]
    limit: Option<u16>,
}

/// What somebody is to do, of all opportunities, what is due first first. May miss the last moments.
#[utoipa::path(get, path = "/v1/activities", tag = "pipeline", params(ToDoQuery),
    responses((status = 200, body = PageOf<ActivityView>), Problems))]
pub(crate) async fn to_do(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<ToDoQuery>,
) -> Result<Answer<PageOf<ActivityView>>, Problem> {
    caller.may(Right::ReadPipeline)?;
    let page = ListQuery {
        cursor: query.cursor,
        limit: Some(at_most_40(query.limit)?),
    }
    .page(List::ToDo)?;
    let assignee = query.assignee_id.unwrap_or_else(|| caller.actor.id.clone());
    if caller.actor.role == Role::Sales && assignee != caller.actor.id {
        return Err(Problem::new(
            403,
            "forbidden",
            "sales see their own list: leave out assignee_id",
        ));
    }
    let due_to = query.due_to.map(|at| at.0);
    let found = app.store.to_do(&caller.business, &assignee, due_to, &page);
    Ok(Answer::ok(PageOf::of(found.await?, ActivityView::from)))
}
