//! Reading the lists of reasons.

use axum::extract::State;
use domain::Refusal;
use domain::pipeline::PipelineSettings;
use infra::Consistency;

use super::PipelineSettingsView;
use crate::App;
use crate::edge::{Answer, Caller, Problem, Problems, Right};

/// The reasons there are to choose from. Before anybody sets them they are a first proposal, without an
/// ETag.
#[utoipa::path(get, path = "/v1/settings/pipeline", tag = "pipeline",
    responses((status = 200, body = PipelineSettingsView), Problems))]
pub(crate) async fn get(
    State(app): State<App>,
    caller: Caller,
) -> Result<Answer<PipelineSettingsView>, Problem> {
    caller.may(Right::ReadPipeline)?;
    let settings = app
        .store
        .pipeline_settings(&caller.business, Consistency::Strong)
        .await?;
    Ok(match settings {
        Some(settings) => {
            let version = settings.version;
            Answer::ok(settings.into()).version(version)
        }
        None => {
            let initial = PipelineSettings::initial().map_err(|_| Refusal::SettingsMissing)?;
            Answer::ok(initial.into())
        }
    })
}
