//! Reading a template.

use axum::extract::State;
use domain::{Refusal, TemplateId};
use infra::Consistency;

use super::TemplateView;
use crate::App;
use crate::edge::{Answer, Caller, Path, Problem, Problems, Right};

/// A template.
#[utoipa::path(get, path = "/v1/package-templates/{id}", tag = "catalog",
    params(("id" = String, Path, description = "The template")),
    responses((status = 200, body = TemplateView), Problems))]
pub(crate) async fn get(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<TemplateId>,
) -> Result<Answer<TemplateView>, Problem> {
    caller.may(Right::ReadTemplates)?;
    let template = app
        .store
        .template(&caller.business, id, Consistency::Strong)
        .await?;
    let template = template.ok_or(Refusal::TemplateNotFound)?;
    let version = template.version;
    Ok(Answer::ok(template.into()).version(version))
}
