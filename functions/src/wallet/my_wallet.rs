//! Reading one's own wallet.

use axum::extract::State;

use super::WalletView;
use super::customer_wallet::wallet;
use crate::App;
use crate::edge::{Answer, Caller, Problem, Problems, Right};

/// Everything the customer of this account holds.
#[utoipa::path(get, path = "/v1/me/wallet", tag = "wallet",
    responses((status = 200, body = WalletView), Problems))]
pub(crate) async fn my_wallet(
    State(app): State<App>,
    caller: Caller,
) -> Result<Answer<WalletView>, Problem> {
    caller.may(Right::Claim)?;
    let id = caller.own_customer(&app.store).await?;
    wallet(&app, &caller, id).await
}
