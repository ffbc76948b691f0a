//! Making a quote the primary one.

use axum::extract::State;
use domain::QuoteId;
use domain::pipeline::make_primary;
use infra::QuoteOf;

use super::QuoteView;
use super::change::QuoteChange;
use crate::App;
use crate::edge::{Answer, Caller, Conflict, Path, Problem, Problems, Right};

/// Makes a quote that was sent the primary one of its opportunity: the amount follows it. Sent again, it
/// answers the same.
#[utoipa::path(post, path = "/v1/quotes/{id}/primary", tag = "pipeline",
    params(("id" = String, Path, description = "The quote")),
    responses((status = 200, body = QuoteView), Problems, Conflict))]
pub(crate) async fn primary(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<QuoteId>,
) -> Result<Answer<QuoteView>, Problem> {
    caller.may(Right::WorkPipeline)?;
    let change = QuoteChange::new(&app, &caller, QuoteOf::Quote(id), ("make-primary", &()))?;
    // It may have been primary before another one was.
    change
        .strongly()
        .by(&app, |changing| {
            make_primary(&changing.quoting, id, changing.context)
        })
        .await
}
