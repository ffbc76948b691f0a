//! The quotes of an opportunity.

use axum::extract::State;
use domain::pipeline::PipelineRefusal;
use domain::{OpportunityId, Refusal};
use infra::{Consistency, QuoteOf, QuoteReads, QuotesBeside};

use super::QuoteView;
use crate::App;
use crate::edge::{Answer, Caller, PageOf, Path, Problem, Problems, Right};

/// The quotes of an opportunity, in the order in which they were made; 20 at most, so there is one page.
#[utoipa::path(get, path = "/v1/opportunities/{id}/quotes", tag = "pipeline",
    params(("id" = String, Path, description = "The opportunity")),
    responses((status = 200, body = PageOf<QuoteView>), Problems))]
pub(crate) async fn list(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<OpportunityId>,
) -> Result<Answer<PageOf<QuoteView>>, Problem> {
    caller.may(Right::ReadPipeline)?;
    let reads = QuoteReads {
        of: QuoteOf::Opportunity(id),
        made: None,
        beside: QuotesBeside::All,
    };
    let state = app
        .store
        .quote_state(&caller.business, &reads, Consistency::Strong)
        .await?;
    let missing = Refusal::Pipeline(PipelineRefusal::OpportunityMissing);
    let opportunity = state.opportunity.as_ref().ok_or(missing)?;
    caller.works_on(opportunity)?;
    let today = state.rules.today(app.clock.now())?;
    let quotes = state.others.into_iter();
    Ok(Answer::ok(PageOf {
        items: quotes.map(|quote| QuoteView::of(quote, today)).collect(),
        next_cursor: None,
    }))
}
