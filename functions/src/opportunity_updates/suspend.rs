//! Letting an opportunity rest.

use axum::extract::State;
use chrono::NaiveDate;
use domain::OpportunityId;
use domain::pipeline::suspend as decide;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::OpportunityView;
use super::change::Change;
use crate::App;
use crate::edge::{Answer, Caller, Conflict, IfMatch, Json, Path, Problem, Problems, Right};

/// Until when an opportunity rests.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Suspension)]
pub(crate) struct SuspendBody {
    /// The day on which it goes on, after today.
    #[schema(value_type = String, example = "2027-01-15")]
    resume_on: NaiveDate,
}

/// Lets an open opportunity rest until a day: it leaves the forecast, and does not rot. On that day
/// it is open again, unless somebody resumed it before.
#[utoipa::path(post, path = "/v1/opportunities/{id}/suspend", tag = "pipeline", request_body = SuspendBody,
    params(("id" = String, Path, description = "The opportunity"),
        ("If-Match" = String, Header, description = "The ETag of the version read")),
    responses((status = 200, body = OpportunityView), Problems, Conflict))]
pub(crate) async fn suspend(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<OpportunityId>,
    if_match: IfMatch,
    Json(body): Json<SuspendBody>,
) -> Result<Answer<OpportunityView>, Problem> {
    caller.may(Right::WorkPipeline)?;
    let change = Change::new(&app, &caller, id, if_match, ("suspend-opportunity", &body))?;
    change
        .by(&app, |changing| {
            decide(
                changing.opportunity,
                body.resume_on,
                changing.expected,
                changing.rules,
                changing.context,
            )
            .map(Some)
        })
        .await
}
