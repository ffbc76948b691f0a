//! Setting a customer's mandate.

use axum::extract::State;
use chrono::NaiveDate;
use domain::customers::{MandateRecord, save_mandate as decide};
use domain::journal::Entry;
use domain::sepa::{Bic, Iban, Mandate, MandateReference};
use domain::{Context, CustomerId, Decision, Name, Put, Refusal};
use infra::{Consistency, Fault, MandateState, Mutation, Store, fresh_salt, settle};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::CustomerMandateView;
use crate::App;
use crate::edge::{Answer, Caller, Conflict, IfMatch, Json, Path, Problem, Problems, Right};

/// A mandate as the customer signed it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MandateBody {
    /// What it is called on the paper: 1 to 35 letters, digits or any of `/ - ? : ( ) . , ' +`.
    #[schema(value_type = String, max_length = 35, example = "M-2026-0001")]
    reference: MandateReference,
    /// The account, which SEPA must reach.
    #[schema(value_type = String, example = "DE89 3704 0044 0532 0130 00")]
    iban: Iban,
    /// Its bank; may be left out within the European Economic Area.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, example = "COBADEFFXXX")]
    bic: Option<Bic>,
    /// Who holds the account; not always the customer.
    #[schema(value_type = String, max_length = 120, example = "Jürgen Groß")]
    holder: Name,
    /// The day it was signed, today or earlier.
    #[schema(value_type = String, format = Date, example = "2026-11-20")]
    signed_on: NaiveDate,
}

struct Save {
    customer: CustomerId,
    wanted: Mandate,
    expected: Option<u64>,
    context: Context,
}

/// Sets a customer's mandate: without If-Match where there is none, else with the ETag of the one that
/// was read. One of another reference begins anew: its first collection is a first one.
#[utoipa::path(put, path = "/v1/customers/{id}/mandate", tag = "collections", request_body = MandateBody,
    params(("id" = String, Path, description = "The customer"),
        ("If-Match" = Option<String>, Header, description = "The ETag of the mandate read; left out where there is none")),
    responses((status = 200, body = CustomerMandateView), Problems, Conflict))]
pub(crate) async fn put(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<CustomerId>,
    IfMatch(expected): IfMatch,
    Json(body): Json<MandateBody>,
) -> Result<Answer<CustomerMandateView>, Problem> {
    caller.may(Right::EditMandates)?;
    // What is there already is known again by itself: the journal needs no digest of an account.
    let context = app.context(&caller, fresh_salt()?)?;
    let save = Save {
        customer: id,
        wanted: Mandate {
            reference: body.reference,
            iban: body.iban,
            bic: body.bic,
            holder: body.holder,
            signed_on: body.signed_on,
        },
        expected,
        context,
    };
    let settled = settle(&app.store, &save).await?;
    let record = if settled.replayed {
        let state = app.store.mandate(&caller.business, id, Consistency::Strong);
        state.await?.record
    } else {
        save.decide(&settled.state)?.as_ref().and_then(saved)
    };
    Ok(CustomerMandateView::answer(id, record).replayed(settled.replayed))
}

/// The record that a decision puts.
fn saved(decision: &Decision) -> Option<MandateRecord> {
    decision.puts.iter().find_map(|put| {
        let Put::Mandate(_, record) = put else {
            return None;
        };
        Some(record.clone())
    })
}

impl Mutation for Save {
    type State = MandateState;

    async fn load(&self, store: &Store, consistency: Consistency) -> Result<Self::State, Fault> {
        let business = &self.context.business;
        store.mandate(business, self.customer, consistency).await
    }

    /// What is there already needs no entry to be known again.
    fn repeated<'s>(&self, _: &'s Self::State) -> Result<Option<&'s Entry>, Refusal> {
        Ok(None)
    }

    fn decide(&self, state: &Self::State) -> Result<Option<Decision>, Refusal> {
        decide(
            state.customer.as_ref(),
            state.record.as_ref(),
            self.wanted.clone(),
            self.expected,
            &self.context,
        )
    }
}
