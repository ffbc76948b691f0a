//! Recording that the bank rejected a direct debit.

use axum::extract::State;
use domain::packages::{ReturnReason, instalment_of, reject_debit as decide};
use domain::sepa::EndToEndId;
use domain::{CustomerId, EntryKey, PackageId, Refusal};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::PackageView;
use super::change::Change;
use crate::App;
use crate::edge::{Answer, Caller, Json, Path, Problem, Problems, Right};

/// Why a debit was rejected.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RejectionBody {
    /// Who holds the package: it spares a read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, example = "cus_01JD2Y3Z4A5B6C7D8E9F0G1H2J")]
    customer_id: Option<CustomerId>,
    /// The bank's code for it: 1 to 16 letters, digits, `-` or `.`.
    #[schema(value_type = String, max_length = 16, example = "AC04")]
    reason: ReturnReason,
}

/// Records that the bank rejected a direct debit before it was paid. What it was for is outstanding, to
/// be paid in another way: it is not collected again. One that was recorded as paid is returned instead.
/// A debit is rejected once: no Idempotency-Key is needed.
#[utoipa::path(post, path = "/v1/packages/{id}/debits/{debit_id}/reject", tag = "packages",
    request_body = RejectionBody,
    params(("id" = String, Path, description = "The package"),
        ("debit_id" = String, Path, description = "The debit's end-to-end id, as the collection and the bank have it")),
    responses((status = 200, body = PackageView), Problems))]
pub(crate) async fn reject_debit(
    State(app): State<App>,
    caller: Caller,
    Path((package, debit)): Path<(PackageId, EndToEndId)>,
    Json(body): Json<RejectionBody>,
) -> Result<Answer<PackageView>, Problem> {
    caller.may(Right::ReturnPayments)?;
    let instalment = instalment_of(package, debit.as_str()).ok_or(Refusal::DebitNotFound)?;
    let key = EntryKey::Rejection(package, instalment);
    let of = (package, body.customer_id);
    let change = Change::once(&app, &caller, of, key, ("reject-debit", &body.reason))?;
    let rejected = change.by(&app, |on| {
        let what = (debit.clone(), body.reason.clone());
        decide(on.package, what, on.settings, on.context)
    });
    rejected.await
}
