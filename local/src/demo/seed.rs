//! Writing the demo data. Every request can be repeated, so a start that was interrupted is completed by
//! the next one.

use std::collections::HashMap;

use axum::body::to_bytes;
use axum::http::{Method, StatusCode};
use chrono::{DateTime, SecondsFormat, Utc};
use functions::Clock;
use serde_json::{Value, json};

use super::call::Call;
use super::{Booking, Business, Item, Then};
use crate::{Gateway, Problem, Role, Tokens};

/// Writes what is not there yet, through a gateway whose present `clock` says: what the pipeline tells
/// happened over a month.
///
/// # Errors
/// [`Problem::Demo`] with the first request that was refused.
pub async fn seed(
    (gateway, clock): (&Gateway, &Clock),
    tokens: &Tokens,
    businesses: &[Business],
) -> Result<(), Problem> {
    for business in businesses {
        let mut seeding = Seeding {
            gateway,
            clock,
            tokens,
            business,
            ids: HashMap::new(),
            past: None,
        };
        if !seeding.is_complete().await? {
            seeding.write().await?;
        }
    }
    Ok(())
}

pub(super) struct Seeding<'a> {
    gateway: &'a Gateway,
    clock: &'a Clock,
    tokens: &'a Tokens,
    pub(super) business: &'a Business,
    /// The ids that were given to the file's refs.
    pub(super) ids: HashMap<String, String>,
    /// When the next request happens, unless it is now.
    pub(super) past: Option<DateTime<Utc>>,
}

impl Seeding<'_> {
    /// The last booking is written last.
    async fn is_complete(&self) -> Result<bool, Problem> {
        match self.business.bookings.last() {
            Some(booking) => Ok(self
                .get(Role::Staff, &format!("/v1/bookings/{}", booking.id))
                .await?
                .is_some()),
            None => Ok(true),
        }
    }

    async fn write(&mut self) -> Result<(), Problem> {
        let settings = Call::new(Role::Owner, Method::PUT, "/v1/settings");
        let settings = settings.with(self.business.settings.clone());
        match self.send(&settings).await? {
            (status, _) if status.is_success() => {}
            // The business has settings, which may have been changed since.
            (StatusCode::PRECONDITION_FAILED, _) => {}
            (status, answer) => return Err(settings.refused(status, &answer)),
        }
        self.post_all(Role::Owner, "/v1/services", &self.business.services)
            .await?;
        self.post_all(
            Role::Owner,
            "/v1/package-templates",
            &self.business.templates,
        )
        .await?;
        self.post_all(Role::Staff, "/v1/customers", &self.business.customers)
            .await?;
        if self.get(Role::Customer, "/v1/me").await?.is_none() {
            self.must(Call::new(Role::Customer, Method::POST, "/v1/me/claim"))
                .await?;
        }
        self.post_all(Role::Staff, "/v1/packages", &self.business.packages)
            .await?;
        self.pipeline().await?;
        for booking in &self.business.bookings {
            self.book(booking).await?;
        }
        Ok(())
    }

    pub(super) async fn post_all(
        &mut self,
        role: Role,
        path: &str,
        items: &[Item],
    ) -> Result<(), Problem> {
        for item in items {
            let body = self.resolved(&Value::Object(item.body.clone()))?;
            let key = format!("demo-{}", item.name);
            let answer = self
                .must(Call::new(role, Method::POST, path).with(body).once(key))
                .await?;
            let id = answer["id"]
                .as_str()
                .ok_or_else(|| Problem::Demo(format!("POST {path} answered without an id")))?;
            self.ids.insert(item.name.clone(), id.to_owned());
        }
        Ok(())
    }

    /// Books and resolves what is not yet; a booking that is there is not sent again, because its time
    /// would be another by now.
    async fn book(&self, booking: &Booking) -> Result<(), Problem> {
        let path = format!("/v1/bookings/{}", booking.id);
        let present = self.get(Role::Staff, &path).await?;
        let open = present
            .as_ref()
            .is_none_or(|present| present["status"] == "booked");
        let services: Vec<Value> = booking
            .services
            .iter()
            .map(|service| json!({"service_id": format!("@{service}")}))
            .collect();
        let body = json!({
            "customer_id": format!("@{}", booking.customer),
            "services": services,
            "starts_at": self.starts_at(booking)?,
            "pay_with": booking.pay_with,
        });
        let mut body = self.resolved(&body)?;
        let complete = Call::new(Role::Staff, Method::POST, &format!("{path}/complete"));
        if booking.then == Then::WalkIn {
            if present.is_none() {
                let customer = body["customer_id"].take();
                if let Value::Object(walk_in) = &mut body {
                    walk_in.remove("customer_id");
                }
                self.must(complete.with(json!({"customer_id": customer, "walk_in": body})))
                    .await?;
            }
            return Ok(());
        }
        if present.is_none() {
            body["booking_id"] = json!(booking.id);
            self.must(Call::new(Role::Staff, Method::POST, "/v1/bookings").with(body))
                .await?;
        }
        match booking.then {
            Then::Complete if open => self.must(complete.with(json!({}))).await.map(drop),
            Then::Cancel if open => {
                let cancel = Call::new(Role::Staff, Method::POST, &format!("{path}/cancel"));
                self.must(cancel.with(json!({}))).await.map(drop)
            }
            Then::Complete | Then::Cancel | Then::Nothing | Then::WalkIn => Ok(()),
        }
    }

    /// The booking's day and time where the business is.
    fn starts_at(&self, booking: &Booking) -> Result<String, Problem> {
        let at = self.business.time_of(booking.day, &booking.at)?;
        Ok(at.to_rfc3339_opts(SecondsFormat::Secs, true))
    }

    /// The value with every @ref replaced by its id, and every %day by a date.
    pub(super) fn resolved(&self, value: &Value) -> Result<Value, Problem> {
        match value {
            Value::String(text) if text.starts_with('%') => {
                self.business.day_named(text).map(|day| json!(day))
            }
            Value::String(text) => match text.strip_prefix('@') {
                None => Ok(value.clone()),
                Some(name) => match self.ids.get(name) {
                    Some(id) => Ok(json!(id)),
                    None => Err(Problem::Demo(format!("nothing is called {name}"))),
                },
            },
            Value::Array(values) => values.iter().map(|value| self.resolved(value)).collect(),
            Value::Object(values) => values
                .iter()
                .map(|(name, value)| Ok((name.clone(), self.resolved(value)?)))
                .collect(),
            Value::Null | Value::Bool(_) | Value::Number(_) => Ok(value.clone()),
        }
    }

    /// What is there; none where there is nothing.
    pub(super) async fn get(&self, role: Role, path: &str) -> Result<Option<Value>, Problem> {
        let call = Call::new(role, Method::GET, path);
        match self.send(&call).await? {
            (status, answer) if status.is_success() => Ok(Some(answer)),
            (StatusCode::NOT_FOUND, _) => Ok(None),
            (status, answer) => Err(call.refused(status, &answer)),
        }
    }

    pub(super) async fn must(&self, call: Call) -> Result<Value, Problem> {
        match self.send(&call).await? {
            (status, answer) if status.is_success() => Ok(answer),
            (status, answer) => Err(call.refused(status, &answer)),
        }
    }

    async fn send(&self, call: &Call) -> Result<(StatusCode, Value), Problem> {
        self.clock.set(self.past.unwrap_or_else(Utc::now));
        let token = self.tokens.mint(&self.business.claims(call.role))?;
        let request = call.request(&token)?;
        let response = self.gateway.call(request).await;
        let status = response.status();
        let body = to_bytes(response.into_body(), usize::MAX).await;
        let body = body.map_err(|error| Problem::Demo(error.to_string()))?;
        Ok((status, serde_json::from_slice(&body).unwrap_or(Value::Null)))
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::{Template, database::Embedded, demo::businesses};

    async fn gateway(database: &Embedded) -> (Gateway, Clock, Tokens) {
        let client = infra::client::at(database.endpoint());
        infra::table::create(&client, "carnet").await.unwrap();
        let clock = Clock::fixed(Utc::now());
        let app = functions::App {
            store: infra::Store::new(client, "carnet"),
            clock: clock.clone(),
            bus: None,
        };
        let template = Path::new(env!("CARGO_MANIFEST_DIR")).join("../template.yaml");
        let tokens = Tokens::new("a key");
        let template = Template::read(&template).unwrap();
        let gateway = Gateway::new(&template, &app, tokens.clone()).unwrap();
        (gateway, clock, tokens)
    }

    #[tokio::test]
    async fn an_interrupted_seeding_is_completed_and_a_complete_one_left_alone() {
        let database = Embedded::memory().await.unwrap();
        let (gateway, clock, tokens) = gateway(&database).await;
        let whole = businesses().unwrap();
        for kept in [0, 2, 4] {
            let mut part = whole.clone();
            for business in &mut part {
                business.bookings.truncate(kept);
                if let Some(last) = business.bookings.last_mut() {
                    // As if it had stopped between the booking and its completion.
                    last.then = Then::Nothing;
                }
            }
            seed((&gateway, &clock), &tokens, &part).await.unwrap();
        }
        for _ in 0..2 {
            seed((&gateway, &clock), &tokens, &whole).await.unwrap();
        }
        for business in &whole {
            let seeding = Seeding {
                gateway: &gateway,
                clock: &clock,
                tokens: &tokens,
                business,
                ids: HashMap::new(),
                past: None,
            };
            for booking in &business.bookings {
                let path = format!("/v1/bookings/{}", booking.id);
                let present = seeding.get(Role::Staff, &path).await.unwrap().unwrap();
                let expected = match booking.then {
                    Then::Nothing => "booked",
                    Then::Complete | Then::WalkIn => "completed",
                    Then::Cancel => "cancelled",
                };
                assert_eq!(present["status"], expected, "{path}");
            }
        }
        database.stop().await;
    }
}
