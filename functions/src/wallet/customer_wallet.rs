//! Reading a customer's wallet.

use axum::extract::State;
use domain::CustomerId;
use infra::Consistency;

use super::WalletView;
use crate::App;
use crate::edge::{Answer, Caller, Path, Problem, Problems, Right};

/// Everything a customer holds; with a customer's token, one's own.
#[utoipa::path(get, path = "/v1/customers/{id}/wallet", tag = "wallet",
    params(("id" = String, Path, description = "The customer")),
    responses((status = 200, body = WalletView), Problems))]
pub(crate) async fn customer_wallet(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<CustomerId>,
) -> Result<Answer<WalletView>, Problem> {
    caller.may(Right::ReadWallet)?;
    wallet(&app, &caller, id).await
}

/// The wallet as the caller may see it. A customer who is not there yet for an eventually
/// consistent read is looked for once more.
pub(super) async fn wallet(
    app: &App,
    caller: &Caller,
    id: CustomerId,
) -> Result<Answer<WalletView>, Problem> {
    let mut member = app
        .store
        .member(&caller.business, id, Consistency::Eventual)
        .await?;
    if caller.may_see(member.customer.as_ref()).is_err() {
        member = app
            .store
            .member(&caller.business, id, Consistency::Strong)
            .await?;
    }
    caller.may_see(member.customer.as_ref())?;
    Ok(Answer::ok(WalletView::of(
        id,
        &member.packages,
        app.clock.now(),
    )))
}
