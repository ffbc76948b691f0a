//! Quotes, over HTTP.

mod accept;
mod draft;
mod lapse;
mod revised;
mod seen;
mod send;

use serde_json::{Value, json};

use crate::harness::{Call, Salon, id, lira};

/// A salon with an opportunity of Ayşe's, and a template of ten visits for 1000.00.
pub(crate) struct Shop {
    pub(crate) salon: Salon,
    pub(crate) template: String,
    pub(crate) opportunity: String,
}

impl Shop {
    pub(crate) async fn open() -> Self {
        Self::within(Salon::open().await).await
    }

    pub(crate) async fn within(salon: Salon) -> Self {
        let template = salon.visits(10, &[&salon.manicure]).await;
        let body = json!({
            "customer_id": salon.ayse, "title": "Gelin paketi", "estimate": lira(500_000),
        });
        let opportunity = id(&salon.world.post("/v1/opportunities", body).ok().await);
        Self {
            salon,
            template,
            opportunity,
        }
    }

    /// A quote of this many packages, and nothing else said.
    pub(crate) fn packages(&self, quantity: u32) -> Value {
        json!({"lines": [{"template_id": self.template, "quantity": quantity}]})
    }

    pub(crate) fn drafting(&self, body: Value) -> Call {
        let path = format!("/v1/opportunities/{}/quotes", self.opportunity);
        self.salon.world.post(&path, body)
    }

    /// Does this to a quote.
    pub(crate) fn to(&self, quote: &str, verb: &str) -> Call {
        let path = format!("/v1/quotes/{quote}/{verb}");
        self.salon.world.call("POST", &path)
    }

    pub(crate) async fn drafted(&self, body: Value) -> String {
        id(&self.drafting(body).ok().await)
    }

    pub(crate) async fn sent(&self, body: Value) -> String {
        let quote = self.drafted(body).await;
        self.to(&quote, "send").ok().await;
        quote
    }

    pub(crate) fn reading(&self, quote: &str) -> Call {
        self.salon.world.get(&format!("/v1/quotes/{quote}"))
    }

    pub(crate) async fn opportunity(&self) -> Value {
        let path = format!("/v1/opportunities/{}", self.opportunity);
        self.salon.world.get(&path).ok().await
    }

    /// The amount of the opportunity, where that comes from, and its primary quote.
    pub(crate) async fn amount(&self) -> (u64, String, Option<String>) {
        let opportunity = self.opportunity().await;
        (
            opportunity["amount"]["amount_minor"].as_u64().unwrap(),
            opportunity["amount_from"].as_str().unwrap().to_owned(),
            opportunity["primary_quote_id"].as_str().map(str::to_owned),
        )
    }

    /// The names of what happened to the opportunity and its quotes, in order.
    pub(crate) async fn happened(&self) -> Vec<String> {
        let journal = self.salon.world.journal().await;
        let changes = journal.iter().filter_map(|entry| {
            let change = entry.fact.opportunity()?;
            Some((
                change.version,
                entry.fact.name().to_owned(),
                change.opportunity,
            ))
        });
        let mut changes: Vec<_> = changes
            .filter(|(_, _, of)| of.to_string() == self.opportunity)
            .collect();
        changes.sort();
        changes.into_iter().map(|(_, name, _)| name).collect()
    }
}
