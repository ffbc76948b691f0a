//! Binding one's account to the record that staff created.

use axum::extract::State;
use domain::customers::{Customer, claim as decide};
use domain::journal::Entry;
use domain::{Context, Decision, Email, Instant, Refusal};
use infra::{Consistency, Fault, Mutation, Store, fresh_salt, settle};

use super::CustomerView;
use super::create::put;
use crate::App;
use crate::edge::{Answer, Caller, Conflict, Missing, Problem, Problems, Right};

struct Claim {
    email: Email,
    context: Context,
    told_at: Option<Instant>,
}

/// Binds this account to the customer with its verified e-mail address; the first account that asks
/// gets it.
#[utoipa::path(post, path = "/v1/me/claim", tag = "customers",
    responses((status = 200, body = CustomerView), Problems, Missing, Conflict))]
pub(crate) async fn claim(
    State(app): State<App>,
    caller: Caller,
) -> Result<Answer<CustomerView>, Problem> {
    caller.may(Right::Claim)?;
    let email = caller
        .verified_email
        .clone()
        .ok_or(Refusal::EmailUnverified)?;
    let (customer, replayed) = bind(&app, &caller, email).await?;
    let version = customer.version;
    Ok(Answer::ok(customer.into())
        .version(version)
        .replayed(replayed))
}

/// Binds the caller's account to the customer with this verified address; the customer, and whether the
/// account was bound before.
///
/// # Errors
/// `nothing-to-claim`, `already-claimed`.
pub(crate) async fn bind(
    app: &App,
    caller: &Caller,
    email: Email,
) -> Result<(Customer, bool), Problem> {
    let context = app.context(caller, fresh_salt()?)?;
    let claim = Claim {
        email,
        context,
        told_at: caller.told_at,
    };
    let settled = settle(&app.store, &claim).await?;
    let customer = match claim.decide(&settled.state)? {
        Some(decision) => put(&decision),
        None => settled.state.found,
    };
    let customer = customer.ok_or(Refusal::NothingToClaim)?;
    Ok((customer, settled.replayed))
}

pub(crate) struct Found {
    /// Whom the account is bound to already.
    own: bool,
    found: Option<Customer>,
}

impl Mutation for Claim {
    type State = Found;

    /// An account that is bound already stays with its record, whatever its address is by now.
    async fn load(&self, store: &Store, consistency: Consistency) -> Result<Self::State, Fault> {
        let (business, account) = (&self.context.business, &self.context.actor.id);
        let (own, holder) = tokio::join!(
            store.customer_of_account(business, account, consistency),
            store.holder_of_email(business, &self.email, consistency),
        );
        let (own, holder) = (own?, holder?);
        let found = match own.or(holder) {
            Some(id) => store.customer(business, id, consistency).await?,
            None => None,
        };
        Ok(Found {
            own: own.is_some(),
            found,
        })
    }

    fn repeated<'s>(&self, _: &'s Self::State) -> Result<Option<&'s Entry>, Refusal> {
        Ok(None)
    }

    fn decide(&self, state: &Self::State) -> Result<Option<Decision>, Refusal> {
        if state.own {
            Ok(None)
        } else {
            let claimed = decide(state.found.as_ref(), &self.email, &self.context)?;
            Ok(claimed.map(|claimed| claimed.told(self.told_at)))
        }
    }
}
