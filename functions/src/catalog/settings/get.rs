//! Reading the settings.

use axum::extract::State;
use domain::Refusal;
use infra::Consistency;

use super::SettingsView;
use crate::App;
use crate::edge::{Answer, Caller, Missing, Problem, Problems, Right};

/// How the business works.
#[utoipa::path(get, path = "/v1/settings", tag = "catalog",
    responses((status = 200, body = SettingsView), Problems, Missing))]
pub(crate) async fn get(
    State(app): State<App>,
    caller: Caller,
) -> Result<Answer<SettingsView>, Problem> {
    caller.may(Right::ReadServices)?;
    let settings = app
        .store
        .settings(&caller.business, Consistency::Strong)
        .await?;
    let missing = Refusal::SettingsMissing;
    let settings =
        settings.ok_or_else(|| Problem::new(404, missing.code(), missing.to_string()))?;
    let version = settings.version;
    Ok(Answer::ok(settings.into()).version(version))
}
