//! Reading a customer's mandate.

use axum::extract::State;
use domain::{CustomerId, Refusal};
use infra::Consistency;

use super::CustomerMandateView;
use crate::App;
use crate::edge::{Answer, Caller, Path, Problem, Problems, Right};

/// A customer's mandate, the account in part only.
#[utoipa::path(get, path = "/v1/customers/{id}/mandate", tag = "collections",
    params(("id" = String, Path, description = "The customer")),
    responses((status = 200, body = CustomerMandateView), Problems))]
pub(crate) async fn get(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<CustomerId>,
) -> Result<Answer<CustomerMandateView>, Problem> {
    caller.may(Right::EditMandates)?;
    let state = app.store.mandate(&caller.business, id, Consistency::Strong);
    let state = state.await?;
    state.customer.ok_or(Refusal::CustomerNotFound)?;
    Ok(CustomerMandateView::answer(id, state.record))
}
