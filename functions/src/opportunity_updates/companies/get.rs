//! Reading a company.

use axum::extract::State;
use domain::pipeline::PipelineRefusal;
use domain::{CompanyId, Refusal};
use infra::Consistency;

use super::CompanyView;
use crate::App;
use crate::edge::{Answer, Caller, Path, Problem, Problems, Right};

/// A company.
#[utoipa::path(get, path = "/v1/companies/{id}", tag = "pipeline",
    params(("id" = String, Path, description = "The company")),
    responses((status = 200, body = CompanyView), Problems))]
pub(crate) async fn get(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<CompanyId>,
) -> Result<Answer<CompanyView>, Problem> {
    caller.may(Right::ReadPipeline)?;
    let company = app
        .store
        .company(&caller.business, id, Consistency::Strong)
        .await?;
    let company = company.ok_or(Refusal::Pipeline(PipelineRefusal::CompanyMissing))?;
    let version = company.version;
    Ok(Answer::ok(company.into()).version(version))
}
