//! Paying back what is left of a package.

use axum::extract::State;
use domain::packages::refund as decide;
use domain::{CustomerId, EntryKey, PackageId, RefundQuoteId, Refusal};
use infra::Beside;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::App;
use crate::edge::{Answer, Caller, Conflict, Json, Key, Path, Problem, Problems, Right};
use crate::package_sales::{Change, PackageView};

/// As which quote.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RefundBody {
    /// Who holds the package: it spares a read.
    #[schema(value_type = Option<String>)]
    customer_id: Option<CustomerId>,
    /// The quote that is carried out.
    #[schema(value_type = String, example = "rfq_01JD2Y3Z4A5B6C7D8E9F0G1H2J")]
    quote_id: RefundQuoteId,
}

/// Pays back what is left of a package, exactly as quoted: its units are gone, and nothing is to be
/// paid any more. How the money reaches the customer is left to the business.
#[utoipa::path(post, path = "/v1/packages/{id}/refunds", tag = "packages", request_body = RefundBody,
    params(("id" = String, Path, description = "The package"),
        ("Idempotency-Key" = String, Header, description = "The same for a repeated request")),
    responses((status = 200, body = PackageView), Problems, Conflict))]
pub(crate) async fn refund(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<PackageId>,
    Key(key): Key,
    Json(body): Json<RefundBody>,
) -> Result<Answer<PackageView>, Problem> {
    caller.may(Right::CorrectSales)?;
    let quote = body.quote_id;
    let digest = quote.digest().map_err(|_| Refusal::RefundQuoteNotFound)?;
    let beside = Beside {
        customers: Vec::new(),
        entry: Some(EntryKey::Keyed(id, digest)),
    };
    let change = Change::new(
        &app,
        &caller,
        (id, body.customer_id),
        &key,
        ("refund", &body),
    )?;
    let refunded = change.beside(beside).by(&app, |on| {
        decide(on.package, quote, on.earlier, on.key.clone(), on.context)
    });
    refunded.await
}
