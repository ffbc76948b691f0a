//! Quotas: set, linked, counted, closed.

mod counting;
mod links;
mod race;
mod roads;
mod terms;

use local::{Claims, Role};
use serde_json::{Value, json};

use crate::harness::{Answer, Salon, World, id, lira};

/// Of whom the world's owner is, for November 2026.
fn november(target: Value) -> Value {
    let mut body = json!({
        "name": "Kasım 2026", "representative_id": "someone",
        "from": "2026-11-01", "to": "2026-11-30",
    });
    body.as_object_mut()
        .unwrap()
        .extend(target.as_object().unwrap().clone());
    body
}

fn of_lira(minor: u64) -> Value {
    november(json!({"target_amount": lira(minor)}))
}

fn sales(world: &World, sub: &str) -> String {
    let claims = Claims::new(Role::Sales, &world.business, sub);
    world.tokens().mint(&claims).unwrap()
}

async fn set(salon: &Salon, body: Value) -> String {
    id(&salon.world.post("/v1/quotas", body).ok().await)
}

/// Opened by the world's owner; its id.
async fn opened(salon: &Salon, estimate: Value, close_on: &str) -> String {
    let body = json!({
        "customer_id": salon.ayse, "title": "Gelin", "estimate": estimate,
        "expected_close_on": close_on,
    });
    id(&salon.world.post("/v1/opportunities", body).ok().await)
}

async fn link(salon: &Salon, opportunity: &str, quota: Value, version: u64) -> Answer {
    let path = format!("/v1/opportunities/{opportunity}/quota");
    let call = salon.world.post(&path, json!({"quota_id": quota}));
    call.if_match(version).send().await
}

async fn linked(salon: &Salon, opportunity: &str, quota: &str) {
    let answer = link(salon, opportunity, json!(quota), 1).await;
    assert_eq!(
        (answer.status, &answer.body["quota_id"]),
        (200, &json!(quota))
    );
}

async fn read(salon: &Salon, quota: &str) -> Value {
    salon.world.get(&format!("/v1/quotas/{quota}")).ok().await
}
