//! Leaving what was planned undone.

use axum::extract::State;
use domain::pipeline::cancel_activity;
use domain::{ActivityId, OpportunityId};

use super::ActivityView;
use super::step::Step;
use crate::App;
use crate::edge::{Answer, Caller, Conflict, Path, Problem, Problems, Right};

/// Cancels an activity that is planned: it stays on record. Whoever was to do it may, also where the
/// opportunity is somebody else's. Cancelling twice is cancelling once.
#[utoipa::path(post, path = "/v1/opportunities/{id}/activities/{activity_id}/cancel", tag = "pipeline",
    params(("id" = String, Path, description = "The opportunity"),
        ("activity_id" = String, Path, description = "The activity")),
    responses((status = 200, body = ActivityView), Problems, Conflict))]
pub(crate) async fn cancel(
    State(app): State<App>,
    caller: Caller,
    Path(of): Path<(OpportunityId, ActivityId)>,
) -> Result<Answer<ActivityView>, Problem> {
    caller.may(Right::DoActivities)?;
    let step = Step::new(&app, &caller, of, None, ("cancel-activity", &()))?;
    step.by_assignee()
        .by(&app, |opportunity, activity, context| {
            cancel_activity(opportunity, activity, context)
        })
        .await
}
