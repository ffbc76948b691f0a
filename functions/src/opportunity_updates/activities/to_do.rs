//! Listing what somebody is to do.

use axum::extract::State;
use chrono::{DateTime, Utc};
use domain::{ActivityId, ActorId, Name, OpportunityId, Role};
use infra::{ToDo, ToDoFilter};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{ActivityKindField, PartyField};
use crate::App;
use crate::edge::{Answer, Caller, ListQuery, PageOf, Problem, Problems, Query, Right, Timestamp};

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

/// What somebody is to do, of all opportunities, what is due first first. May miss the last moments. The
/// text of an activity is among those of its opportunity.
#[utoipa::path(get, path = "/v1/activities", tag = "pipeline", params(ToDoQuery),
    responses((status = 200, body = PageOf<ToDoView>), Problems))]
pub(crate) async fn to_do(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<ToDoQuery>,
) -> Result<Answer<PageOf<ToDoView>>, Problem> {
    caller.may(Right::ReadPipeline)?;
    let assignee = query.assignee_id.unwrap_or_else(|| caller.actor.id.clone());
    if caller.actor.role == Role::Sales && assignee != caller.actor.id {
        return Err(Problem::new(
            403,
            "forbidden",
            "sales see their own list: leave out assignee_id",
        ));
    }
    let filter = ToDoFilter {
        assignee,
        due_to: query.due_to.map(|at| at.0),
    };
    let page = ListQuery {
        cursor: query.cursor,
        limit: query.limit,
    }
    .page_of_40(filter.list_of(&caller.business))?;
    let found = app.store.to_do(&caller.business, &filter, &page);
    Ok(Answer::ok(PageOf::of(found.await?, ToDoView::from)))
}

/// Something to be done, as the list of whoever is to do it shows it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = ActivityToDo)]
pub(crate) struct ToDoView {
    /// The activity.
    #[schema(value_type = String)]
    id: ActivityId,
    /// What it is about: its activities have the text of this one.
    #[schema(value_type = String)]
    opportunity_id: OpportunityId,
    /// What kind.
    kind: ActivityKindField,
    /// What it is called. Where that is more than 240 bytes in UTF-8, such as 120 emojis, its beginning and
    /// an ellipsis.
    #[schema(value_type = Option<String>)]
    subject: Option<Name>,
    /// Who is to do it.
    #[schema(value_type = String)]
    assignee_id: ActorId,
    /// When it is due or begins.
    due_at: DateTime<Utc>,
    /// When somebody is to be reminded of it.
    remind_at: Option<DateTime<Utc>>,
    /// The first of those it is with; null if it is with nobody.
    with_first: Option<PartyField>,
    /// Counts the changes of the activity; its ETag.
    version: u64,
}

impl From<ToDo> for ToDoView {
    fn from(to_do: ToDo) -> Self {
        Self {
            id: to_do.id,
            opportunity_id: to_do.opportunity,
            kind: to_do.kind.into(),
            subject: to_do.subject,
            assignee_id: to_do.assignee,
            due_at: to_do.due_at,
            remind_at: to_do.remind_at,
            with_first: to_do.with_first.map(Into::into),
            version: to_do.version,
        }
    }
}
