//! Who calls, from the verified claims and nothing else.

use std::collections::HashMap;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use domain::customers::Customer;
use domain::{Actor, ActorId, BusinessId, Cause, CustomerId, Email, Instant, Refusal, Role};
use infra::{Consistency, Fault, Store};
use lambda_http::request::RequestContext;

use super::Problem;

/// The caller of a request, as the authorizer verified them.
#[derive(Debug, Clone)]
pub struct Caller {
    /// Their business: every key is built from it.
    pub business: BusinessId,
    /// Who they are and the part they play.
    pub actor: Actor,
    /// What a machine may do.
    pub(super) scopes: Scopes,
    /// Their address, if it is verified.
    pub verified_email: Option<Email>,
    /// This request.
    pub cause: Cause,
    /// When it happened in another system that tells of it.
    pub(crate) told_at: Option<Instant>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Scopes {
    pub(super) read: bool,
    pub(super) write: bool,
}

impl Caller {
    /// Another system that told of something: its bus is trusted to say which business it is about.
    pub(crate) fn system(
        business: BusinessId,
        id: ActorId,
        cause: Cause,
        told_at: Instant,
    ) -> Self {
        Self {
            business,
            actor: Actor {
                id,
                role: Role::Machine,
            },
            scopes: Scopes {
                read: true,
                write: true,
            },
            verified_email: None,
            cause,
            told_at: Some(told_at),
        }
    }

    /// Whether a record may be touched by this caller: staff any of the business's, a customer
    /// their own.
    pub fn owns(&self, customer: Option<&Customer>) -> bool {
        match self.actor.role {
            Role::Owner | Role::Staff | Role::Sales | Role::Machine => true,
            Role::Customer => {
                customer.is_some_and(|customer| customer.account.as_ref() == Some(&self.actor.id))
            }
        }
    }

    /// # Errors
    /// `customer-not-found` for no record, and for a customer's token on one that is not theirs, as
    /// if it did not exist.
    pub fn may_see(&self, customer: Option<&Customer>) -> Result<(), Refusal> {
        if customer.is_some() && self.owns(customer) {
            Ok(())
        } else {
            Err(Refusal::CustomerNotFound)
        }
    }

    /// The customer this account is.
    ///
    /// # Errors
    /// `not-claimed` (404) before the account has claimed its record.
    pub async fn own_customer(&self, store: &Store) -> Result<CustomerId, Problem> {
        self.bound_to(store).await?.ok_or_else(|| {
            Problem::new(
                404,
                "not-claimed",
                "this account is not bound to a customer yet: POST /v1/me/claim first",
            )
        })
    }

    async fn bound_to(&self, store: &Store) -> Result<Option<CustomerId>, Fault> {
        let find =
            |consistency| store.customer_of_account(&self.business, &self.actor.id, consistency);
        match find(Consistency::Eventual).await? {
            Some(customer) => Ok(Some(customer)),
            None => find(Consistency::Strong).await,
        }
    }

    /// Whether something of `customer` may be touched by this caller: staff anything of the
    /// business, a customer their own.
    ///
    /// # Errors
    /// `refusal`, which says that it does not exist.
    pub async fn must_own(
        &self,
        customer: CustomerId,
        store: &Store,
        refusal: Refusal,
    ) -> Result<(), Problem> {
        match self.actor.role {
            Role::Owner | Role::Staff | Role::Sales | Role::Machine => Ok(()),
            Role::Customer if self.bound_to(store).await? == Some(customer) => Ok(()),
            Role::Customer => Err(refusal.into()),
        }
    }

    /// The customer a request is about: the one it names, or for a customer's token their own.
    ///
    /// # Errors
    /// `customer-required` (422) when staff name none, and those of [`Caller::own_customer`].
    pub async fn customer_or_own(
        &self,
        named: Option<CustomerId>,
        store: &Store,
    ) -> Result<CustomerId, Problem> {
        match (named, self.actor.role) {
            (Some(customer), _) => Ok(customer),
            (None, Role::Customer) => self.own_customer(store).await,
            (None, Role::Owner | Role::Staff | Role::Sales | Role::Machine) => Err(Problem::new(
                422,
                "customer-required",
                "customer_id is missing: say which customer this is for",
            )),
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let unauthorized = || {
            Problem::new(
                401,
                "unauthorized",
                "the request carries no verified token: sign in again",
            )
        };
        let Some(RequestContext::ApiGatewayV2(context)) = parts.extensions.get::<RequestContext>()
        else {
            return Err(unauthorized());
        };
        let jwt = context
            .authorizer
            .as_ref()
            .and_then(|authorizer| authorizer.jwt.as_ref());
        let jwt = jwt.ok_or_else(unauthorized)?;
        let cause = context.request_id.as_deref().unwrap_or("unknown").parse();
        let scopes = jwt.scopes.clone().unwrap_or_default();
        let mut caller = caller(&jwt.claims, &scopes)?;
        if let Ok(cause) = cause {
            caller.cause = cause;
        }
        Ok(caller)
    }
}

fn caller(claims: &HashMap<String, String>, scopes: &[String]) -> Result<Caller, Problem> {
    let claim = |name: &str| claims.get(name).map(String::as_str);
    let id: ActorId = claim("sub").unwrap_or_default().parse().map_err(|_| {
        Problem::new(
            401,
            "unauthorized",
            "the token names no subject: sign in again",
        )
    })?;
    let business: BusinessId = claim("custom:business_id")
        .unwrap_or_default()
        .parse()
        .map_err(|_| {
            Problem::new(
                403,
                "no-business",
                "the token names no business: ask for an account of one, and send its ID token",
            )
        })?;
    let scopes = scopes_of(claim("scope").unwrap_or_default(), scopes);
    let role = role_of(claim("cognito:groups").unwrap_or_default(), scopes);
    let verified = claim("email_verified") == Some("true");
    let email = claim("email")
        .filter(|_| verified)
        .and_then(|email| email.parse().ok());
    let cause: Cause = "unknown".parse().map_err(|_| {
        Problem::new(
            401,
            "unauthorized",
            "the request cannot be traced: send it again",
        )
    })?;
    Ok(Caller {
        business,
        actor: Actor { id, role },
        scopes,
        verified_email: email,
        cause,
        told_at: None,
    })
}

fn scopes_of(claim: &str, listed: &[String]) -> Scopes {
    let has =
        |scope: &str| claim.split(' ').any(|s| s == scope) || listed.iter().any(|s| s == scope);
    Scopes {
        read: has("carnet/read"),
        write: has("carnet/write"),
    }
}

/// The strongest group. API Gateway renders a list claim as `[owner staff]`.
fn role_of(groups: &str, scopes: Scopes) -> Role {
    let groups = groups.trim_start_matches('[').trim_end_matches(']');
    let member = |name: &str| groups.split([' ', ',']).any(|group| group == name);
    if member("owner") {
        Role::Owner
    } else if member("staff") {
        Role::Staff
    } else if member("sales") {
        Role::Sales
    } else if scopes != Scopes::default() {
        Role::Machine
    } else {
        Role::Customer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(claims: &[(&str, &str)]) -> Result<(Role, bool), &'static str> {
        let claims = claims
            .iter()
            .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
            .collect();
        let caller = caller(&claims, &[]).map_err(|problem| problem.code())?;
        Ok((caller.actor.role, caller.verified_email.is_some()))
    }

    #[test]
    fn the_role_is_the_strongest_group_then_scopes_then_customer() {
        let base = [("sub", "s"), ("custom:business_id", "gul")];
        for (claim, value, role) in [
            ("cognito:groups", "[sales owner]", Role::Owner),
            ("cognito:groups", "[sales staff]", Role::Staff),
            ("cognito:groups", "sales", Role::Sales),
            ("cognito:groups", "[owners]", Role::Customer),
            ("scope", "openid carnet/read", Role::Machine),
            ("scope", "carnet/reads", Role::Customer),
        ] {
            let claims = [base[0], base[1], (claim, value)];
            assert_eq!(check(&claims), Ok((role, false)), "{value}");
        }
    }

    #[test]
    fn a_token_without_subject_or_business_is_nobody() {
        assert_eq!(check(&[("custom:business_id", "gul")]), Err("unauthorized"));
        assert_eq!(check(&[("sub", "s")]), Err("no-business"));
        assert_eq!(
            check(&[("sub", "s"), ("custom:business_id", "a#b")]),
            Err("no-business")
        );
    }

    #[test]
    fn only_a_verified_address_counts() {
        let base = [
            ("sub", "s"),
            ("custom:business_id", "gul"),
            ("email", "ana@example.com"),
        ];
        let with = |verified| check(&[base[0], base[1], base[2], ("email_verified", verified)]);
        assert_eq!(with("true"), Ok((Role::Customer, true)));
        assert_eq!(with("false"), Ok((Role::Customer, false)));
        assert_eq!(check(&base), Ok((Role::Customer, false)));
    }
}
