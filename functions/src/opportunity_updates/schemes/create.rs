//! Adding a stage scheme.

use axum::extract::State;
use domain::journal::{Entry, Fact};
use domain::pipeline::{PipelineRefusal, SchemeDraft, StageScheme, create_scheme};
use domain::{Context, Decision, Refusal, SchemeId};
use infra::{Consistency, Fault, Mutation, Store, fingerprint, settle};

use super::{StageSchemeBody, StageSchemeView};
use crate::App;
use crate::edge::{
    Answer, Caller, Conflict, Json, OptionalKey, Problem, Problems, Right, fresh_or_derived,
};

struct Create {
    id: SchemeId,
    draft: SchemeDraft,
    context: Context,
}

/// Adds a stage scheme, of 20 at most. With an Idempotency-Key, a repeated request adds it once.
#[utoipa::path(post, path = "/v1/stage-schemes", tag = "pipeline", request_body = StageSchemeBody,
    params(("Idempotency-Key" = Option<String>, Header, description = "The same for a repeated request")),
    responses((status = 201, body = StageSchemeView), Problems, Conflict))]
pub(crate) async fn create(
    State(app): State<App>,
    caller: Caller,
    OptionalKey(key): OptionalKey,
    Json(body): Json<StageSchemeBody>,
) -> Result<Answer<StageSchemeView>, Problem> {
    caller.may(Right::EditPipeline)?;
    let context = app.context(&caller, fingerprint("create-stage-scheme", &body)?)?;
    let id = fresh_or_derived(
        key.as_ref(),
        "stage-scheme",
        &context,
        SchemeId::new,
        SchemeId::from_bytes,
    )?;
    let draft = body.into();
    let settled = settle(&app.store, &Create { id, draft, context }).await?;
    let scheme = settled.entry.as_ref().and_then(saved);
    let scheme = scheme.ok_or(Refusal::Pipeline(PipelineRefusal::SchemeMissing))?;
    let version = scheme.version;
    Ok(Answer::created(scheme.into())
        .version(version)
        .replayed(settled.replayed))
}

/// The scheme that an entry put.
pub(super) fn saved(entry: &Entry) -> Option<StageScheme> {
    if let Fact::StageSchemeSaved(scheme) = &entry.fact {
        return Some(scheme.clone());
    }
    None
}

impl Mutation for Create {
    type State = (Vec<StageScheme>, Option<Entry>);

    async fn load(&self, store: &Store, consistency: Consistency) -> Result<Self::State, Fault> {
        store
            .schemes_and_entry(&self.context.business, (self.id, 1), consistency)
            .await
    }

    fn repeated<'s>(&self, (_, entry): &'s Self::State) -> Result<Option<&'s Entry>, Refusal> {
        self.context.repeated(entry.as_ref())
    }

    fn decide(&self, (schemes, _): &Self::State) -> Result<Option<Decision>, Refusal> {
        create_scheme(self.draft.clone(), self.id, schemes, &self.context).map(Some)
    }
}
