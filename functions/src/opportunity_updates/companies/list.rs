//! Listing companies.

use axum::extract::State;
use infra::List;

use super::CompanyView;
use crate::App;
use crate::edge::{Answer, Caller, ListQuery, PageOf, Problem, Problems, Query, Right};

/// The companies, in order of id.
#[utoipa::path(get, path = "/v1/companies", tag = "pipeline", params(ListQuery),
    responses((status = 200, body = PageOf<CompanyView>), Problems))]
pub(crate) async fn list(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<ListQuery>,
) -> Result<Answer<PageOf<CompanyView>>, Problem> {
    caller.may(Right::ReadPipeline)?;
    let page = app
        .store
        .companies(&caller.business, &query.page(List::Companies)?)
        .await?;
    Ok(Answer::ok(PageOf::of(page, CompanyView::from)))
}
