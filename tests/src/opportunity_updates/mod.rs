//! The pipeline.

mod activities;
mod assign;
mod companies;
mod customer_page;
mod duplicate;
mod edit;
mod erase;
mod erase_planned;
mod erase_unseen;
mod journal;
mod late;
mod links;
mod list;
mod open;
mod quotas;
pub(crate) mod quotes;
mod reasons;
mod renewal;
mod schemes;
mod stage;
mod status;

use local::{Claims, Role};
use serde_json::{Value, json};

use crate::harness::{Call, Salon, lira};

/// What is sent to open an opportunity for Ayşe, with these fields on top.
fn body(salon: &Salon, more: Value) -> Value {
    let mut body = json!({
        "customer_id": salon.ayse, "title": "Gelin paketi", "estimate": lira(900_000),
    });
    for (name, value) in more.as_object().unwrap() {
        body[name] = value.clone();
    }
    body
}

/// Opened by the owner.
async fn opened(salon: &Salon, more: Value) -> Value {
    let body = body(salon, more);
    salon.world.post("/v1/opportunities", body).ok().await
}

/// A token of somebody in sales.
fn sales(salon: &Salon, account: &str) -> String {
    let claims = Claims::new(Role::Sales, &salon.world.business, account);
    salon.world.tokens().mint(&claims).unwrap()
}

fn path(opportunity: &Value) -> String {
    format!("/v1/opportunities/{}", opportunity["id"].as_str().unwrap())
}

/// A verb on an opportunity as it was read.
fn verb(salon: &Salon, opportunity: &Value, verb: &str, body: Value) -> Call {
    let call = salon
        .world
        .post(&format!("{}/{verb}", path(opportunity)), body);
    call.if_match(opportunity["version"].as_u64().unwrap())
}

/// The same, done by the owner.
async fn done(salon: &Salon, opportunity: &Value, what: &str, body: Value) -> Value {
    verb(salon, opportunity, what, body).ok().await
}

async fn read(salon: &Salon, opportunity: &Value) -> Value {
    salon.world.get(&path(opportunity)).ok().await
}

/// How many entries the journal of the business has.
async fn entries(salon: &Salon) -> usize {
    salon
        .world
        .pages("/v1/journal?limit=100")
        .await
        .concat()
        .len()
}

/// A repeated request is answered like the first and writes nothing; on another version it is refused.
async fn once(salon: &Salon, opportunity: &Value, what: &str, body: Value) -> Value {
    let first = verb(salon, opportunity, what, body.clone()).send().await;
    assert_eq!(
        (first.status, first.replayed),
        (200, false),
        "{what}: {first:?}"
    );
    let before = entries(salon).await;
    let again = verb(salon, opportunity, what, body.clone()).send().await;
    assert_eq!(
        (again.status, again.replayed),
        (200, true),
        "{what}: {again:?}"
    );
    assert_eq!(
        (&again.body, &again.etag),
        (&first.body, &first.etag),
        "{what}"
    );
    let ahead = json!({"id": opportunity["id"], "version": 99});
    let stale = verb(salon, &ahead, what, body);
    stale.refused(412, "version-mismatch").await;
    assert_eq!(entries(salon).await, before, "{what}");
    assert_eq!(read(salon, opportunity).await, first.body, "{what}");
    first.body
}
