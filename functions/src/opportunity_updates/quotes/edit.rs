//! Editing a draft.

use axum::extract::State;
use domain::QuoteId;
use domain::pipeline::edit_quote;
use infra::QuoteOf;

use super::QuoteView;
use super::body::QuoteBody;
use super::change::QuoteChange;
use crate::App;
use crate::edge::{Answer, Caller, Conflict, IfMatch, Json, Path, Problem, Problems, Right};

/// Writes a draft anew, with the prices and terms of this moment: what is left out is as if it had never
/// been given. What was sent stays as it is.
#[utoipa::path(put, path = "/v1/quotes/{id}", tag = "pipeline", request_body = QuoteBody,
    params(("id" = String, Path, description = "The quote"),
        ("If-Match" = String, Header, description = "The ETag of the version read")),
    responses((status = 200, body = QuoteView), Problems, Conflict))]
pub(crate) async fn edit(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<QuoteId>,
    if_match: IfMatch,
    Json(body): Json<QuoteBody>,
) -> Result<Answer<QuoteView>, Problem> {
    caller.may(Right::WorkPipeline)?;
    let expected = if_match.required()?;
    let content = ("edit-quote", &(expected, &body));
    let change = QuoteChange::new(&app, &caller, QuoteOf::Quote(id), content)?;
    let (draft, beside) = body.parse()?;
    change
        .beside(beside)
        .by(&app, |changing| {
            edit_quote(
                &changing.quoting,
                changing.quote()?,
                &draft,
                &changing.state.goods,
                expected,
                changing.context,
            )
        })
        .await
}
