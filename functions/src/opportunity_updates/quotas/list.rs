//! Listing quotas.

use axum::extract::State;
use infra::List;

use super::{QuotaView, sees};
use crate::App;
use crate::edge::{Answer, Caller, ListQuery, PageOf, Problem, Problems, Query, Right};

/// The quotas, in order of id; sales see their own. A page of theirs may hold less than `limit`, and
/// nothing, and yet have a `next_cursor`.
#[utoipa::path(get, path = "/v1/quotas", tag = "pipeline", params(ListQuery),
    responses((status = 200, body = PageOf<QuotaView>), Problems))]
pub(crate) async fn list(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<ListQuery>,
) -> Result<Answer<PageOf<QuotaView>>, Problem> {
    caller.may(Right::ReadQuotas)?;
    let page = query.page(List::Quotas)?;
    let mut page = app.store.quotas(&caller.business, &page).await?;
    page.items.retain(|quota| sees(&caller, quota));
    Ok(Answer::ok(PageOf::of(page, QuotaView::from)))
}
