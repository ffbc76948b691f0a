//! Taking a mandate back.

use axum::extract::State;
use domain::customers::remove_mandate as decide;
use domain::journal::Entry;
use domain::{Context, CustomerId, Decision, Refusal};
use infra::{Consistency, Fault, MandateState, Mutation, Store, fingerprint, settle};

use super::CustomerMandateView;
use crate::App;
use crate::edge::{Answer, Caller, Path, Problem, Problems, Right};

struct Remove {
    customer: CustomerId,
    context: Context,
}

/// Takes a customer's mandate back: nothing of it is kept, and nothing is collected any more. Doing it
/// again changes nothing.
#[utoipa::path(delete, path = "/v1/customers/{id}/mandate", tag = "collections",
    params(("id" = String, Path, description = "The customer")),
    responses((status = 200, body = CustomerMandateView), Problems))]
pub(crate) async fn remove(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<CustomerId>,
) -> Result<Answer<CustomerMandateView>, Problem> {
    caller.may(Right::EditMandates)?;
    let remove = Remove {
        customer: id,
        context: app.context(&caller, fingerprint("remove-mandate", &id)?)?,
    };
    let settled = settle(&app.store, &remove).await?;
    Ok(CustomerMandateView::answer(id, None).replayed(settled.replayed))
}

impl Mutation for Remove {
    type State = MandateState;

    const STRONG: bool = true;

    /// That there is none is said only by a strongly consistent read.
    async fn load(&self, store: &Store, _: Consistency) -> Result<Self::State, Fault> {
        let business = &self.context.business;
        store
            .mandate(business, self.customer, Consistency::Strong)
            .await
    }

    /// What is gone already needs no entry to be known again.
    fn repeated<'s>(&self, _: &'s Self::State) -> Result<Option<&'s Entry>, Refusal> {
        Ok(None)
    }

    fn decide(&self, state: &Self::State) -> Result<Option<Decision>, Refusal> {
        decide(
            state.customer.as_ref(),
            state.record.as_ref(),
            &self.context,
        )
    }
}
