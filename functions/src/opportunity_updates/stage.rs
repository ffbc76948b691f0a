//! Moving an opportunity to another stage.

use axum::extract::State;
use domain::OpportunityId;
use domain::pipeline::move_stage;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::OpportunityView;
use super::change::Change;
use crate::App;
use crate::edge::{Answer, Caller, Conflict, IfMatch, Json, Path, Problem, Problems, Right};

/// A stage of the opportunity's scheme.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = StageMove)]
pub(crate) struct StageBody {
    /// Its number.
    #[schema(example = 2)]
    stage: u16,
}

/// Moves an opportunity to another stage of its scheme. Going on, it skips no stage that may not be
/// skipped, and has what the stage asks for; going back is always allowed. What is won moves among the
/// stages after the win.
#[utoipa::path(post, path = "/v1/opportunities/{id}/stage", tag = "pipeline", request_body = StageBody,
    params(("id" = String, Path, description = "The opportunity"),
        ("If-Match" = String, Header, description = "The ETag of the version read")),
    responses((status = 200, body = OpportunityView), Problems, Conflict))]
pub(crate) async fn stage(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<OpportunityId>,
    if_match: IfMatch,
    Json(body): Json<StageBody>,
) -> Result<Answer<OpportunityView>, Problem> {
    caller.may(Right::WorkPipeline)?;
    let change = Change::new(&app, &caller, id, if_match, ("move-stage", &body))?;
    change
        .by(&app, |changing| {
            move_stage(
                changing.opportunity,
                body.stage,
                changing.expected,
                changing.rules,
                changing.context,
            )
            .map(Some)
        })
        .await
}
