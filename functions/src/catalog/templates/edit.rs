//! Editing a package template.

use axum::extract::State;
use domain::catalog::{TemplateDraft, edit_template};
use domain::journal::Entry;
use domain::{Context, Decision, Refusal, TemplateId};
use infra::{Consistency, Drafted, Fault, Mutation, Store, fingerprint, settle};

use super::create::saved;
use super::{TemplateBody, TemplateView};
use crate::App;
use crate::edge::{Answer, Caller, Conflict, IfMatch, Json, Path, Problem, Problems, Right};

struct Edit {
    id: TemplateId,
    expected: u64,
    draft: TemplateDraft,
    context: Context,
}

/// Edits a template. Packages that were sold keep the terms they were sold with.
#[utoipa::path(put, path = "/v1/package-templates/{id}", tag = "catalog", request_body = TemplateBody,
    params(("id" = String, Path, description = "The template"),
        ("If-Match" = String, Header, description = "The ETag of the version read")),
    responses((status = 200, body = TemplateView), Problems, Conflict))]
pub(crate) async fn edit(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<TemplateId>,
    if_match: IfMatch,
    Json(body): Json<TemplateBody>,
) -> Result<Answer<TemplateView>, Problem> {
    caller.may(Right::EditCatalog)?;
    let expected = if_match.required()?;
    let context = app.context(
        &caller,
        fingerprint("edit-template", &(id, expected, &body))?,
    )?;
    let draft = body.draft()?;
    let settled = settle(
        &app.store,
        &Edit {
            id,
            expected,
            draft,
            context,
        },
    )
    .await?;
    let template = settled
        .entry
        .as_ref()
        .and_then(saved)
        .ok_or(Refusal::TemplateNotFound)?;
    let version = template.version;
    Ok(Answer::ok(template.into())
        .version(version)
        .replayed(settled.replayed))
}

impl Mutation for Edit {
    type State = Drafted;

    async fn load(&self, store: &Store, consistency: Consistency) -> Result<Self::State, Fault> {
        let services = self.draft.contents.services();
        let version = self.expected + 1;
        store
            .drafted(
                &self.context.business,
                self.id,
                version,
                &services,
                consistency,
            )
            .await
    }

    fn repeated<'s>(&self, state: &'s Self::State) -> Result<Option<&'s Entry>, Refusal> {
        Ok(self.context.repeated_edit(state.entry.as_ref()))
    }

    fn decide(&self, state: &Self::State) -> Result<Option<Decision>, Refusal> {
        let present = state.template.as_ref().ok_or(Refusal::TemplateNotFound)?;
        let draft = self.draft.clone();
        edit_template(
            present,
            draft,
            &state.services,
            self.expected,
            &self.context,
        )
        .map(Some)
    }
}
