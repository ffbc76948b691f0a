//! Reading one quote.

use axum::extract::State;
use domain::QuoteId;
use infra::{Consistency, QuoteOf, QuoteReads, QuotesBeside};

use super::QuoteView;
use crate::App;
use crate::edge::{Answer, Caller, Path, Problem, Problems, Right};

/// A quote; sales see those of their own opportunities, customers those that were sent to them.
#[utoipa::path(get, path = "/v1/quotes/{id}", tag = "pipeline",
    params(("id" = String, Path, description = "The quote")),
    responses((status = 200, body = QuoteView), Problems))]
pub(crate) async fn get(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<QuoteId>,
) -> Result<Answer<QuoteView>, Problem> {
    caller.may(Right::ReadQuotes)?;
    let reads = QuoteReads {
        of: QuoteOf::Quote(id),
        made: None,
        beside: QuotesBeside::Nothing,
    };
    let state = app
        .store
        .quote_state(&caller.business, &reads, Consistency::Strong)
        .await?;
    let (quote, _) = caller.sees_quote(&state)?;
    let today = state.rules.today(app.clock.now())?;
    Ok(Answer::ok(QuoteView::of(quote.clone(), today)).version(quote.version))
}
