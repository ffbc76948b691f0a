//! What a history is carried out on: a business of its own, with its customers.

use serde_json::json;

use super::model::terms::{PRICES, TEMPLATES};
use super::model::{Penalty, Rules};
use super::pipeline::stages::scheme;
use crate::harness::{World, id, lira};

/// How many customers there are.
pub(super) const CUSTOMERS: usize = 3;

/// The ids of what there is.
pub(super) struct Shop {
    pub(super) customers: Vec<String>,
    pub(super) services: Vec<String>,
    pub(super) templates: Vec<String>,
    /// The stages that opportunities go through.
    pub(super) scheme: String,
}

impl Shop {
    pub(super) async fn open(world: &World, rules: Rules) -> Shop {
        let penalty = |penalty| match penalty {
            Penalty::Release => json!("release"),
            Penalty::Forfeit => json!("forfeit"),
            Penalty::Half => json!({"forfeit_percent": 50}),
        };
        let settings = json!({
            "name": "Gül Güzellik", "time_zone": "Europe/Istanbul", "deduct_at": if rules.at_completion { "completion" } else { "booking" },
            "no_show": penalty(rules.no_show), "late_cancel": penalty(rules.late_cancel),
            "cancel_window_hours": rules.window, "return_grace_days": rules.grace,
            // What will end is an entry for nobody.
            "expiring_days": [],
        });
        world.call("PUT", "/v1/settings").json(settings).ok().await;
        let mut services = Vec::new();
        for (name, price) in ["Manikür", "Masaj", "Kaş"].into_iter().zip(PRICES) {
            let service = json!({
                "name": name, "list_price": lira(price), "tax_basis_points": 2000, "duration_minutes": 45,
            });
            services.push(id(&world.post("/v1/services", service).ok().await));
        }
        let mut templates = Vec::new();
        for terms in &TEMPLATES {
            let template = world.post("/v1/package-templates", terms.body(&services));
            templates.push(id(&template.ok().await));
        }
        let mut customers = Vec::new();
        for number in 0..CUSTOMERS {
            let customer = json!({"name": format!("Ayşe {number}"), "email": email(number)});
            customers.push(id(&world.post("/v1/customers", customer).ok().await));
            let claim = world.post("/v1/me/claim", json!({}));
            claim.by(&token(world, number)).ok().await;
        }
        let scheme = world.post("/v1/stage-schemes", scheme());
        let scheme = id(&scheme.ok().await);
        Shop {
            scheme,
            customers,
            services,
            templates,
        }
    }

    /// What a customer asks with.
    pub(super) fn token(&self, world: &World, customer: usize) -> String {
        token(world, customer)
    }
}

fn email(customer: usize) -> String {
    format!("ayse-{customer}@example.com")
}

fn token(world: &World, customer: usize) -> String {
    world.customer_token(&format!("account-{customer}"), &email(customer))
}
