//! Changing what is planned.

use axum::extract::State;
use domain::pipeline::{ActivityEdit, change_activity};
use domain::{ActivityId, ActorId, Name, Note, OpportunityId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::ActivityView;
use super::step::Step;
use crate::App;
use crate::edge::{
    Answer, Caller, Conflict, IfMatch, Json, Path, Problem, Problems, Right, Timestamp, sent,
};
use crate::opportunity_updates::edit::there;

/// The fields to change: one left out stays, a null clears it where that makes sense.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ActivityPatch)]
pub(crate) struct ActivityPatch {
    /// Who is to do it.
    #[serde(default, deserialize_with = "there")]
    #[schema(value_type = Option<String>)]
    assignee_id: Option<ActorId>,
    /// When it is due or begins.
    #[serde(default, deserialize_with = "there")]
    #[schema(value_type = Option<String>, format = DateTime)]
    due_at: Option<Timestamp>,
    /// When somebody is to be reminded of it; not after it is due.
    #[serde(
        default,
        deserialize_with = "sent",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<String>, format = DateTime)]
    remind_at: Option<Option<Timestamp>>,
    /// What it is called.
    #[serde(
        default,
        deserialize_with = "sent",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<String>, max_length = 120)]
    subject: Option<Option<Name>>,
    /// What there is to say about it.
    #[serde(
        default,
        deserialize_with = "sent",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<String>, max_length = 2000)]
    text: Option<Option<Note>>,
}

/// Changes an activity that is planned: who does it, when, what it is about.
#[utoipa::path(patch, path = "/v1/opportunities/{id}/activities/{activity_id}", tag = "pipeline",
    request_body = ActivityPatch,
    params(("id" = String, Path, description = "The opportunity"),
        ("activity_id" = String, Path, description = "The activity"),
        ("If-Match" = String, Header, description = "The ETag of the version of the activity read")),
    responses((status = 200, body = ActivityView), Problems, Conflict))]
pub(crate) async fn change(
    State(app): State<App>,
    caller: Caller,
    Path(of): Path<(OpportunityId, ActivityId)>,
    if_match: IfMatch,
    Json(body): Json<ActivityPatch>,
) -> Result<Answer<ActivityView>, Problem> {
    caller.may(Right::WorkPipeline)?;
    let expected = if_match.required()?;
    let step = Step::new(
        &app,
        &caller,
        of,
        Some(expected),
        ("change-activity", &body),
    )?;
    let edit = ActivityEdit {
        assignee: body.assignee_id,
        due_at: body.due_at.map(|at| at.0),
        remind_at: body.remind_at.map(|at| at.map(|at| at.0)),
        subject: body.subject,
        text: body.text,
    };
    step.by(&app, |opportunity, activity, context| {
        change_activity(opportunity, activity, edit.clone(), expected, context)
    })
    .await
}
