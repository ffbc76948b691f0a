//! Deciding an opportunity.

use axum::extract::State;
use domain::pipeline::{Closing, Outcome, close as decide};
use domain::{Note, OpportunityId, Slug};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::OpportunityView;
use super::change::Change;
use crate::App;
use crate::edge::{Answer, Caller, Conflict, IfMatch, Json, Path, Problem, Problems, Right};

/// How an opportunity is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = Outcome)]
pub(crate) enum OutcomeField {
    /// Sold.
    Won,
    /// The customer decided against it.
    Lost,
    /// The business gives it up.
    Abandoned,
}

impl From<OutcomeField> for Outcome {
    fn from(field: OutcomeField) -> Self {
        match field {
            OutcomeField::Won => Outcome::Won,
            OutcomeField::Lost => Outcome::Lost,
            OutcomeField::Abandoned => Outcome::Abandoned,
        }
    }
}

/// What is sent to close an opportunity.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Closing)]
pub(crate) struct CloseBody {
    /// How it was decided.
    outcome: OutcomeField,
    /// Why, for what is lost or abandoned: a code of GET /v1/settings/pipeline.
    #[schema(value_type = Option<String>, example = "price")]
    reason: Option<Slug>,
    /// What there is to say about it.
    #[schema(value_type = Option<String>, max_length = 2000)]
    note: Option<Note>,
}

/// Closes an opportunity that is open or suspended, in the stage it is in. One that recurs is opened
/// anew when it is won: `next_opportunity_id` is the new one.
#[utoipa::path(post, path = "/v1/opportunities/{id}/close", tag = "pipeline", request_body = CloseBody,
    params(("id" = String, Path, description = "The opportunity"),
        ("If-Match" = String, Header, description = "The ETag of the version read")),
    responses((status = 200, body = OpportunityView), Problems, Conflict))]
pub(crate) async fn close(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<OpportunityId>,
    if_match: IfMatch,
    Json(body): Json<CloseBody>,
) -> Result<Answer<OpportunityView>, Problem> {
    caller.may(Right::WorkPipeline)?;
    let change = Change::new(&app, &caller, id, if_match, ("close-opportunity", &body))?;
    let closing = Closing {
        outcome: body.outcome.into(),
        reason: body.reason,
        note: body.note,
    };
    change
        .of_next(closing.outcome == Outcome::Won)
        .by(&app, |changing| {
            decide(
                changing.opportunity,
                closing.clone(),
                changing.customer,
                changing.expected,
                changing.rules,
                changing.context,
            )
            .map(Some)
        })
        .await
}
