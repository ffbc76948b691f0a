//! Doing what was planned.

use axum::extract::State;
use domain::pipeline::{Completion, complete_activity};
use domain::{ActivityId, Note, OpportunityId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::ActivityView;
use super::step::Step;
use crate::App;
use crate::edge::{Answer, Caller, Conflict, Path, Problem, Problems, Right, SentJson, Timestamp};

/// How it was done.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ActivityCompletion)]
pub(crate) struct CompletionBody {
    /// What came of it; what was written before stays if left out.
    #[schema(value_type = Option<String>, max_length = 2000)]
    text: Option<Note>,
    /// When it was done, not in the future; now if left out.
    #[schema(value_type = Option<String>, format = DateTime)]
    done_at: Option<Timestamp>,
}

/// Completes an activity that is planned. Whoever is to do it may, also where the opportunity is
/// somebody else's. A repeated request is answered as the first one was.
#[utoipa::path(post, path = "/v1/opportunities/{id}/activities/{activity_id}/complete", tag = "pipeline",
    request_body = Option<CompletionBody>,
    params(("id" = String, Path, description = "The opportunity"),
        ("activity_id" = String, Path, description = "The activity")),
    responses((status = 200, body = ActivityView), Problems, Conflict))]
pub(crate) async fn complete(
    State(app): State<App>,
    caller: Caller,
    Path(of): Path<(OpportunityId, ActivityId)>,
    SentJson(body): SentJson<CompletionBody>,
) -> Result<Answer<ActivityView>, Problem> {
    caller.may(Right::DoActivities)?;
    let step = Step::new(&app, &caller, of, None, ("complete-activity", &body))?;
    let completion = Completion {
        text: body.text,
        done_at: body.done_at.map(|at| at.0),
    };
    step.by_assignee()
        .by(&app, |opportunity, activity, context| {
            complete_activity(opportunity, activity, completion.clone(), context).map(Some)
        })
        .await
}
