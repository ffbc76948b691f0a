//! Opening again what was decided.

use axum::extract::State;
use domain::pipeline::reopen as decide;
use domain::{OpportunityId, Slug};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::OpportunityView;
use super::change::Change;
use crate::App;
use crate::edge::{Answer, Caller, Conflict, IfMatch, Json, Path, Problem, Problems, Right};

/// What is sent to reopen an opportunity.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Reopening)]
pub(crate) struct ReopenBody {
    /// Why: a code of GET /v1/settings/pipeline.
    #[schema(value_type = String, example = "changed-mind")]
    reason: Slug,
    /// In which stage before the win; the one it was in, or the last before the win, if left out.
    stage: Option<u16>,
}

/// Reopens an opportunity that is closed, unless it was won by a quote that was accepted.
#[utoipa::path(post, path = "/v1/opportunities/{id}/reopen", tag = "pipeline", request_body = ReopenBody,
    params(("id" = String, Path, description = "The opportunity"),
        ("If-Match" = String, Header, description = "The ETag of the version read")),
    responses((status = 200, body = OpportunityView), Problems, Conflict))]
pub(crate) async fn reopen(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<OpportunityId>,
    if_match: IfMatch,
    Json(body): Json<ReopenBody>,
) -> Result<Answer<OpportunityView>, Problem> {
    caller.may(Right::WorkPipeline)?;
    let change = Change::new(&app, &caller, id, if_match, ("reopen-opportunity", &body))?;
    change
        .by(&app, |changing| {
            decide(
                changing.opportunity,
                (body.reason.clone(), body.stage),
                changing.expected,
                changing.rules,
                changing.context,
            )
            .map(Some)
        })
        .await
}
