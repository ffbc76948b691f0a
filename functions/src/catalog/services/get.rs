//! Reading a service.

use axum::extract::State;
use domain::{Refusal, ServiceId};
use infra::Consistency;

use super::ServiceView;
use crate::App;
use crate::edge::{Answer, Caller, Path, Problem, Problems, Right};

/// A service.
#[utoipa::path(get, path = "/v1/services/{id}", tag = "catalog",
    params(("id" = String, Path, description = "The service")),
    responses((status = 200, body = ServiceView), Problems))]
pub(crate) async fn get(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<ServiceId>,
) -> Result<Answer<ServiceView>, Problem> {
    caller.may(Right::ReadServices)?;
    let service = app
        .store
        .service(&caller.business, id, Consistency::Strong)
        .await?;
    let service = service.ok_or(Refusal::ServiceNotFound(id))?;
    let version = service.version;
    Ok(Answer::ok(service.into()).version(version))
}
