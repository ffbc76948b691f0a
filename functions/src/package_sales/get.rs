//! Reading a package.

use axum::extract::State;
use domain::{PackageId, Refusal};

use super::PackageView;
use crate::App;
use crate::edge::{Answer, Caller, Path, Problem, Problems, Right};

/// A package; with a customer's token, one's own.
#[utoipa::path(get, path = "/v1/packages/{id}", tag = "packages",
    params(("id" = String, Path, description = "The package")),
    responses((status = 200, body = PackageView), Problems))]
pub(crate) async fn get(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<PackageId>,
) -> Result<Answer<PackageView>, Problem> {
    caller.may(Right::ReadWallet)?;
    let package = app.store.package(&caller.business, id).await?;
    let package = package.ok_or(Refusal::PackageNotFound)?;
    caller
        .must_own(package.customer, &app.store, Refusal::PackageNotFound)
        .await?;
    Ok(Answer::ok(PackageView::of(&package, app.clock.now())))
}
