//! Undoing a sale that was a mistake.

use axum::extract::State;
use domain::packages::{VoidReason, void as decide};
use domain::{CustomerId, PackageId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::App;
use crate::edge::{Answer, Caller, Conflict, Json, Key, Path, Problem, Problems, Right};
use crate::package_sales::{Change, PackageView};

/// Why.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct VoidBody {
    /// Who holds the package: it spares a read.
    #[schema(value_type = Option<String>)]
    customer_id: Option<CustomerId>,
    /// `mistake`, `duplicate` or `withdrawn`: the customer no longer wanted it.
    #[schema(value_type = String, example = "duplicate")]
    reason: VoidReason,
}

/// Undoes a sale, as if it had never been. Nothing may have been used, held or paid: what was is
/// refunded.
#[utoipa::path(post, path = "/v1/packages/{id}/void", tag = "packages", request_body = VoidBody,
    params(("id" = String, Path, description = "The package"),
        ("Idempotency-Key" = String, Header, description = "The same for a repeated request")),
    responses((status = 200, body = PackageView), Problems, Conflict))]
pub(crate) async fn void(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<PackageId>,
    Key(key): Key,
    Json(body): Json<VoidBody>,
) -> Result<Answer<PackageView>, Problem> {
    caller.may(Right::CorrectSales)?;
    let change = Change::new(&app, &caller, (id, body.customer_id), &key, ("void", &body))?;
    let voided = change.by(&app, |on| {
        decide(on.package, body.reason, on.key.clone(), on.context)
    });
    voided.await
}
