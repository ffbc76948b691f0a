//! Reading a stage scheme.

use axum::extract::State;
use domain::pipeline::PipelineRefusal;
use domain::{Refusal, SchemeId};
use infra::Consistency;

use super::StageSchemeView;
use crate::App;
use crate::edge::{Answer, Caller, Path, Problem, Problems, Right};

/// A stage scheme.
#[utoipa::path(get, path = "/v1/stage-schemes/{id}", tag = "pipeline",
    params(("id" = String, Path, description = "The stage scheme")),
    responses((status = 200, body = StageSchemeView), Problems))]
pub(crate) async fn get(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<SchemeId>,
) -> Result<Answer<StageSchemeView>, Problem> {
    caller.may(Right::ReadPipeline)?;
    let scheme = app
        .store
        .scheme(&caller.business, id, Consistency::Strong)
        .await?;
    let scheme = scheme.ok_or(Refusal::Pipeline(PipelineRefusal::SchemeMissing))?;
    let version = scheme.version;
    Ok(Answer::ok(scheme.into()).version(version))
}
