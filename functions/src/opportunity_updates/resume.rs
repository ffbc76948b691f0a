//! Going on with an opportunity that rests.

use axum::extract::State;
use domain::OpportunityId;
use domain::pipeline::resume as decide;

use super::OpportunityView;
use super::change::Change;
use crate::App;
use crate::edge::{Answer, Caller, Conflict, IfMatch, Path, Problem, Problems, Right};

/// Goes on with an opportunity that rests, also before its day. It rots from today on.
#[utoipa::path(post, path = "/v1/opportunities/{id}/resume", tag = "pipeline",
    params(("id" = String, Path, description = "The opportunity"),
        ("If-Match" = String, Header, description = "The ETag of the version read")),
    responses((status = 200, body = OpportunityView), Problems, Conflict))]
pub(crate) async fn resume(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<OpportunityId>,
    if_match: IfMatch,
) -> Result<Answer<OpportunityView>, Problem> {
    caller.may(Right::WorkPipeline)?;
    let change = Change::new(&app, &caller, id, if_match, ("resume-opportunity", &()))?;
    change
        .by(&app, |changing| {
            decide(
                changing.opportunity,
                changing.expected,
                changing.rules,
                changing.context,
            )
            .map(Some)
        })
        .await
}
