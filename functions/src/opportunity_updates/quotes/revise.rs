//! Drafting the next revision of a quote.

use axum::extract::State;
use domain::QuoteId;
use domain::pipeline::revise_quote;
use infra::QuoteOf;

use super::QuoteView;
use super::change::QuoteChange;
use crate::App;
use crate::edge::{
    Answer, Caller, Conflict, OptionalKey, Path, Problem, Problems, Right, fresh_or_derived,
};

/// Drafts the next revision of a quote, with the same content, as a quote of its own. The old one stays as
/// it is until the new one is sent. With an Idempotency-Key, a repeated request drafts it once.
#[utoipa::path(post, path = "/v1/quotes/{id}/revise", tag = "pipeline",
    params(("id" = String, Path, description = "The quote to be revised"),
        ("Idempotency-Key" = Option<String>, Header, description = "The same for a repeated request")),
    responses((status = 201, body = QuoteView), Problems, Conflict))]
pub(crate) async fn revise(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<QuoteId>,
    OptionalKey(key): OptionalKey,
) -> Result<Answer<QuoteView>, Problem> {
    caller.may(Right::WorkPipeline)?;
    let change = QuoteChange::new(&app, &caller, QuoteOf::Quote(id), ("revise-quote", &()))?;
    let made = fresh_or_derived(
        key.as_ref(),
        "quote",
        change.context(),
        QuoteId::new,
        QuoteId::from_bytes,
    )?;
    change
        .making(made)?
        .by(&app, |changing| {
            let found = changing.state.made.as_ref();
            let quote = changing.quote()?;
            revise_quote(&changing.quoting, quote, (made, found), changing.context)
        })
        .await
}
