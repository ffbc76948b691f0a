//! Archiving a stage scheme.

use axum::extract::State;
use domain::journal::Entry;
use domain::pipeline::{PipelineRefusal, StageScheme, archive_scheme};
use domain::{Context, Decision, Refusal, SchemeId};
use infra::{Consistency, Fault, Mutation, Store, fingerprint, settle};

use super::StageSchemeView;
use super::create::saved;
use crate::App;
use crate::edge::{Answer, Caller, Conflict, Path, Problem, Problems, Right};

struct Archive {
    id: SchemeId,
    context: Context,
}

/// Archives a stage scheme that is not the last one in use: no opportunity is opened in it any more, and
/// those that are in it go on.
#[utoipa::path(post, path = "/v1/stage-schemes/{id}/archive", tag = "pipeline",
    params(("id" = String, Path, description = "The stage scheme")),
    responses((status = 200, body = StageSchemeView), Problems, Conflict))]
pub(crate) async fn archive(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<SchemeId>,
) -> Result<Answer<StageSchemeView>, Problem> {
    caller.may(Right::EditPipeline)?;
    let context = app.context(&caller, fingerprint("archive-stage-scheme", &id)?)?;
    let settled = settle(&app.store, &Archive { id, context }).await?;
    let present = settled.state.into_iter().find(|scheme| scheme.id == id);
    let scheme = settled.entry.as_ref().and_then(saved).or(present);
    let scheme = scheme.ok_or(Refusal::Pipeline(PipelineRefusal::SchemeMissing))?;
    let version = scheme.version;
    Ok(Answer::ok(scheme.into())
        .version(version)
        .replayed(settled.replayed))
}

impl Mutation for Archive {
    type State = Vec<StageScheme>;

    async fn load(&self, store: &Store, consistency: Consistency) -> Result<Self::State, Fault> {
        store.schemes(&self.context.business, consistency).await
    }

    /// Being archived already is what a repeated request finds.
    fn repeated<'s>(&self, _: &'s Self::State) -> Result<Option<&'s Entry>, Refusal> {
        Ok(None)
    }

    fn decide(&self, schemes: &Self::State) -> Result<Option<Decision>, Refusal> {
        archive_scheme(self.id, schemes, &self.context)
    }
}
