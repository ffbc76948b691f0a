//! Revisions beside each other, drafts that say the same, and what is won and recurs.

use futures::future::join;
use serde_json::{Value, json};

use super::Shop;
use crate::harness::{Salon, id};

#[tokio::test]
async fn of_two_revisions_of_one_quote_the_one_that_is_sent_first_stands() {
    let shop = Shop::open().await;
    let first = shop.sent(shop.packages(1)).await;
    let one = id(&shop.to(&first, "revise").ok().await);
    let other = id(&shop.to(&first, "revise").ok().await);
    assert_ne!(one, other);
    shop.to(&one, "send").ok().await;
    shop.to(&other, "send")
        .refused(409, "quote-superseded")
        .await;
    shop.to(&first, "accept")
        .refused(409, "quote-superseded")
        .await;
    shop.to(&one, "accept").ok().await;
}

#[tokio::test]
async fn two_drafts_at_once_that_say_the_same_are_two() {
    let shop = Shop::open().await;
    let draft = || shop.drafting(shop.packages(1)).send();
    let (one, other) = join(draft(), draft()).await;
    assert_eq!((one.status, other.status), (201, 201), "{one:?} {other:?}");
    assert_ne!(one.body["id"], other.body["id"]);
    let quotes = &shop.opportunity().await["quote_ids"];
    assert_eq!(quotes.as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_lead_who_buys_services_that_recur_becomes_a_customer_with_a_next_opportunity() {
    let shop = Shop::within(Salon::open().await).await;
    let path = format!("/v1/opportunities/{}", shop.opportunity);
    let recurs = json!({"recurs": {"every_months": 12}});
    let patch = shop.salon.world.call("PATCH", &path).json(recurs);
    patch.if_match(1).ok().await;
    let services = json!({"lines": [{"service_id": shop.salon.manicure, "quantity": 3}]});
    let quote = shop.sent(services).await;
    let accepted = shop.to(&quote, "accept").ok().await;
    assert_eq!(accepted["status"], "accepted");
    let won = shop.opportunity().await;
    assert_eq!(won["status"], "won");
    let next = won["next_opportunity_id"].as_str().unwrap();
    let next = shop
        .salon
        .world
        .get(&format!("/v1/opportunities/{next}"))
        .ok()
        .await;
    assert_eq!(next["status"], "open");
    assert_eq!(next["amount"], won["amount"]);
    let customer = format!("/v1/customers/{}", shop.salon.ayse);
    let customer = shop.salon.world.get(&customer).ok().await;
    assert_ne!(customer["customer_since"], Value::Null);
}

#[tokio::test]
async fn a_quote_takes_the_place_of_a_primary_one_that_has_lapsed() {
    let shop = Shop::open().await;
    let mut body = shop.packages(1);
    body["valid_until"] = json!("2026-11-22");
    shop.sent(body).await;
    shop.salon.world.set_clock("2026-11-23T09:00:00Z");
    let other = shop.sent(shop.packages(2)).await;
    assert_eq!(shop.amount().await.2, Some(other));
}
