//! Adding a package template.

use axum::extract::State;
use domain::catalog::{Template, TemplateDraft, create_template};
use domain::journal::{Entry, Fact};
use domain::{Context, Decision, Refusal, TemplateId};
use infra::{Consistency, Drafted, Fault, Mutation, Store, fingerprint, settle};

use super::{TemplateBody, TemplateView};
use crate::App;
use crate::edge::{
    Answer, Caller, Conflict, Json, Missing, OptionalKey, Problem, Problems, Right,
    fresh_or_derived,
};

struct Create {
    id: TemplateId,
    draft: TemplateDraft,
    context: Context,
}

/// Adds a package template. With an Idempotency-Key, a repeated request adds it once.
#[utoipa::path(post, path = "/v1/package-templates", tag = "catalog", request_body = TemplateBody,
    params(("Idempotency-Key" = Option<String>, Header, description = "The same for a repeated request")),
    responses((status = 201, body = TemplateView), Problems, Missing, Conflict))]
pub(crate) async fn create(
    State(app): State<App>,
    caller: Caller,
    OptionalKey(key): OptionalKey,
    Json(body): Json<TemplateBody>,
) -> Result<Answer<TemplateView>, Problem> {
    caller.may(Right::EditCatalog)?;
    let context = app.context(&caller, fingerprint("create-template", &body)?)?;
    let id = fresh_or_derived(
        key.as_ref(),
        "template",
        &context,
        TemplateId::new,
        TemplateId::from_bytes,
    )?;
    let draft = body.draft()?;
    let settled = settle(&app.store, &Create { id, draft, context }).await?;
    let template = settled
        .entry
        .as_ref()
        .and_then(saved)
        .ok_or(Refusal::TemplateNotFound)?;
    let version = template.version;
    Ok(Answer::created(template.into())
        .version(version)
        .replayed(settled.replayed))
}

/// The template that an entry put.
pub(super) fn saved(entry: &Entry) -> Option<Template> {
    if let Fact::TemplateSaved(template) = &entry.fact {
        Some(template.clone())
    } else {
        None
    }
}

impl Mutation for Create {
    type State = Drafted;

    async fn load(&self, store: &Store, consistency: Consistency) -> Result<Self::State, Fault> {
        let services = self.draft.contents.services();
        store
            .drafted(&self.context.business, self.id, 1, &services, consistency)
            .await
    }

    fn repeated<'s>(&self, state: &'s Self::State) -> Result<Option<&'s Entry>, Refusal> {
        self.context.repeated(state.entry.as_ref())
    }

    fn decide(&self, state: &Self::State) -> Result<Option<Decision>, Refusal> {
        create_template(self.draft.clone(), &state.services, self.id, &self.context).map(Some)
    }
}
