//! Setting a quota.

use axum::extract::State;
use domain::journal::{Entry, Fact};
use domain::pipeline::{Quota, QuotaTerms, create_quota};
use domain::{Context, Decision, QuotaId, Refusal};
use infra::{Consistency, Fault, Mutation, Store, fingerprint, settle};

use super::{QuotaBody, QuotaView, missing};
use crate::App;
use crate::edge::{Answer, Caller, Json, OptionalKey, Problem, Problems, Right, fresh_or_derived};

struct Create {
    id: QuotaId,
    terms: QuotaTerms,
    context: Context,
}

/// Sets a quota: what a representative is to sell in a period. One representative may have several; an
/// opportunity counts for one of them, by POST /v1/opportunities/{id}/quota. With an Idempotency-Key, a
/// repeated request sets it once.
#[utoipa::path(post, path = "/v1/quotas", tag = "pipeline", request_body = QuotaBody,
    params(("Idempotency-Key" = Option<String>, Header, description = "The same for a repeated request")),
    responses((status = 201, body = QuotaView), Problems))]
pub(crate) async fn create(
    State(app): State<App>,
    caller: Caller,
    OptionalKey(key): OptionalKey,
    Json(body): Json<QuotaBody>,
) -> Result<Answer<QuotaView>, Problem> {
    caller.may(Right::EditQuotas)?;
    let context = app.context(&caller, fingerprint("create-quota", &body)?)?;
    let id = fresh_or_derived(
        key.as_ref(),
        "quota",
        &context,
        QuotaId::new,
        QuotaId::from_bytes,
    )?;
    let terms = body.parse()?;
    let settled = settle(&app.store, &Create { id, terms, context }).await?;
    let quota = settled.entry.as_ref().and_then(saved);
    let quota = quota.ok_or_else(missing)?;
    let version = quota.version;
    Ok(Answer::created(quota.into())
        .version(version)
        .replayed(settled.replayed))
}

/// The quota that an entry put.
pub(super) fn saved(entry: &Entry) -> Option<Quota> {
    if let Fact::QuotaSaved(quota) = &entry.fact {
        Some(quota.clone())
    } else {
        None
    }
}

impl Mutation for Create {
    type State = Option<Entry>;

    async fn load(&self, store: &Store, consistency: Consistency) -> Result<Self::State, Fault> {
        let business = &self.context.business;
        let read = store.quota_and_entry(business, (self.id, 1), consistency);
        Ok(read.await?.1)
    }

    fn repeated<'s>(&self, entry: &'s Self::State) -> Result<Option<&'s Entry>, Refusal> {
        self.context.repeated(entry.as_ref())
    }

    fn decide(&self, _: &Self::State) -> Result<Option<Decision>, Refusal> {
        create_quota(self.terms.clone(), self.id, &self.context).map(Some)
    }
}
