//! Giving units to another customer.

use axum::extract::State;
use domain::journal::fold;
use domain::packages::transfer as decide;
use domain::{CustomerId, PackageId, Refusal};
use infra::Beside;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::pools::{PoolUnitsBody, units};
use crate::App;
use crate::edge::{
    Answer, Caller, Conflict, Json, Key, Path, Problem, Problems, Right, objects_or_null,
};
use crate::package_sales::{Change, PackageView, package_of};

/// What is given to whom.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TransferBody {
    /// Who holds the package: it spares a read.
    #[schema(value_type = Option<String>)]
    customer_id: Option<CustomerId>,
    /// Who receives it.
    #[schema(value_type = String)]
    to_customer_id: CustomerId,
    /// The units, by pool; everything that is available if left out, as it must be for a pass.
    #[serde(default, deserialize_with = "objects_or_null")]
    pools: Option<Vec<PoolUnitsBody>>,
}

/// Both packages after a transfer.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = Transfer)]
pub(crate) struct TransferView {
    /// What the units left.
    package: PackageView,
    /// What the receiver holds now.
    received: PackageView,
}

/// Gives available units of a package to another customer: as a package of their own, with the same
/// terms and end, worth exactly what left and paid. The terms must allow it, and the package must be
/// paid in full.
#[utoipa::path(post, path = "/v1/packages/{id}/transfers", tag = "packages", request_body = TransferBody,
    params(("id" = String, Path, description = "The package"),
        ("Idempotency-Key" = String, Header, description = "The same for a repeated request")),
    responses((status = 201, body = TransferView), Problems, Conflict))]
pub(crate) async fn transfer(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<PackageId>,
    Key(key): Key,
    Json(body): Json<TransferBody>,
) -> Result<Answer<TransferView>, Problem> {
    caller.may(Right::CareForPackages)?;
    let pools = body.pools.as_deref().map(units).transpose()?;
    // As with a sale, the key makes the package's id: it cannot be made twice.
    let made = package_of(&caller.business, &key);
    let beside = Beside {
        customers: vec![body.to_customer_id],
        entry: None,
    };
    let change = Change::new(
        &app,
        &caller,
        (id, body.customer_id),
        &key,
        ("transfer", &body),
    )?;
    let transferred = change.making(made).beside(beside).done_by(&app, |on| {
        let receiver = on.customers.first();
        decide(on.package, receiver, pools.as_deref(), made, on.context)
    });
    let transferred = transferred.await?;
    let received = fold(made, [&transferred.entry]).map_err(Problem::from)?;
    let received = received.ok_or(Refusal::PackageNotFound)?;
    let view = TransferView {
        package: transferred.view(),
        received: PackageView::of(&received, transferred.entry.at),
    };
    Ok(Answer::created(view).replayed(transferred.replayed))
}
