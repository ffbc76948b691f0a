//! Giving an opportunity to somebody else.

use axum::extract::State;
use domain::pipeline::assign as decide;
use domain::{ActorId, OpportunityId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::OpportunityView;
use super::change::Change;
use crate::App;
use crate::edge::{Answer, Caller, Conflict, IfMatch, Json, Path, Problem, Problems, Right};

/// Who is to answer for an opportunity.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Handover)]
pub(crate) struct AssignBody {
    /// The subject of their token.
    #[schema(value_type = String)]
    representative_id: ActorId,
}

/// Gives an opportunity, whatever its status, to another representative; it leaves the quota it counted
/// for. Sales who hand theirs over do not see it any more.
#[utoipa::path(post, path = "/v1/opportunities/{id}/assign", tag = "pipeline", request_body = AssignBody,
    params(("id" = String, Path, description = "The opportunity"),
        ("If-Match" = String, Header, description = "The ETag of the version read")),
    responses((status = 200, body = OpportunityView), Problems, Conflict))]
pub(crate) async fn assign(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<OpportunityId>,
    if_match: IfMatch,
    Json(body): Json<AssignBody>,
) -> Result<Answer<OpportunityView>, Problem> {
    caller.may(Right::WorkPipeline)?;
    let change = Change::new(&app, &caller, id, if_match, ("assign-opportunity", &body))?;
    change
        .by(&app, |changing| {
            decide(
                changing.opportunity,
                &body.representative_id,
                changing.expected,
                changing.rules,
                changing.context,
            )
        })
        .await
}
