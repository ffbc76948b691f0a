//! What is asked for of opportunities and quotes, as it is sent.

use serde_json::{Value, json};

use super::deal::{Change, Deal, Edit, QuoteStep};
use super::line::Line;
use super::opportunity::{REPRESENTATIVES, title};
use crate::harness::{Call, World, lira};
use crate::prove::asked::moment::date;
use crate::prove::model::Model;
use crate::prove::shop::Shop;

impl Deal {
    /// The request, under that key where it has one.
    pub(crate) fn call(&self, world: &World, shop: &Shop, model: &Model, key: &str) -> Call {
        let opportunity = |place: usize| {
            let id = &model.pipeline.opportunities[place].id;
            format!("/v1/opportunities/{id}")
        };
        let call = match self {
            Deal::Open {
                customer,
                stage,
                estimate,
                lines,
                close_on,
            } => {
                let body = json!({
                    "customer_id": shop.customers[*customer], "title": title(0),
                    "scheme_id": shop.scheme, "stage": stage, "estimate": lira(*estimate),
                    "lines": bodies(lines, shop), "expected_close_on": close_on.map(date),
                });
                world.post("/v1/opportunities", body)
            }
            Deal::Duplicate { of } => {
                world.call("POST", &format!("{}/duplicate", opportunity(*of)))
            }
            Deal::Change {
                of,
                version,
                change,
            } => {
                let path = opportunity(*of);
                let call = match (change.verb(), change.body(shop)) {
                    (None, body) => world.call("PATCH", &path).json(body),
                    (Some(verb), Value::Null) => world.call("POST", &format!("{path}/{verb}")),
                    (Some(verb), body) => world.post(&format!("{path}/{verb}"), body),
                };
                call.if_match(version.number())
            }
            Deal::Draft { of, lines, until } => {
                let lines = lines.as_ref().map(|lines| bodies(lines, shop));
                let body = json!({"lines": lines, "valid_until": until.map(date)});
                world.post(&format!("{}/quotes", opportunity(*of)), body)
            }
            Deal::Quote { of, step } => {
                let verb = match step {
                    QuoteStep::Send => "send",
                    QuoteStep::Accept => "accept",
                    QuoteStep::Reject => "reject",
                    QuoteStep::Withdraw => "withdraw",
                    QuoteStep::Primary => "primary",
                    QuoteStep::Revise => "revise",
                };
                let quote = &model.pipeline.quotes[*of].id;
                world.call("POST", &format!("/v1/quotes/{quote}/{verb}"))
            }
        };
        match self.has_key() {
            true => call.key(key),
            false => call,
        }
    }
}

fn bodies(lines: &[Line], shop: &Shop) -> Value {
    lines.iter().map(|line| line.body(shop)).collect()
}

impl Change {
    /// The end of its path; none of an edit.
    fn verb(&self) -> Option<&'static str> {
        match self {
            Change::Edit(_) => None,
            Change::Stage(_) => Some("stage"),
            Change::Close(..) => Some("close"),
            Change::Suspend(_) => Some("suspend"),
            Change::Resume => Some("resume"),
            Change::Reopen { .. } => Some("reopen"),
            Change::Assign(_) => Some("assign"),
            Change::Lines(_) => Some("lines"),
        }
    }

    fn body(&self, shop: &Shop) -> Value {
        match self {
            Change::Edit(Edit {
                title: called,
                estimate,
                close_on,
                forecast,
            }) => {
                // What is left out stays.
                let mut body = json!({});
                if let Some(called) = called {
                    body["title"] = json!(title(*called));
                }
                if let Some(estimate) = estimate {
                    body["estimate"] = lira(*estimate);
                }
                if let Some(close_on) = close_on {
                    body["expected_close_on"] = json!(date(*close_on));
                }
                if let Some(forecast) = forecast {
                    body["forecast"] = json!(forecast);
                }
                body
            }
            Change::Stage(stage) => json!({"stage": stage}),
            Change::Close(outcome, reason) => {
                json!({"outcome": outcome.name(), "reason": reason})
            }
            Change::Suspend(day) => json!({"resume_on": date(*day)}),
            Change::Resume => Value::Null,
            Change::Reopen { reason, stage } => json!({"reason": reason, "stage": stage}),
            Change::Assign(who) => json!({"representative_id": REPRESENTATIVES[*who]}),
            Change::Lines(lines) => json!({"lines": bodies(lines, shop)}),
        }
    }
}
