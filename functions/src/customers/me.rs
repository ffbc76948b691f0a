//! Reading oneself.

use axum::extract::State;

use super::ProfileView;
use super::get::profile;
use crate::App;
use crate::edge::{Answer, Caller, Missing, Problem, Problems, Right};

/// The customer this account is bound to.
#[utoipa::path(get, path = "/v1/me", tag = "customers",
    responses((status = 200, body = ProfileView), Problems, Missing))]
pub(crate) async fn me(
    State(app): State<App>,
    caller: Caller,
) -> Result<Answer<ProfileView>, Problem> {
    caller.may(Right::Claim)?;
    let id = caller.own_customer(&app.store).await?;
    profile(&app, &caller, id).await
}
