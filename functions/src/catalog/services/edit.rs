//! Editing a service.

use axum::extract::State;
use domain::catalog::{Service, edit_service};
use domain::journal::Entry;
use domain::{Context, Decision, Refusal, ServiceId};
use infra::{Consistency, Fault, Mutation, Store, fingerprint, settle};

use super::create::saved;
use super::{ServiceBody, ServiceView};
use crate::App;
use crate::edge::{Answer, Caller, IfMatch, Json, Path, Problem, Problems, Right};

struct Edit {
    id: ServiceId,
    expected: u64,
    body: ServiceBody,
    context: Context,
}

/// Edits a service. Bookings keep the price, and sold packages the name, that they were made with.
#[utoipa::path(put, path = "/v1/services/{id}", tag = "catalog", request_body = ServiceBody,
    params(("id" = String, Path, description = "The service"),
        ("If-Match" = String, Header, description = "The ETag of the version read")),
    responses((status = 200, body = ServiceView), Problems))]
pub(crate) async fn edit(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<ServiceId>,
    if_match: IfMatch,
    Json(body): Json<ServiceBody>,
) -> Result<Answer<ServiceView>, Problem> {
    caller.may(Right::EditCatalog)?;
    let expected = if_match.required()?;
    let context = app.context(
        &caller,
        fingerprint("edit-service", &(id, expected, &body))?,
    )?;
    let settled = settle(
        &app.store,
        &Edit {
            id,
            expected,
            body,
            context,
        },
    )
    .await?;
    let service = settled
        .entry
        .as_ref()
        .and_then(saved)
        .ok_or(Refusal::ServiceNotFound(id))?;
    let version = service.version;
    Ok(Answer::ok(service.into())
        .version(version)
        .replayed(settled.replayed))
}

impl Mutation for Edit {
    type State = (Option<Service>, Option<Entry>);

    async fn load(&self, store: &Store, consistency: Consistency) -> Result<Self::State, Fault> {
        store
            .service_and_entry(
                &self.context.business,
                self.id,
                self.expected + 1,
                consistency,
            )
            .await
    }

    fn repeated<'s>(&self, (_, entry): &'s Self::State) -> Result<Option<&'s Entry>, Refusal> {
        Ok(self.context.repeated_edit(entry.as_ref()))
    }

    fn decide(&self, (present, _): &Self::State) -> Result<Option<Decision>, Refusal> {
        let present = present.as_ref().ok_or(Refusal::ServiceNotFound(self.id))?;
        edit_service(
            present,
            self.body.clone().into(),
            self.expected,
            &self.context,
        )
        .map(Some)
    }
}
