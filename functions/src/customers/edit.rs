//! Editing a customer.

use axum::extract::State;
use domain::customers::{CustomerEdit, edit as decide};
use domain::journal::Entry;
use domain::{Context, CustomerId, Decision, Email, Name, Phone, Refusal};
use infra::{Consistency, Fault, Identity, Mutation, Store, fingerprint, settle};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

use super::CustomerView;
use super::create::put;
use crate::App;
use crate::edge::{Answer, Caller, IfMatch, Json, Path, Problem, Problems, Right};

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

/// Tells a null from a field that was left out.
fn sent<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(deserializer).map(Some)
}

struct Edit {
    id: CustomerId,
    expected: u64,
    edit: CustomerEdit,
    context: Context,
}

/// Edits a customer.
#[utoipa::path(patch, path = "/v1/customers/{id}", tag = "customers", request_body = CustomerPatch,
    params(("id" = String, Path, description = "The customer"),
        ("If-Match" = String, Header, description = "The ETag of the version read")),
    responses((status = 200, body = CustomerView), Problems))]
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
    type State = Identity;

    async fn load(&self, store: &Store, consistency: Consistency) -> Result<Self::State, Fault> {
        let email = self.edit.email.as_ref().and_then(Option::as_ref);
        let version = self.expected + 1;
        store
            .identity(&self.context.business, self.id, email, version, consistency)
            .await
    }

    fn repeated<'s>(&self, state: &'s Self::State) -> Result<Option<&'s Entry>, Refusal> {
        Ok(self.context.repeated_edit(state.entry.as_ref()))
    }

    fn decide(&self, state: &Self::State) -> Result<Option<Decision>, Refusal> {
        let present = state.customer.as_ref().ok_or(Refusal::CustomerNotFound)?;
        decide(
            present,
            self.edit.clone(),
            state.holder,
            self.expected,
            &self.context,
        )
        .map(Some)
    }
}
