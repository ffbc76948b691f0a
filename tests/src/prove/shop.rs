//! What a history is carried out on: a business of its own, with a customer.

use serde_json::json;

use super::model::{Penalty, Rules};
use crate::harness::{World, id, lira};

/// What the services cost, in minor units.
pub(super) const PRICES: [u64; 3] = [60_000, 150_000, 40_000];

/// The ids of what there is.
pub(super) struct Shop {
    pub(super) customer: String,
    pub(super) services: Vec<String>,
    pub(super) templates: Vec<String>,
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
        let of = |place: usize| json!({"service_id": services[place]});
        let bodies = [
            json!({"kind": "visits", "quantity": 3, "services": [of(0)], "validity": {"count": 10, "unit": "days"}}),
            json!({"kind": "visits", "quantity": 4, "services": [of(0), of(1)]}),
            json!({"kind": "credit", "credit": lira(250_000)}),
            json!({"kind": "bundle", "services": [
                {"service_id": services[0], "quantity": 2}, {"service_id": services[1], "quantity": 1},
            ], "validity": {"count": 4, "unit": "days"}, "grace_days": 2}),
        ];
        let mut templates = Vec::new();
        for mut body in bodies {
            body["name"] = json!("Paket");
            body["price"] = lira(100_000);
            templates.push(id(&world.post("/v1/package-templates", body).ok().await));
        }
        let customer = json!({"name": "Ayşe Yılmaz"});
        Shop {
            customer: id(&world.post("/v1/customers", customer).ok().await),
            services,
            templates,
        }
    }
}
