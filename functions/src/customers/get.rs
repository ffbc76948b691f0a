//! Reading a customer.

use axum::extract::State;
use domain::{CustomerId, Refusal};
use infra::Consistency;

use super::ProfileView;
use crate::App;
use crate::edge::{Answer, Caller, Path, Problem, Problems, Right};

/// A customer; with a customer's token, oneself.
#[utoipa::path(get, path = "/v1/customers/{id}", tag = "customers",
    params(("id" = String, Path, description = "The customer")),
    responses((status = 200, body = ProfileView), Problems))]
pub(crate) async fn get(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<CustomerId>,
) -> Result<Answer<ProfileView>, Problem> {
    caller.may(Right::ReadCustomers)?;
    profile(&app, &caller, id).await
}

/// A customer as the caller may see them.
pub(super) async fn profile(
    app: &App,
    caller: &Caller,
    id: CustomerId,
) -> Result<Answer<ProfileView>, Problem> {
    let member = app
        .store
        .member(&caller.business, id, Consistency::Strong)
        .await?;
    caller.may_see(member.customer.as_ref())?;
    let customer = member.customer.ok_or(Refusal::CustomerNotFound)?;
    let version = customer.version;
    Ok(Answer::ok(ProfileView::of(customer, &member.packages)).version(version))
}
