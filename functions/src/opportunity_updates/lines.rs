//! Writing what would be sold.

use axum::extract::State;
use domain::OpportunityId;
use domain::pipeline::set_lines;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::OpportunityView;
use super::change::Change;
use super::line::{LineBody, parse_lines};
use crate::App;
use crate::edge::{
    Answer, Caller, Conflict, IfMatch, Json, Path, Problem, Problems, Right, objects,
};

/// The lines of an opportunity.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Lines)]
pub(crate) struct LinesBody {
    /// All of them, at most 50; none bring the estimate back.
    #[serde(deserialize_with = "objects")]
    lines: Vec<LineBody>,
}

/// Writes the lines of an undecided opportunity in the place of those it has: its amount is what they
/// come to. A line is priced now, and keeps its price.
#[utoipa::path(post, path = "/v1/opportunities/{id}/lines", tag = "pipeline", request_body = LinesBody,
    params(("id" = String, Path, description = "The opportunity"),
        ("If-Match" = String, Header, description = "The ETag of the version read")),
    responses((status = 200, body = OpportunityView), Problems, Conflict))]
pub(crate) async fn lines(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<OpportunityId>,
    if_match: IfMatch,
    Json(body): Json<LinesBody>,
) -> Result<Answer<OpportunityView>, Problem> {
    caller.may(Right::WorkPipeline)?;
    let change = Change::new(&app, &caller, id, if_match, ("set-lines", &body))?;
    let (lines, items) = parse_lines(body.lines)?;
    change
        .of_items(items)
        .by(&app, |changing| {
            set_lines(
                changing.opportunity,
                lines.clone(),
                changing.goods,
                changing.expected,
                changing.rules,
                changing.context,
            )
            .map(Some)
        })
        .await
}
