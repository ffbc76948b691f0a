//! Tokens as the deployed API's issuer would give them, signed with a local key.

use std::fmt;

use chrono::{TimeDelta, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::Problem;

/// Who the tokens say they are from.
pub const ISSUER: &str = "https://carnet.invalid";
/// Whom the tokens are for.
pub const AUDIENCE: &str = "carnet-local";

/// Who someone is to a business.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// In the group `owner`.
    Owner,
    /// In the group `staff`.
    Staff,
    /// In the group `sales`.
    Sales,
    /// In no group.
    Customer,
    /// A system: in no group, with scopes.
    Machine,
}

/// What a token says. [`Claims::new`] fills in a valid one; every field can be set to what the gateway
/// should refuse.
#[derive(Debug, Clone, Serialize)]
pub struct Claims {
    /// Who it is.
    pub sub: String,
    /// Their e-mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Whether the issuer knows the address to be theirs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email_verified: Option<bool>,
    /// The business.
    #[serde(rename = "custom:business_id", skip_serializing_if = "Option::is_none")]
    pub business: Option<String>,
    /// The groups.
    #[serde(rename = "cognito:groups", skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<String>,
    /// The scopes, between spaces.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// The issuer.
    pub iss: String,
    /// The audience.
    pub aud: String,
    /// When it was issued, in seconds since 1970.
    pub iat: i64,
    /// When it ends, in seconds since 1970.
    pub exp: i64,
}

impl Claims {
    /// What a token of `role` in `business` says, valid for 30 days from now.
    pub fn new(role: Role, business: &str, sub: &str) -> Claims {
        let group = match role {
            Role::Owner => Some("owner"),
            Role::Staff => Some("staff"),
            Role::Sales => Some("sales"),
            Role::Customer | Role::Machine => None,
        };
        let now = Utc::now();
        Claims {
            sub: sub.to_owned(),
            email: None,
            email_verified: None,
            business: Some(business.to_owned()),
            groups: group.map(str::to_owned).into_iter().collect(),
            scope: (role == Role::Machine).then(|| "carnet/read carnet/write".to_owned()),
            iss: ISSUER.to_owned(),
            aud: AUDIENCE.to_owned(),
            iat: now.timestamp(),
            exp: (now + TimeDelta::days(30)).timestamp(),
        }
    }

    /// The same with a verified e-mail address.
    pub fn with_email(self, email: &str) -> Claims {
        Claims {
            email: Some(email.to_owned()),
            email_verified: Some(true),
            ..self
        }
    }
}

/// A token that the gateway does not accept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unauthorized;

/// Mints tokens, and verifies them as the deployed API's authorizer does.
#[derive(Clone)]
pub struct Tokens {
    secret: Vec<u8>,
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tokens")
    }
}

impl Tokens {
    /// Signs with `secret`.
    pub fn new(secret: impl Into<Vec<u8>>) -> Tokens {
        Tokens {
            secret: secret.into(),
        }
    }

    /// A signed token.
    ///
    /// # Errors
    /// [`Problem::System`] when signing fails.
    pub fn mint(&self, claims: &Claims) -> Result<String, Problem> {
        let key = EncodingKey::from_secret(&self.secret);
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), claims, &key).map_err(|error| {
            Problem::System {
                what: "signing a token",
                reason: error.to_string(),
            }
        })
    }

    /// The claims of a token that is signed with this key, for this audience, by this issuer and
    /// has not ended.
    ///
    /// # Errors
    /// [`Unauthorized`] for any other token.
    pub fn verify(&self, token: &str) -> Result<Map<String, Value>, Unauthorized> {
        let mut rules = Validation::new(Algorithm::HS256);
        rules.set_audience(&[AUDIENCE]);
        rules.set_issuer(&[ISSUER]);
        rules.set_required_spec_claims(&["exp", "iss", "aud"]);
        rules.validate_nbf = true;
        rules.leeway = 0;
        let key = DecodingKey::from_secret(&self.secret);
        jsonwebtoken::decode(token, &key, &rules)
            .map(|token| token.claims)
            .map_err(|_| Unauthorized)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_carries_its_role() {
        let tokens = Tokens::new("a key");
        let claims = Claims::new(Role::Staff, "gul", "someone").with_email("a@example.com");
        let read = tokens.verify(&tokens.mint(&claims).unwrap()).unwrap();
        assert_eq!(read["cognito:groups"], serde_json::json!(["staff"]));
        assert_eq!(read["custom:business_id"], "gul");
        assert_eq!(read["email_verified"], true);
        let machine = Claims::new(Role::Machine, "gul", "a system");
        assert_eq!(machine.scope.as_deref(), Some("carnet/read carnet/write"));
        assert_eq!(
            Claims::new(Role::Customer, "gul", "someone").groups,
            [""; 0]
        );
    }

    #[test]
    fn only_a_live_token_for_this_api_under_this_key_is_accepted() {
        let tokens = Tokens::new("a key");
        let valid = Claims::new(Role::Owner, "gul", "someone");
        let expired = Claims {
            exp: Utc::now().timestamp() - 1,
            ..valid.clone()
        };
        let elsewhere = Claims {
            aud: "another".to_owned(),
            ..valid.clone()
        };
        let by_another = Claims {
            iss: "https://another.invalid".to_owned(),
            ..valid.clone()
        };
        for claims in [expired, elsewhere, by_another] {
            assert_eq!(
                tokens.verify(&tokens.mint(&claims).unwrap()),
                Err(Unauthorized)
            );
        }
        let forged = Tokens::new("another key").mint(&valid).unwrap();
        assert_eq!(tokens.verify(&forged), Err(Unauthorized));
        assert_eq!(tokens.verify("not a token"), Err(Unauthorized));
        assert!(tokens.verify(&tokens.mint(&valid).unwrap()).is_ok());
    }
}
