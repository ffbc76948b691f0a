//! Editing a quota.

use axum::extract::State;
use domain::journal::Entry;
use domain::pipeline::{Quota, QuotaTerms, edit_quota};
use domain::{Context, Decision, QuotaId, Refusal};
use infra::{Consistency, Fault, Mutation, Store, fingerprint, settle};

use super::create::saved;
use super::{QuotaBody, QuotaView, missing};
use crate::App;
use crate::edge::{Answer, Caller, Conflict, IfMatch, Json, Path, Problem, Problems, Right};

struct Edit {
    id: QuotaId,
    expected: u64,
    terms: QuotaTerms,
    context: Context,
}

/// Edits a quota that is not closed. What is linked to it stays so, and counts as far as it still fits.
#[utoipa::path(put, path = "/v1/quotas/{id}", tag = "pipeline", request_body = QuotaBody,
    params(("id" = String, Path, description = "The quota"),
        ("If-Match" = String, Header, description = "The ETag of the version read")),
    responses((status = 200, body = QuotaView), Problems, Conflict))]
pub(crate) async fn edit(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<QuotaId>,
    if_match: IfMatch,
    Json(body): Json<QuotaBody>,
) -> Result<Answer<QuotaView>, Problem> {
    caller.may(Right::EditQuotas)?;
    let expected = if_match.required()?;
    let digest = fingerprint("edit-quota", &(id, expected, &body))?;
    let edit = Edit {
        id,
        expected,
        terms: body.parse()?,
        context: app.context(&caller, digest)?,
    };
    let settled = settle(&app.store, &edit).await?;
    let quota = settled.entry.as_ref().and_then(saved);
    let quota = quota.ok_or_else(missing)?;
    let version = quota.version;
    Ok(Answer::ok(quota.into())
        .version(version)
        .replayed(settled.replayed))
}

impl Mutation for Edit {
    type State = (Option<Quota>, Option<Entry>);

    async fn load(&self, store: &Store, consistency: Consistency) -> Result<Self::State, Fault> {
        let version = (self.id, self.expected + 1);
        store
            .quota_and_entry(&self.context.business, version, consistency)
            .await
    }

    fn repeated<'s>(&self, (_, entry): &'s Self::State) -> Result<Option<&'s Entry>, Refusal> {
        Ok(self.context.repeated_edit(entry.as_ref()))
    }

    fn decide(&self, (present, _): &Self::State) -> Result<Option<Decision>, Refusal> {
        let present = present.as_ref().ok_or_else(missing)?;
        edit_quota(present, self.terms.clone(), self.expected, &self.context).map(Some)
    }
}
