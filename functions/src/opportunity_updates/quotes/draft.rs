//! Drafting a quote.

use axum::extract::State;
use domain::pipeline::draft_quote;
use domain::{OpportunityId, QuoteId};
use infra::QuoteOf;

use super::QuoteView;
use super::body::QuoteBody;
use super::change::QuoteChange;
use crate::App;
use crate::edge::{
    Answer, Caller, Conflict, Json, OptionalKey, Path, Problem, Problems, Right, fresh_or_derived,
};

/// Drafts a quote for an opportunity that is undecided: nobody can accept it before it is sent. Package
/// lines keep their templates' terms of this moment. With an Idempotency-Key, a repeated request drafts it
/// once, and is answered with the quote as it is now.
#[utoipa::path(post, path = "/v1/opportunities/{id}/quotes", tag = "pipeline", request_body = QuoteBody,
    params(("id" = String, Path, description = "The opportunity"),
        ("Idempotency-Key" = Option<String>, Header, description = "The same for a repeated request")),
    responses((status = 201, body = QuoteView), Problems, Conflict))]
pub(crate) async fn draft(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<OpportunityId>,
    OptionalKey(key): OptionalKey,
    Json(body): Json<QuoteBody>,
) -> Result<Answer<QuoteView>, Problem> {
    caller.may(Right::WorkPipeline)?;
    let of = QuoteOf::Opportunity(id);
    let change = QuoteChange::new(&app, &caller, of, ("draft-quote", &body))?;
    let (draft, beside) = body.parse()?;
    let made = fresh_or_derived(
        key.as_ref(),
        "quote",
        change.context(),
        QuoteId::new,
        QuoteId::from_bytes,
    )?;
    let change = change.making(made)?.beside(beside);
    change
        .by(&app, |changing| {
            let state = changing.state;
            draft_quote(
                &changing.quoting,
                &draft,
                &state.goods,
                (made, state.made.as_ref()),
                changing.context,
            )
        })
        .await
}
