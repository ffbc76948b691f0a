//! Adding a customer.

use axum::extract::State;
use domain::customers::{Customer, CustomerDetails, create as decide};
use domain::journal::Entry;
use domain::{
    Context, CustomerId, Decision, Email, Fingerprint, IdempotencyKey, Instant, Name, Phone, Put,
    Refusal,
};
use infra::{Consistency, Fault, Mutation, Store, fingerprint, fresh_salt, settle};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::CustomerView;
use super::salted::Salted;
use crate::App;
use crate::edge::{
    Answer, Caller, Conflict, Json, OptionalKey, Problem, Problems, Right, fresh_or_derived,
};

/// What is sent to add a customer.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CustomerBody {
    /// Their name.
    #[schema(value_type = String, max_length = 120, example = "Ayşe Yılmaz")]
    name: Name,
    /// Their e-mail address; one customer of a business per address.
    #[schema(value_type = Option<String>, example = "ayse@example.com")]
    email: Option<Email>,
    /// Their phone number.
    #[schema(value_type = Option<String>, example = "+90 532 000 00 00")]
    phone: Option<Phone>,
}

struct Create {
    id: CustomerId,
    details: CustomerDetails,
    /// The record's, unless it is there.
    salt: Fingerprint,
    context: Context,
    told_at: Option<Instant>,
}

/// Adds a customer. With an Idempotency-Key, a repeated request adds them once and answers with the
/// record as it is now: the journal, which rebuilds other answers, holds no personal data.
#[utoipa::path(post, path = "/v1/customers", tag = "customers", request_body = CustomerBody,
    params(("Idempotency-Key" = Option<String>, Header, description = "The same for a repeated request")),
    responses((status = 201, body = CustomerView), Problems, Conflict))]
pub(crate) async fn create(
    State(app): State<App>,
    caller: Caller,
    OptionalKey(key): OptionalKey,
    Json(body): Json<CustomerBody>,
) -> Result<Answer<CustomerView>, Problem> {
    caller.may(Right::EditCustomers)?;
    let details = CustomerDetails {
        name: body.name,
        email: body.email,
        phone: body.phone,
    };
    let (customer, replayed) = enter(&app, &caller, key.as_ref(), details).await?;
    let version = customer.version;
    Ok(Answer::created(customer.into())
        .version(version)
        .replayed(replayed))
}

/// Adds a customer, with a key once; the record, and whether it was added before.
///
/// # Errors
/// `idempotency-key-reused`, `email-taken`.
pub(crate) async fn enter(
    app: &App,
    caller: &Caller,
    key: Option<&IdempotencyKey>,
    details: CustomerDetails,
) -> Result<(Customer, bool), Problem> {
    let CustomerDetails { name, email, phone } = &details;
    let content = CustomerBody {
        name: name.clone(),
        email: email.clone(),
        phone: phone.clone(),
    };
    let content = fingerprint("create-customer", &content)?;
    let context = app.context(caller, content)?;
    let id = fresh_or_derived(
        key,
        "customer",
        &context,
        CustomerId::new,
        CustomerId::from_bytes,
    )?;
    let create = Create {
        id,
        details,
        salt: fresh_salt()?,
        context,
        told_at: caller.told_at,
    };
    let settled = settle(&app.store, &create).await?;
    let customer = if settled.replayed {
        app.store
            .customer(&caller.business, id, Consistency::Strong)
            .await?
    } else {
        create
            .decide(&settled.state)?
            .as_ref()
            .and_then(super::create::put)
    };
    let customer = customer.ok_or(Refusal::CustomerNotFound)?;
    Ok((customer, settled.replayed))
}

/// The customer that a decision puts.
pub(crate) fn put(decision: &Decision) -> Option<Customer> {
    decision.puts.iter().find_map(|put| {
        if let Put::Customer { after, .. } = put {
            return Some(after.clone());
        }
        None
    })
}

impl Mutation for Create {
    type State = Salted;

    async fn load(&self, store: &Store, consistency: Consistency) -> Result<Self::State, Fault> {
        let email = self.details.email.as_ref();
        let identity = store.identity(&self.context.business, self.id, email, 1, consistency);
        Salted::of(identity.await?, &self.context, &self.salt)
    }

    fn repeated<'s>(&self, state: &'s Self::State) -> Result<Option<&'s Entry>, Refusal> {
        state.context.repeated(state.identity.entry.as_ref())
    }

    fn decide(&self, state: &Self::State) -> Result<Option<Decision>, Refusal> {
        let made = (self.id, self.salt.clone());
        let holder = state.identity.holder;
        let created = decide(self.details.clone(), holder, made, &state.context)?;
        Ok(Some(created.told(self.told_at)))
    }
}
