//! Activities.

mod change;
mod enter;
mod list;
mod many;
mod to_do;

use local::{Claims, Role};
use serde_json::{Value, json};

use crate::harness::{Call, Salon, World, id, lira};

pub(super) const LATER: &str = "2026-11-24T10:00:00Z";

/// A token of sales who are `sub`.
pub(super) fn sales(world: &World, sub: &str) -> String {
    let claims = Claims::new(Role::Sales, &world.business, sub);
    world.tokens().mint(&claims).unwrap()
}

/// A new opportunity of Ayşe's for which `rep-1` answers; its path.
pub(super) async fn opened(salon: &Salon) -> String {
    opened_for(salon, &salon.ayse, "Gelin paketi").await
}

/// The same of another customer, under another title.
pub(super) async fn opened_for(salon: &Salon, customer: &str, title: &str) -> String {
    let body = json!({
        "customer_id": customer, "title": title, "estimate": lira(500_000),
        "representative_id": "rep-1",
    });
    let opportunity = id(&salon.world.post("/v1/opportunities", body).ok().await);
    format!("/v1/opportunities/{opportunity}")
}

/// Enters an activity of an opportunity.
pub(super) fn enter(salon: &Salon, opportunity: &str, body: Value) -> Call {
    salon.world.post(&format!("{opportunity}/activities"), body)
}

/// Plans a task for [`LATER`]; its path.
pub(super) async fn planned(salon: &Salon, opportunity: &str) -> String {
    let body = json!({"kind": "task", "subject": "Ara", "due_at": LATER});
    let activity = id(&enter(salon, opportunity, body).ok().await);
    format!("{opportunity}/activities/{activity}")
}

/// The id at the end of a path.
pub(super) fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap()
}
