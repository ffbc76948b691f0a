//! Two businesses to try things on, written through the API as their owners and staff would.

mod call;
mod day;
mod pipeline;
mod seed;

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{Claims, Problem, Role, Tokens};

pub use seed::seed;

const FILES: [&str; 2] = [
    include_str!("../../demo/gul-guzellik.json"),
    include_str!("../../demo/forta-gym.json"),
];

/// A business of the demo.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Business {
    /// Its id in the tokens.
    id: String,
    /// What its variables in demo.env begin with.
    variables: String,
    time_zone: chrono_tz::Tz,
    settings: Value,
    /// E-mail addresses of the accounts.
    accounts: Accounts,
    services: Vec<Item>,
    templates: Vec<Item>,
    customers: Vec<Item>,
    packages: Vec<Item>,
    /// People who were only ever leads before their opportunities.
    leads: Vec<Item>,
    companies: Vec<Item>,
    opportunities: Vec<Opportunity>,
    quotas: Vec<Item>,
    bookings: Vec<Booking>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Accounts {
    owner: String,
    staff: String,
    sales: String,
    customer: String,
}

/// A request's body; the rest of the file names what it makes by `ref`, with an @ before it.
#[derive(Debug, Clone, Deserialize)]
struct Item {
    #[serde(rename = "ref")]
    name: String,
    #[serde(flatten)]
    body: Map<String, Value>,
}

/// An opportunity, and what was done about it since it was opened.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Opportunity {
    #[serde(rename = "ref")]
    name: String,
    /// Whether the owner answers for it; else sales do.
    #[serde(default)]
    by_owner: bool,
    /// Days from today.
    day: i64,
    body: Map<String, Value>,
    /// What was done, in order: each is one change.
    #[serde(default)]
    steps: Vec<Step>,
}

/// One change of an opportunity.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    /// Days from today.
    day: i64,
    /// The last part of its path.
    #[serde(rename = "do")]
    verb: String,
    /// The ref of the quote that it is done to.
    #[serde(default)]
    quote: Option<String>,
    /// What the rest of the file calls what it makes.
    #[serde(default, rename = "ref")]
    name: Option<String>,
    #[serde(default)]
    with: Option<Value>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Booking {
    id: String,
    customer: String,
    services: Vec<String>,
    /// Days from today.
    day: i64,
    /// The time of day.
    at: String,
    pay_with: Value,
    then: Then,
}

/// What became of a booking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Then {
    Nothing,
    Complete,
    Cancel,
    /// It was never booked: the customer came, and it was completed.
    WalkIn,
}

/// The businesses of the demo.
///
/// # Errors
/// [`Problem::Demo`] when their files are broken.
pub fn businesses() -> Result<Vec<Business>, Problem> {
    let read = |text| serde_json::from_str(text).map_err(|error| Problem::Demo(error.to_string()));
    FILES.into_iter().map(read).collect()
}

/// A token for each account of each business, by the name of its variable.
///
/// # Errors
/// [`Problem::System`] when signing fails.
pub fn tokens(tokens: &Tokens, businesses: &[Business]) -> Result<Vec<(String, String)>, Problem> {
    let mut named = Vec::new();
    for business in businesses {
        let prefix = &business.variables;
        for (role, name) in [
            (Role::Owner, "OWNER"),
            (Role::Staff, "STAFF"),
            (Role::Sales, "SALES"),
            (Role::Customer, "CUSTOMER"),
            (Role::Machine, "MACHINE"),
        ] {
            let token = tokens.mint(&business.claims(role))?;
            named.push((format!("{prefix}{name}"), token));
        }
    }
    Ok(named)
}

impl Business {
    fn claims(&self, role: Role) -> Claims {
        let (account, email) = match role {
            Role::Owner => ("owner", &self.accounts.owner),
            Role::Staff => ("staff", &self.accounts.staff),
            Role::Sales => ("sales", &self.accounts.sales),
            Role::Customer => ("customer", &self.accounts.customer),
            Role::Machine => {
                return Claims::new(role, &self.id, &format!("{}-machine", self.id));
            }
        };
        Claims::new(role, &self.id, &format!("{}-{account}", self.id)).with_email(email)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn names(items: &[Item]) -> BTreeSet<String> {
        items.iter().map(|item| item.name.clone()).collect()
    }

    fn mentioned(value: &Value, into: &mut BTreeSet<String>) {
        match value {
            Value::String(text) => into.extend(text.strip_prefix('@').map(str::to_owned)),
            Value::Array(values) => values.iter().for_each(|value| mentioned(value, into)),
            Value::Object(values) => values.values().for_each(|value| mentioned(value, into)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    #[test]
    fn every_reference_of_the_demo_names_something() {
        for business in businesses().unwrap() {
            let mut known = BTreeSet::new();
            for items in [
                &business.services,
                &business.templates,
                &business.customers,
                &business.packages,
            ] {
                assert_eq!(names(items).len(), items.len(), "a ref is there twice");
                let mut wanted = BTreeSet::new();
                items
                    .iter()
                    .for_each(|item| mentioned(&Value::Object(item.body.clone()), &mut wanted));
                assert!(wanted.is_subset(&known), "{wanted:?}");
                known.extend(names(items));
            }
            known.extend(names(&business.leads));
            known.extend(names(&business.companies));
            for opportunity in &business.opportunities {
                let mut wanted = BTreeSet::new();
                mentioned(&Value::Object(opportunity.body.clone()), &mut wanted);
                for step in &opportunity.steps {
                    mentioned(step.with.as_ref().unwrap_or(&Value::Null), &mut wanted);
                    wanted.extend(step.quote.clone());
                    known.extend(step.name.clone());
                }
                assert!(wanted.is_subset(&known), "{wanted:?}");
            }
            for booking in &business.bookings {
                assert!(names(&business.customers).contains(&booking.customer));
                assert!(
                    booking
                        .services
                        .iter()
                        .all(|service| names(&business.services).contains(service))
                );
            }
        }
    }

    #[test]
    fn the_last_booking_marks_the_end_so_nothing_becomes_of_it() {
        for business in businesses().unwrap() {
            assert_eq!(business.bookings.last().unwrap().then, Then::Nothing);
        }
    }

    #[test]
    fn there_is_a_token_for_every_role_of_both_businesses() {
        let tokens = tokens(&Tokens::new("a key"), &businesses().unwrap()).unwrap();
        let names: Vec<&str> = tokens.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(
            names[..5],
            ["OWNER", "STAFF", "SALES", "CUSTOMER", "MACHINE"]
        );
        assert_eq!(names[5], "GYM_OWNER");
        assert_eq!(names.len(), 10);
    }
}
