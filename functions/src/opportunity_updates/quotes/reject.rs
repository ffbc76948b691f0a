//! Rejecting a quote.

use axum::extract::State;
use domain::QuoteId;
use domain::pipeline::reject_quote;
use infra::QuoteOf;

use super::QuoteView;
use super::change::QuoteChange;
use crate::App;
use crate::edge::{Answer, Caller, Conflict, Path, Problem, Problems, Right};

/// Rejects a quote, for the customer or as the customer. Where the opportunity's amount followed it, it
/// follows the last other one that can be accepted, or else the lines or the estimate. Sent again, it
/// answers the same.
#[utoipa::path(post, path = "/v1/quotes/{id}/reject", tag = "pipeline",
    params(("id" = String, Path, description = "The quote")),
    responses((status = 200, body = QuoteView), Problems, Conflict))]
pub(crate) async fn reject(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<QuoteId>,
) -> Result<Answer<QuoteView>, Problem> {
    caller.may(Right::AnswerQuotes)?;
    let change = QuoteChange::new(&app, &caller, QuoteOf::Quote(id), ("reject-quote", &()))?;
    change
        .by(&app, |changing| {
            reject_quote(&changing.quoting, changing.quote()?, changing.context)
        })
        .await
}
