//! Accepting a quote.

use axum::extract::State;
use domain::pipeline::accept_quote;
use domain::{PackageId, QuoteId};
use infra::{QuoteOf, QuotesBeside, derived_bytes};

use super::QuoteView;
use super::change::QuoteChange;
use crate::App;
use crate::edge::{Answer, Caller, Conflict, Path, Problem, Problems, Right};

/// Accepts a quote, for the customer or as the customer, all at once or not at all: its packages are sold
/// on the terms and for the shares of the total that were quoted, active unless a deposit is due; the
/// opportunity is won; its other quotes are superseded; the lead is a customer. Sent again, by whomever, it
/// answers the same.
#[utoipa::path(post, path = "/v1/quotes/{id}/accept", tag = "pipeline",
    params(("id" = String, Path, description = "The quote")),
    responses((status = 200, body = QuoteView), Problems, Conflict))]
pub(crate) async fn accept(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<QuoteId>,
) -> Result<Answer<QuoteView>, Problem> {
    caller.may(Right::AnswerQuotes)?;
    let change = QuoteChange::new(&app, &caller, QuoteOf::Quote(id), ("accept-quote", &()))?;
    let (business, quote) = (caller.business.clone(), id.to_string());
    let package_id = |line: usize, number: usize| {
        let (line, number) = (line.to_string(), number.to_string());
        let parts = [business.as_str(), "quoted-package", &quote, &line, &number];
        PackageId::from_bytes(derived_bytes(&parts))
    };
    change
        .beside(QuotesBeside::Standing)
        .by(&app, |changing| {
            accept_quote(
                &changing.quoting,
                changing.quote()?,
                &changing.state.others,
                package_id,
                changing.context,
            )
        })
        .await
}
