//! Reading the account that direct debits go to.

use axum::extract::State;
use domain::Refusal;
use infra::Consistency;

use super::CreditorView;
use crate::App;
use crate::edge::{Answer, Caller, Missing, Problem, Problems, Right};

/// The account that direct debits go to, in part only.
#[utoipa::path(get, path = "/v1/settings/creditor", tag = "collections",
    responses((status = 200, body = CreditorView), Problems, Missing))]
pub(crate) async fn get(
    State(app): State<App>,
    caller: Caller,
) -> Result<Answer<CreditorView>, Problem> {
    caller.may(Right::Collect)?;
    let record = app.store.creditor(&caller.business, Consistency::Strong);
    let missing = Refusal::CreditorMissing;
    let record = record
        .await?
        .ok_or_else(|| Problem::new(404, missing.code(), missing.to_string()))?;
    Ok(Answer::ok(record.creditor.into()).version(record.version))
}
