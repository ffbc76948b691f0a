//! Reading one opportunity.

use axum::extract::State;
use domain::pipeline::{Opportunity, PipelineRefusal};
use domain::{OpportunityId, Refusal};
use infra::Consistency;

use super::OpportunityView;
use crate::App;
use crate::edge::{Answer, Caller, Path, Problem, Problems, Right};

/// An opportunity; sales see their own.
#[utoipa::path(get, path = "/v1/opportunities/{id}", tag = "pipeline",
    params(("id" = String, Path, description = "The opportunity")),
    responses((status = 200, body = OpportunityView), Problems))]
pub(crate) async fn get(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<OpportunityId>,
) -> Result<Answer<OpportunityView>, Problem> {
    caller.may(Right::ReadPipeline)?;
    let read = |consistency| {
        app.store
            .opportunity_state(&caller.business, (id, 0), &[], consistency)
    };
    let mut state = read(Consistency::Eventual).await?;
    if state.opportunity.is_none() {
        state = read(Consistency::Strong).await?;
    }
    let missing = Refusal::Pipeline(PipelineRefusal::OpportunityMissing);
    let opportunity = state.opportunity.ok_or(missing)?;
    caller.works_on(&opportunity)?;
    let version = opportunity.version;
    Ok(Answer::ok(OpportunityView::of(opportunity, &state.rules)?).version(version))
}

/// An opportunity that the caller sees, for what hangs on it.
///
/// # Errors
/// `opportunity-not-found`, as if it did not exist, where it is not the caller's to see.
pub(super) async fn seen(
    app: &App,
    caller: &Caller,
    id: OpportunityId,
) -> Result<Opportunity, Problem> {
    let found = app
        .store
        .opportunity(&caller.business, id, Consistency::Strong)
        .await?;
    let missing = Refusal::Pipeline(PipelineRefusal::OpportunityMissing);
    let opportunity = found.ok_or(missing)?;
    caller.works_on(&opportunity)?;
    Ok(opportunity)
}
