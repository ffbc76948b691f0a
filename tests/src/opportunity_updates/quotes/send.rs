//! Sending, revising, withdrawing and rejecting, and what the amount follows.

use local::Role;
use serde_json::json;

use super::Shop;
use crate::harness::{id, lira};

fn of_quote(minor: u64, quote: &str) -> (u64, String, Option<String>) {
    (minor, "quote".to_owned(), Some(quote.to_owned()))
}

#[tokio::test]
async fn the_amount_follows_the_primary_quote_from_one_to_the_next() {
    let shop = Shop::open().await;
    let one = shop.sent(shop.packages(1)).await;
    assert_eq!(shop.amount().await, of_quote(100_000, &one));
    let two = shop.sent(shop.packages(2)).await;
    assert_eq!(shop.amount().await, of_quote(100_000, &one));
    let made = shop.to(&two, "primary").send().await;
    assert_eq!((made.status, made.replayed), (200, false));
    assert_eq!(shop.amount().await, of_quote(200_000, &two));
    assert!(shop.to(&two, "primary").send().await.replayed);
    shop.to(&one, "primary").ok().await;
    shop.to(&two, "primary").ok().await;
    // The revision takes the place of what it revises when it is sent.
    let three = id(&shop.to(&two, "revise").ok().await);
    let path = format!("/v1/quotes/{three}");
    let put = shop.salon.world.call("PUT", &path).json(shop.packages(3));
    put.if_match(1).ok().await;
    assert_eq!(shop.amount().await, of_quote(200_000, &two));
    let sent = shop.to(&three, "send").if_match(2).ok().await;
    assert_eq!(sent["sent_at"], "2026-11-22T08:00:00Z");
    assert_eq!(
        (&sent["revision"], &sent["revises_id"]),
        (&json!(2), &json!(two))
    );
    assert_eq!(shop.amount().await, of_quote(300_000, &three));
    assert_eq!(shop.reading(&two).ok().await["status"], "superseded");
    let refused = shop.to(&two, "accept");
    refused.refused(409, "quote-superseded").await;
    shop.to(&three, "reject").ok().await;
    assert_eq!(shop.amount().await, of_quote(100_000, &one));
    shop.to(&one, "withdraw").ok().await;
    assert_eq!(shop.amount().await, (500_000, "estimate".to_owned(), None));
    let path = format!("/v1/opportunities/{}/quotes", shop.opportunity);
    let list = shop.salon.world.get(&path).ok().await;
    let statuses = list["items"].as_array().unwrap().iter();
    let statuses: Vec<_> = statuses.map(|quote| quote["status"].clone()).collect();
    assert_eq!(statuses, ["withdrawn", "superseded", "rejected"]);
}

#[tokio::test]
async fn what_is_done_already_is_answered_again_and_changes_nothing() {
    let shop = Shop::open().await;
    for verb in ["withdraw", "reject"] {
        let quote = shop.drafted(shop.packages(1)).await;
        for verb in ["send", verb] {
            let first = shop.to(&quote, verb).send().await;
            let entries = shop.happened().await.len();
            let second = shop.to(&quote, verb).send().await;
            assert_eq!((first.status, first.replayed), (200, false), "{verb}");
            assert_eq!((second.status, second.replayed), (200, true), "{verb}");
            assert_eq!(first.body, second.body);
            assert_eq!(shop.happened().await.len(), entries);
        }
        let other = if verb == "reject" {
            "withdraw"
        } else {
            "reject"
        };
        let code = if verb == "reject" {
            "quote-rejected"
        } else {
            "quote-withdrawn"
        };
        shop.to(&quote, other).refused(409, code).await;
    }
}

#[tokio::test]
async fn no_other_version_is_sent_than_the_one_that_was_read() {
    let shop = Shop::open().await;
    let quote = shop.drafted(shop.packages(1)).await;
    let path = format!("/v1/quotes/{quote}");
    let put = shop.salon.world.call("PUT", &path).json(shop.packages(2));
    put.if_match(1).ok().await;
    let old = shop.to(&quote, "send").if_match(1);
    old.refused(412, "version-mismatch").await;
    shop.to(&quote, "send").if_match(2).ok().await;
    let again = shop.to(&quote, "send").if_match(2).send().await;
    assert!(again.replayed, "{again:?}");
}

#[tokio::test]
async fn a_package_for_nothing_is_sent_by_who_may_give_goodwill() {
    let shop = Shop::open().await;
    let world = &shop.salon.world;
    let sales = world.token(Role::Sales);
    let body = json!({
        "lines": [{"template_id": shop.template, "discount": {"amount": lira(100_000)}}],
    });
    let quote = shop.drafted(body).await;
    let send = || shop.to(&quote, "send");
    send().by(&sales).refused(409, "quote-needs-goodwill").await;
    send().ok().await;
    // What somebody sent who may, the customer accepts.
    let ayse = shop.salon.ayses_token().await;
    let accepted = shop.to(&quote, "accept").by(&ayse).ok().await;
    assert_eq!(accepted["total"], lira(0));
}

#[tokio::test]
async fn nothing_is_offered_to_a_person_who_was_erased() {
    let shop = Shop::open().await;
    let (draft, sent) = (
        shop.drafted(shop.packages(1)).await,
        shop.sent(shop.packages(1)).await,
    );
    let ayse = &shop.salon.ayse;
    let erase = format!("/v1/customers/{ayse}/erase");
    let erase = shop.salon.world.post(&erase, json!({"confirm": ayse}));
    erase.ok().await;
    for refused in [
        shop.drafting(shop.packages(1)),
        shop.to(&draft, "send"),
        shop.to(&sent, "revise"),
        shop.to(&sent, "accept"),
    ] {
        refused.refused(409, "customer-erased").await;
    }
    shop.to(&sent, "withdraw").ok().await;
}
