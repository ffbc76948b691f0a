//! Archiving a template.

use axum::extract::State;
use domain::catalog::{Template, archive_template};
use domain::journal::Entry;
use domain::{Context, Decision, Refusal, TemplateId};
use infra::{Consistency, Fault, Mutation, Store, fingerprint, settle};

use super::TemplateView;
use super::create::saved;
use crate::App;
use crate::edge::{Answer, Caller, Path, Problem, Problems, Right};

struct Archive {
    id: TemplateId,
    context: Context,
}

/// Archives a template: no new sales. What was sold stays as it is.
#[utoipa::path(post, path = "/v1/package-templates/{id}/archive", tag = "catalog",
    params(("id" = String, Path, description = "The template")),
    responses((status = 200, body = TemplateView), Problems))]
pub(crate) async fn archive(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<TemplateId>,
) -> Result<Answer<TemplateView>, Problem> {
    caller.may(Right::EditCatalog)?;
    let context = app.context(&caller, fingerprint("archive-template", &id)?)?;
    let settled = settle(&app.store, &Archive { id, context }).await?;
    let template = settled.entry.as_ref().and_then(saved).or(settled.state);
    let template = template.ok_or(Refusal::TemplateNotFound)?;
    let version = template.version;
    Ok(Answer::ok(template.into())
        .version(version)
        .replayed(settled.replayed))
}

impl Mutation for Archive {
    type State = Option<Template>;

    async fn load(&self, store: &Store, consistency: Consistency) -> Result<Self::State, Fault> {
        store
            .template(&self.context.business, self.id, consistency)
            .await
    }

    /// Being archived already is what a repeated request finds.
    fn repeated<'s>(&self, _: &'s Self::State) -> Result<Option<&'s Entry>, Refusal> {
        Ok(None)
    }

    fn decide(&self, present: &Self::State) -> Result<Option<Decision>, Refusal> {
        let present = present.as_ref().ok_or(Refusal::TemplateNotFound)?;
        Ok(archive_template(present, &self.context))
    }
}
