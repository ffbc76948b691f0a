//! Erasing a person.

use axum::extract::State;
use domain::customers::{Customer, erase as decide};
use domain::journal::Entry;
use domain::{Context, CustomerId, Decision, Refusal};
use infra::{Consistency, Fault, Mutation, Store, fingerprint, settle};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::CustomerView;
use super::create::put;
use crate::App;
use crate::edge::{Answer, Caller, Json, Path, Problem, Problems, Right};

/// What keeps a person from being erased by a slip.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ErasureBody {
    /// The same customer once more.
    #[schema(value_type = String, example = "cus_01JD2Y3Z4A5B6C7D8E9F0G1H2J")]
    confirm: CustomerId,
}

struct Erase {
    id: CustomerId,
    context: Context,
}

/// Erases the person behind a customer, for good: name, address, number, account and mandate, and what
/// was written in their opportunities, the activities and quotes of these. The id, packages, bookings and
/// journal stay, so that every total does; nothing new can be agreed with the customer. Bookings to come
/// and units that are left do not hold it up. Erasing twice is erasing once; after a 503, send it again.
#[utoipa::path(post, path = "/v1/customers/{id}/erase", tag = "customers", request_body = ErasureBody,
    params(("id" = String, Path, description = "The customer")),
    responses((status = 200, body = CustomerView), Problems))]
pub(crate) async fn erase(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<CustomerId>,
    Json(body): Json<ErasureBody>,
) -> Result<Answer<CustomerView>, Problem> {
    caller.may(Right::EraseCustomers)?;
    if body.confirm != id {
        return Err(Problem::new(
            422,
            "erasure-unconfirmed",
            "confirm is not the customer of the path: send the id of whom you mean to erase",
        ));
    }
    let context = app.context(&caller, fingerprint("erase-customer", &id)?)?;
    let erase = Erase { id, context };
    let settled = settle(&app.store, &erase).await?;
    let customer = match erase.decide(&settled.state)? {
        Some(decision) => put(&decision),
        None => settled.state,
    };
    let customer = customer.ok_or(Refusal::CustomerNotFound)?;
    // After the entry: from then on nothing new is opened. What a lost answer leaves, the next one does.
    app.store.erase_texts(&caller.business, id).await?;
    let version = customer.version;
    Ok(Answer::ok(customer.into())
        .version(version)
        .replayed(settled.replayed))
}

impl Mutation for Erase {
    type State = Option<Customer>;

    async fn load(&self, store: &Store, consistency: Consistency) -> Result<Self::State, Fault> {
        store
            .customer(&self.context.business, self.id, consistency)
            .await
    }

    fn repeated<'s>(&self, _: &'s Self::State) -> Result<Option<&'s Entry>, Refusal> {
        Ok(None)
    }

    fn decide(&self, state: &Self::State) -> Result<Option<Decision>, Refusal> {
        decide(state.as_ref(), &self.context)
    }
}
