//! Closing a quota: its figures stay what they are.

use axum::extract::State;
use domain::journal::Entry;
use domain::pipeline::{Counted, Quota, Rules, close_quota};
use domain::{Context, Decision, QuotaId, Refusal};
use infra::{Consistency, Fault, Mutation, Store, fingerprint, settle};

use super::create::saved;
use super::{QuotaProgressView, missing};
use crate::App;
use crate::edge::{Answer, Caller, Conflict, Path, Problem, Problems, Right};

struct Close {
    id: QuotaId,
    context: Context,
}

/// What closing a quota looks at.
struct CloseState {
    quota: Option<Quota>,
    links: Vec<Counted>,
    rules: Rules,
}

/// Closes a quota after its last day. Its figures stay what they are then: a win that is reopened later
/// changes nothing of them, and nothing is linked to it or taken from it any more. A quota that is closed
/// already is answered as it is.
#[utoipa::path(post, path = "/v1/quotas/{id}/close", tag = "pipeline",
    params(("id" = String, Path, description = "The quota")),
    responses((status = 200, body = QuotaProgressView), Problems, Conflict))]
pub(crate) async fn close(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<QuotaId>,
) -> Result<Answer<QuotaProgressView>, Problem> {
    caller.may(Right::EditQuotas)?;
    let context = app.context(&caller, fingerprint("close-quota", &id)?)?;
    let settled = settle(&app.store, &Close { id, context }).await?;
    let quota = settled.entry.as_ref().and_then(saved);
    let quota = quota.or(settled.state.quota).ok_or_else(missing)?;
    let version = quota.version;
    let view = QuotaProgressView::of(quota, settled.state.links);
    Ok(Answer::ok(view).version(version).replayed(settled.replayed))
}

impl Mutation for Close {
    type State = CloseState;

    async fn load(&self, store: &Store, consistency: Consistency) -> Result<Self::State, Fault> {
        let business = &self.context.business;
        let quota = store.quota(business, self.id, consistency);
        let rules = store.rules(business, consistency);
        let (quota, rules) = tokio::try_join!(quota, rules)?;
        // After the quota, and strongly: what it counts of links says whether one is missing here.
        let links = store.counted_for(business, self.id, Consistency::Strong);
        let links = links.await?;
        Ok(CloseState {
            quota,
            links,
            rules,
        })
    }

    /// Being closed already is what a repeated request finds.
    fn repeated<'s>(&self, _: &'s Self::State) -> Result<Option<&'s Entry>, Refusal> {
        Ok(None)
    }

    fn decide(&self, state: &Self::State) -> Result<Option<Decision>, Refusal> {
        let quota = state.quota.as_ref().ok_or_else(missing)?;
        let attained = quota.terms.attained(&state.links);
        close_quota(quota, attained, &state.rules, &self.context)
    }
}
