//! Reading a quota, with what it comes to.

use axum::extract::State;
use domain::QuotaId;
use infra::Consistency;

use super::{QuotaProgressView, missing, sees};
use crate::App;
use crate::edge::{Answer, Caller, Path, Problem, Problems, Right};

/// A quota, what it comes to, and the opportunities that count for it; sales see their own. Until it is
/// closed, the figures are those of this moment; a change of the last second may not be in them yet.
#[utoipa::path(get, path = "/v1/quotas/{id}", tag = "pipeline",
    params(("id" = String, Path, description = "The quota")),
    responses((status = 200, body = QuotaProgressView), Problems))]
pub(crate) async fn get(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<QuotaId>,
) -> Result<Answer<QuotaProgressView>, Problem> {
    caller.may(Right::ReadQuotas)?;
    let quota = app
        .store
        .quota(&caller.business, id, Consistency::Strong)
        .await?;
    let quota = quota.filter(|quota| sees(&caller, quota));
    let quota = quota.ok_or_else(missing)?;
    let links = app
        .store
        .counted_for(&caller.business, id, Consistency::Eventual)
        .await?;
    let version = quota.version;
    Ok(Answer::ok(QuotaProgressView::of(quota, links)).version(version))
}
