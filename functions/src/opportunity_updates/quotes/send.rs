//! Sending a quote.

use axum::extract::State;
use domain::QuoteId;
use domain::pipeline::{Sending, send_quote};
use infra::{QuoteOf, QuotesBeside};

use super::QuoteView;
use super::change::QuoteChange;
use crate::App;
use crate::edge::{Answer, Caller, Conflict, IfMatch, Invalid, Path, Problem, Problems, Right};

/// Sends a draft: from now on it stays as it is, and the customer sees it and can answer. The quote that
/// it revises is superseded by it. The first one that is sent is the primary one, which the opportunity's
/// amount follows. A package for nothing takes the right to give goodwill. Sent again, it answers the same.
#[utoipa::path(post, path = "/v1/quotes/{id}/send", tag = "pipeline",
    params(("id" = String, Path, description = "The quote"),
        ("If-Match" = Option<String>, Header, description = "The ETag of the version read: no other is sent")),
    responses((status = 200, body = QuoteView), Problems, Conflict, Invalid))]
pub(crate) async fn send(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<QuoteId>,
    IfMatch(expected): IfMatch,
) -> Result<Answer<QuoteView>, Problem> {
    caller.may(Right::WorkPipeline)?;
    let sending = Sending {
        expected,
        may_give: caller.may(Right::GiveGoodwill).is_ok(),
    };
    let change = QuoteChange::new(&app, &caller, QuoteOf::Quote(id), ("send-quote", &expected))?;
    change
        .beside(QuotesBeside::Revised)
        .by(&app, |changing| {
            let revised = changing.state.others.first();
            let quote = changing.quote()?;
            send_quote(&changing.quoting, quote, revised, sending, changing.context)
        })
        .await
}
