//! Archiving a service.

use axum::extract::State;
use domain::catalog::{Service, archive_service};
use domain::journal::Entry;
use domain::{Context, Decision, Refusal, ServiceId};
use infra::{Consistency, Fault, Mutation, Store, fingerprint, settle};

use super::ServiceView;
use super::create::saved;
use crate::App;
use crate::edge::{Answer, Caller, Path, Problem, Problems, Right};

struct Archive {
    id: ServiceId,
    context: Context,
}

/// Archives a service: no new bookings and no new templates with it. What was sold stays usable in
/// walk-ins and in bookings that were made before.
#[utoipa::path(post, path = "/v1/services/{id}/archive", tag = "catalog",
    params(("id" = String, Path, description = "The service")),
    responses((status = 200, body = ServiceView), Problems))]
pub(crate) async fn archive(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<ServiceId>,
) -> Result<Answer<ServiceView>, Problem> {
    caller.may(Right::EditCatalog)?;
    let context = app.context(&caller, fingerprint("archive-service", &id)?)?;
    let settled = settle(&app.store, &Archive { id, context }).await?;
    let service = settled.entry.as_ref().and_then(saved).or(settled.state);
    let service = service.ok_or(Refusal::ServiceNotFound(id))?;
    let version = service.version;
    Ok(Answer::ok(service.into())
        .version(version)
        .replayed(settled.replayed))
}

impl Mutation for Archive {
    type State = Option<Service>;

    async fn load(&self, store: &Store, consistency: Consistency) -> Result<Self::State, Fault> {
        store
            .service(&self.context.business, self.id, consistency)
            .await
    }

    /// Being archived already is what a repeated request finds.
    fn repeated<'s>(&self, _: &'s Self::State) -> Result<Option<&'s Entry>, Refusal> {
        Ok(None)
    }

    fn decide(&self, present: &Self::State) -> Result<Option<Decision>, Refusal> {
        let present = present.as_ref().ok_or(Refusal::ServiceNotFound(self.id))?;
        Ok(archive_service(present, &self.context))
    }
}
