//! Reading a customer's wallet.

use axum::extract::State;
use domain::{CustomerId, Instant};
use infra::{Consistency, Member, MemberAsOf};
use serde::Deserialize;
use utoipa::IntoParams;

use super::WalletView;
use crate::App;
use crate::edge::{Answer, Caller, Invalid, Path, Problem, Problems, Query, Right, Timestamp};

/// When the wallet is looked at.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct WalletQuery {
    /// The wallet as it was at this instant; as it is if left out.
    #[param(value_type = Option<String>, format = DateTime)]
    as_of: Option<Timestamp>,
}

/// Everything a customer holds, now or as of an instant; with a customer's token, one's own.
#[utoipa::path(get, path = "/v1/customers/{id}/wallet", tag = "wallet",
    params(("id" = String, Path, description = "The customer"), WalletQuery),
    responses((status = 200, body = WalletView), Problems, Invalid))]
pub(crate) async fn customer_wallet(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<CustomerId>,
    Query(query): Query<WalletQuery>,
) -> Result<Answer<WalletView>, Problem> {
    caller.may(Right::ReadWallet)?;
    wallet(&app, &caller, id, &query).await
}

/// The wallet as the caller may see it.
pub(super) async fn wallet(
    app: &App,
    caller: &Caller,
    id: CustomerId,
    query: &WalletQuery,
) -> Result<Answer<WalletView>, Problem> {
    let now = app.clock.now();
    match query.as_of {
        None => present(app, caller, id, now).await,
        Some(Timestamp(at)) if at <= now => as_of(app, caller, id, at).await,
        Some(_) => Err(Problem::new(
            422,
            "as-of-in-future",
            "as_of lies ahead: give an instant that has passed, or leave it out",
        )),
    }
}

/// A customer who is not there yet for an eventually consistent read is looked for once more.
async fn present(
    app: &App,
    caller: &Caller,
    id: CustomerId,
    now: Instant,
) -> Result<Answer<WalletView>, Problem> {
    let mut member = app
        .store
        .member(&caller.business, id, Consistency::Eventual)
        .await?;
    if caller.may_see(member.customer.as_ref()).is_err() {
        member = app
            .store
            .member(&caller.business, id, Consistency::Strong)
            .await?;
    }
    caller.may_see(member.customer.as_ref())?;
    let Member {
        packages, shared, ..
    } = member;
    Ok(Answer::ok(WalletView::of(id, &packages, &shared, now)))
}

/// Folded from the journal's entries until then.
async fn as_of(
    app: &App,
    caller: &Caller,
    id: CustomerId,
    at: Instant,
) -> Result<Answer<WalletView>, Problem> {
    let (customer, member) = tokio::join!(
        app.store
            .customer(&caller.business, id, Consistency::Strong),
        app.store.member_as_of(&caller.business, id, at),
    );
    caller.may_see(customer?.as_ref())?;
    let MemberAsOf { packages, shared } = member?;
    Ok(Answer::ok(WalletView::of(id, &packages, &shared, at)))
}
