//! Listing services.

use axum::extract::State;

use super::ServiceView;
use crate::App;
use crate::edge::{Answer, Caller, ListQuery, PageOf, Problem, Problems, Query, Right};
use infra::List;

/// The services, archived ones too, in order of id.
#[utoipa::path(get, path = "/v1/services", tag = "catalog", params(ListQuery),
    responses((status = 200, body = PageOf<ServiceView>), Problems))]
pub(crate) async fn list(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<ListQuery>,
) -> Result<Answer<PageOf<ServiceView>>, Problem> {
    caller.may(Right::ReadServices)?;
    let page = app
        .store
        .services(&caller.business, &query.page(List::Services)?)
        .await?;
    Ok(Answer::ok(PageOf::of(page, ServiceView::from)))
}
