//! What a quota knows of an opportunity, whatever happens to that.

use serde_json::{Value, json};

use super::{link, november, read, set};
use crate::harness::lira;
use crate::opportunity_updates::quotes::Shop;

/// What counts for the quota: how many are won, how many are open, and of the first its status and value.
async fn counted(shop: &Shop, quota: &str) -> (Value, Value, Value, Value) {
    let of = read(&shop.salon, quota).await;
    let first = &of["opportunities"][0];
    let figure = |name: &str| of[name].clone();
    (
        figure("won_count"),
        figure("open_count"),
        first["status"].clone(),
        first["value"].clone(),
    )
}

/// A shop whose opportunity counts for a quota of November, and is expected in it.
async fn counting() -> (Shop, String) {
    let shop = Shop::open().await;
    let quota = set(&shop.salon, november(json!({"target_count": 1}))).await;
    let dated = json!({"expected_close_on": "2026-11-30"});
    let path = format!("/v1/opportunities/{}", shop.opportunity);
    let dated = shop.salon.world.call("PATCH", &path).json(dated);
    dated.if_match(1).ok().await;
    let linked = link(&shop.salon, &shop.opportunity, json!(quota), 2).await;
    assert_eq!(linked.status, 200);
    (shop, quota)
}

/// Does this to the opportunity.
async fn verb(shop: &Shop, verb: &str, body: Value) {
    let version = shop.opportunity().await["version"].as_u64().unwrap();
    let path = format!("/v1/opportunities/{}/{verb}", shop.opportunity);
    let call = shop.salon.world.post(&path, body).if_match(version);
    call.ok().await;
}

fn open(value: Value) -> (Value, Value, Value, Value) {
    (json!(0), json!(1), json!("open"), value)
}

fn won(value: Value) -> (Value, Value, Value, Value) {
    (json!(1), json!(0), json!("won"), value)
}

fn none() -> (Value, Value, Value, Value) {
    (json!(0), json!(0), Value::Null, Value::Null)
}

#[tokio::test]
async fn a_quota_follows_a_quote_and_its_acceptance() {
    let (shop, quota) = counting().await;
    assert_eq!(counted(&shop, &quota).await, open(lira(500_000)));
    let quote = shop.sent(shop.packages(1)).await;
    let worth = shop.opportunity().await["amount"].clone();
    assert_ne!(worth, lira(500_000));
    assert_eq!(counted(&shop, &quota).await, open(worth.clone()));
    shop.to(&quote, "accept").ok().await;
    assert_eq!(counted(&shop, &quota).await, won(worth));
}

#[tokio::test]
async fn a_quota_follows_a_rest_a_win_a_reopening_and_a_new_representative() {
    let (shop, quota) = counting().await;
    let worth = lira(500_000);
    verb(&shop, "suspend", json!({"resume_on": "2026-11-29"})).await;
    assert_eq!(counted(&shop, &quota).await, none());
    verb(&shop, "resume", json!({})).await;
    assert_eq!(counted(&shop, &quota).await, open(worth.clone()));
    verb(&shop, "close", json!({"outcome": "won"})).await;
    assert_eq!(counted(&shop, &quota).await, won(worth.clone()));
    verb(&shop, "reopen", json!({"reason": "changed-mind"})).await;
    assert_eq!(counted(&shop, &quota).await, open(worth));
    verb(&shop, "assign", json!({"representative_id": "sales-2"})).await;
    assert_eq!(counted(&shop, &quota).await, none());
    assert_eq!(shop.opportunity().await["quota_id"], Value::Null);
}
