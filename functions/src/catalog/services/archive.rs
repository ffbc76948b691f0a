//! Archiving a service.

use axum::extract::State;
use domain::catalog::{Service, Template, archive_service};
use domain::journal::Entry;
use domain::{Context, Decision, Refusal, ServiceId};
use infra::{Consistency, Fault, Mutation, Store, fingerprint, settle};

use super::ServiceView;
use super::create::saved;
use crate::App;
use crate::edge::{Answer, Caller, Conflict, Path, Problem, Problems, Right};

struct Archive {
    id: ServiceId,
    context: Context,
}

/// Archives a service, once no template sells it any more: no new templates with it, and no bookings but
/// of customers who still hold packages that were sold for it.
#[utoipa::path(post, path = "/v1/services/{id}/archive", tag = "catalog",
    params(("id" = String, Path, description = "The service")),
    responses((status = 200, body = ServiceView), Problems, Conflict))]
pub(crate) async fn archive(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<ServiceId>,
) -> Result<Answer<ServiceView>, Problem> {
    caller.may(Right::EditCatalog)?;
    let context = app.context(&caller, fingerprint("archive-service", &id)?)?;
    let settled = settle(&app.store, &Archive { id, context }).await?;
    let present = settled.state.service;
    let service = settled.entry.as_ref().and_then(saved).or(present);
    let service = service.ok_or(Refusal::ServiceNotFound(id))?;
    let version = service.version;
    Ok(Answer::ok(service.into())
        .version(version)
        .replayed(settled.replayed))
}

/// What archiving a service looks at.
struct ArchiveState {
    service: Option<Service>,
    /// Those of the business.
    templates: Vec<Template>,
}

impl Mutation for Archive {
    type State = ArchiveState;

    async fn load(&self, store: &Store, consistency: Consistency) -> Result<Self::State, Fault> {
        let business = &self.context.business;
        let service = store.service(business, self.id, consistency);
        let templates = store.all_templates(business, consistency);
        let (service, templates) = tokio::try_join!(service, templates)?;
        Ok(ArchiveState { service, templates })
    }

    /// Being archived already is what a repeated request finds.
    fn repeated<'s>(&self, _: &'s Self::State) -> Result<Option<&'s Entry>, Refusal> {
        Ok(None)
    }

    fn decide(&self, state: &Self::State) -> Result<Option<Decision>, Refusal> {
        let present = state.service.as_ref();
        let present = present.ok_or(Refusal::ServiceNotFound(self.id))?;
        archive_service(present, &state.templates, &self.context)
    }
}
