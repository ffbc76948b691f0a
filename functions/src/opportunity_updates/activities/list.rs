//! Listing the activities of an opportunity.

use axum::extract::State;
use domain::OpportunityId;
use infra::List;

use super::ActivityView;
use crate::App;
use crate::edge::{Answer, Caller, ListQuery, PageOf, Path, Problem, Problems, Query, Right};
use crate::opportunity_updates::get::seen;

/// The activities of an opportunity, planned ones too, the one entered last first.
#[utoipa::path(get, path = "/v1/opportunities/{id}/activities", tag = "pipeline",
    params(("id" = String, Path, description = "The opportunity"), ListQuery),
    responses((status = 200, body = PageOf<ActivityView>), Problems))]
pub(crate) async fn list(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<OpportunityId>,
    Query(query): Query<ListQuery>,
) -> Result<Answer<PageOf<ActivityView>>, Problem> {
    caller.may(Right::ReadPipeline)?;
    let page = query.page(List::Activities)?;
    let (opportunity, activities) = tokio::join!(
        seen(&app, &caller, id),
        app.store.activities(&caller.business, id, &page),
    );
    opportunity?;
    Ok(Answer::ok(PageOf::of(activities?, ActivityView::from)))
}
