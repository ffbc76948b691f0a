//! Reading what was paid for a package, and what is still to be.

use axum::extract::State;
use domain::{PackageId, Refusal};
use infra::Consistency;

use super::payments_view::PaymentsView;
use crate::App;
use crate::edge::{Answer, Caller, Path, Problem, Problems, Right};

/// A package's instalments and payments; with a customer's token, of one's own.
#[utoipa::path(get, path = "/v1/packages/{id}/payments", tag = "packages",
    params(("id" = String, Path, description = "The package")),
    responses((status = 200, body = PaymentsView), Problems))]
pub(crate) async fn payments(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<PackageId>,
) -> Result<Answer<PaymentsView>, Problem> {
    caller.may(Right::ReadWallet)?;
    let history = app
        .store
        .package_history(&caller.business, id, None, Consistency::Strong)
        .await?;
    let holder = history.holder.filter(|holder| caller.owns(Some(holder)));
    holder.ok_or(Refusal::PackageNotFound)?;
    let package = history.package.ok_or(Refusal::PackageNotFound)?;
    let settings = history.settings.ok_or(Refusal::SettingsMissing)?;
    Ok(Answer::ok(PaymentsView::of(
        &package,
        &settings,
        &history.entries,
    )))
}
