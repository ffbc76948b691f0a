//! Editing a stage scheme.

use axum::extract::State;
use domain::journal::Entry;
use domain::pipeline::{PipelineRefusal, SchemeDraft, StageScheme, edit_scheme};
use domain::{Context, Decision, Refusal, SchemeId};
use infra::{Consistency, Fault, Mutation, Store, fingerprint, settle};

use super::create::saved;
use super::{StageSchemeBody, StageSchemeView};
use crate::App;
use crate::edge::{Answer, Caller, Conflict, IfMatch, Json, Path, Problem, Problems, Right};

struct Edit {
    id: SchemeId,
    expected: u64,
    draft: SchemeDraft,
    context: Context,
}

/// Edits a stage scheme. Stages that are left out are archived: opportunities stay in them until they
/// are moved, and keep the probability that they entered with.
#[utoipa::path(put, path = "/v1/stage-schemes/{id}", tag = "pipeline", request_body = StageSchemeBody,
    params(("id" = String, Path, description = "The stage scheme"),
        ("If-Match" = String, Header, description = "The ETag of the version read")),
    responses((status = 200, body = StageSchemeView), Problems, Conflict))]
pub(crate) async fn edit(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<SchemeId>,
    if_match: IfMatch,
    Json(body): Json<StageSchemeBody>,
) -> Result<Answer<StageSchemeView>, Problem> {
    caller.may(Right::EditPipeline)?;
    let expected = if_match.required()?;
    let content = fingerprint("edit-stage-scheme", &(id, expected, &body))?;
    let edit = Edit {
        id,
        expected,
        draft: body.into(),
        context: app.context(&caller, content)?,
    };
    let settled = settle(&app.store, &edit).await?;
    let scheme = settled.entry.as_ref().and_then(saved);
    let scheme = scheme.ok_or(Refusal::Pipeline(PipelineRefusal::SchemeMissing))?;
    let version = scheme.version;
    Ok(Answer::ok(scheme.into())
        .version(version)
        .replayed(settled.replayed))
}

impl Mutation for Edit {
    type State = (Vec<StageScheme>, Option<Entry>);

    async fn load(&self, store: &Store, consistency: Consistency) -> Result<Self::State, Fault> {
        let version = (self.id, self.expected + 1);
        store
            .schemes_and_entry(&self.context.business, version, consistency)
            .await
    }

    fn repeated<'s>(&self, (_, entry): &'s Self::State) -> Result<Option<&'s Entry>, Refusal> {
        Ok(self.context.repeated_edit(entry.as_ref()))
    }

    fn decide(&self, (schemes, _): &Self::State) -> Result<Option<Decision>, Refusal> {
        let draft = self.draft.clone();
        edit_scheme(self.id, schemes, draft, self.expected, &self.context).map(Some)
    }
}
