//! Reading one's own wallet.

use axum::extract::State;

use super::WalletView;
use super::customer_wallet::{WalletQuery, wallet};
use crate::App;
use crate::edge::{Answer, Caller, Invalid, Missing, Problem, Problems, Query, Right};

/// Everything the customer of this account holds, now or as of an instant.
#[utoipa::path(get, path = "/v1/me/wallet", tag = "wallet", params(WalletQuery),
    responses((status = 200, body = WalletView), Problems, Missing, Invalid))]
pub(crate) async fn my_wallet(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<WalletQuery>,
) -> Result<Answer<WalletView>, Problem> {
    caller.may(Right::Claim)?;
    let id = caller.own_customer(&app.store).await?;
    wallet(&app, &caller, id, &query).await
}
