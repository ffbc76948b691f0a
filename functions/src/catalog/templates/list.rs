//! Listing templates.

use axum::extract::State;

use super::TemplateView;
use crate::App;
use crate::edge::{Answer, Caller, ListQuery, PageOf, Problem, Problems, Query, Right};
use infra::List;

/// The templates, archived ones too, in order of id.
#[utoipa::path(get, path = "/v1/package-templates", tag = "catalog", params(ListQuery),
    responses((status = 200, body = PageOf<TemplateView>), Problems))]
pub(crate) async fn list(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<ListQuery>,
) -> Result<Answer<PageOf<TemplateView>>, Problem> {
    caller.may(Right::ReadTemplates)?;
    let page = app
        .store
        .templates(&caller.business, &query.page(List::Templates)?)
        .await?;
    Ok(Answer::ok(PageOf::of(page, TemplateView::from)))
}
