//! Editing a customer.

use axum::extract::State;
use domain::customers::{CustomerEdit, edit as decide};
use domain::journal::Entry;
use domain::{Context, CustomerId, Decision, Email, Fingerprint, Name, Phone, Refusal};
use infra::{Consistency, Fault, Identity, Mutation, Store, fingerprint, fresh_salt, settle};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

use super::CustomerView;
use super::create::put;
use super::salted::Salted;
use crate::App;
use crate::edge::{Answer, Caller, Conflict, IfMatch, Json, Path, Problem, Problems, Right, sent};

/// The fields to change: one left out stays, a null clears it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CustomerPatch {
    /// Their name.
    #[serde(
        default,
        deserialize_with = "named",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<String>, max_length = 120)]
    name: Option<Name>,
    /// Their e-mail address.
    #[serde(
        default,
        deserialize_with = "sent",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<String>)]
    email: Option<Option<Email>>,
    /// Their phone number.
    #[serde(
        default,
        deserialize_with = "sent",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<String>)]
    phone: Option<Option<Phone>>,
}

/// A name can be changed but not cleared.
fn named<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Name>, D::Error> {
    Name::deserialize(deserializer).map(Some)
}

struct Edit {
    id: CustomerId,
    expected: u64,
    edit: CustomerEdit,
    /// In place of the record's, if it has none any more.
    salt: Fingerprint,
    context: Context,
}

/// Edits a customer.
#[utoipa::path(patch, path = "/v1/customers/{id}", tag = "customers", request_body = CustomerPatch,
    params(("id" = String, Path, description = "The customer"),
        ("If-Match" = String, Header, description = "The ETag of the version read")),
    responses((status = 200, body = CustomerView), Problems, Conflict))]
pub(crate) async fn edit(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<CustomerId>,
    if_match: IfMatch,
    Json(body): Json<CustomerPatch>,
) -> Result<Answer<CustomerView>, Problem> {
    caller.may(Right::EditCustomers)?;
    let expected = if_match.required()?;
    let context = app.context(
        &caller,
        fingerprint("edit-customer", &(id, expected, &body))?,
    )?;
    let edit = CustomerEdit {
        name: body.name,
        email: body.email,
        phone: body.phone,
    };
    let edit = Edit {
        id,
        expected,
        edit,
        salt: fresh_salt()?,
        context,
    };
    let settled = settle(&app.store, &edit).await?;
    let customer = if settled.replayed {
        app.store
            .customer(&caller.business, id, Consistency::Strong)
            .await?
    } else {
        edit.decide(&settled.state)?.as_ref().and_then(put)
    };
    let customer = customer.ok_or(Refusal::CustomerNotFound)?;
    let version = customer.version;
    Ok(Answer::ok(customer.into())
        .version(version)
        .replayed(settled.replayed))
}

impl Mutation for Edit {
    type State = Salted;

    async fn load(&self, store: &Store, consistency: Consistency) -> Result<Self::State, Fault> {
        let email = self.edit.email.as_ref().and_then(Option::as_ref);
        let (business, version) = (&self.context.business, self.expected + 1);
        let identity = store.identity(business, self.id, email, version, consistency);
        Salted::of(identity.await?, &self.context, &self.salt)
    }

    fn repeated<'s>(&self, state: &'s Self::State) -> Result<Option<&'s Entry>, Refusal> {
        let entry = state.identity.entry.as_ref();
        Ok(state.context.repeated_edit(entry))
    }

    fn decide(&self, state: &Self::State) -> Result<Option<Decision>, Refusal> {
        let Identity {
            customer, holder, ..
        } = &state.identity;
        let present = customer.as_ref().ok_or(Refusal::CustomerNotFound)?;
        let edit = self.edit.clone();
        decide(present, edit, *holder, self.expected, &state.context).map(Some)
    }
}
