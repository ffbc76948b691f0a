//! Adding a service.

use axum::extract::State;
use domain::catalog::{Service, create_service};
use domain::journal::{Entry, Fact};
use domain::{Context, Decision, Refusal, ServiceId};
use infra::{Consistency, Fault, Mutation, Store, fingerprint, settle};

use super::{ServiceBody, ServiceView};
use crate::App;
use crate::edge::{Answer, Caller, Json, OptionalKey, Problem, Problems, Right, fresh_or_derived};

struct Create {
    id: ServiceId,
    body: ServiceBody,
    context: Context,
}

/// Adds a service. With an Idempotency-Key, a repeated request adds it once.
#[utoipa::path(post, path = "/v1/services", tag = "catalog", request_body = ServiceBody,
    params(("Idempotency-Key" = Option<String>, Header, description = "The same for a repeated request")),
    responses((status = 201, body = ServiceView), Problems))]
pub(crate) async fn create(
    State(app): State<App>,
    caller: Caller,
    OptionalKey(key): OptionalKey,
    Json(body): Json<ServiceBody>,
) -> Result<Answer<ServiceView>, Problem> {
    caller.may(Right::EditCatalog)?;
    let context = app.context(&caller, fingerprint("create-service", &body)?)?;
    let id = fresh_or_derived(
        key.as_ref(),
        "service",
        &context,
        ServiceId::new,
        ServiceId::from_bytes,
    )?;
    let settled = settle(&app.store, &Create { id, body, context }).await?;
    let service = settled
        .entry
        .as_ref()
        .and_then(saved)
        .ok_or(Refusal::ServiceNotFound(id))?;
    let version = service.version;
    Ok(Answer::created(service.into())
        .version(version)
        .replayed(settled.replayed))
}

/// The service that an entry put.
pub(super) fn saved(entry: &Entry) -> Option<Service> {
    if let Fact::ServiceSaved(service) = &entry.fact {
        Some(service.clone())
    } else {
        None
    }
}

impl Mutation for Create {
    type State = Option<Entry>;

    async fn load(&self, store: &Store, consistency: Consistency) -> Result<Self::State, Fault> {
        Ok(store
            .service_and_entry(&self.context.business, self.id, 1, consistency)
            .await?
            .1)
    }

    fn repeated<'s>(&self, entry: &'s Self::State) -> Result<Option<&'s Entry>, Refusal> {
        self.context.repeated(entry.as_ref())
    }

    fn decide(&self, _: &Self::State) -> Result<Option<Decision>, Refusal> {
        Ok(Some(create_service(
            self.body.clone().into(),
            self.id,
            &self.context,
        )))
    }
}
