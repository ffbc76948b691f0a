//! A quote whose last day is over.

use serde_json::json;

use super::Shop;

#[tokio::test]
async fn a_quote_expires_after_its_last_day_and_can_be_revised() {
    let shop = Shop::open().await;
    let mut body = shop.packages(1);
    body["valid_until"] = json!("2026-11-25");
    let quote = shop.sent(body.clone()).await;
    let late = shop.drafted(body).await;
    // The last moment of the day in Istanbul.
    shop.salon.world.set_clock("2026-11-25T20:59:59Z");
    assert_eq!(shop.reading(&quote).ok().await["status"], "sent");
    shop.salon.world.set_clock("2026-11-25T21:00:00Z");
    let read = shop.reading(&quote).ok().await;
    assert_eq!(
        (&read["status"], read["version"].as_u64()),
        (&json!("expired"), Some(2))
    );
    for verb in ["accept", "reject"] {
        shop.to(&quote, verb).refused(409, "quote-lapsed").await;
    }
    shop.to(&late, "send")
        .refused(422, "day-out-of-range")
        .await;
    let second = shop.sent(shop.packages(2)).await;
    shop.to(&second, "primary").ok().await;
    shop.to(&quote, "primary")
        .refused(409, "quote-lapsed")
        .await;
    let revision = shop.to(&quote, "revise").ok().await;
    assert_eq!(
        (&revision["status"], &revision["revision"]),
        (&json!("draft"), &json!(2))
    );
    shop.to(&quote, "withdraw").ok().await;
    assert_eq!(shop.reading(&quote).ok().await["status"], "withdrawn");
}

#[tokio::test]
async fn a_quote_of_what_is_decided_without_it_is_answered_no_more() {
    let shop = Shop::open().await;
    let first = shop.sent(shop.packages(1)).await;
    let second = shop.sent(shop.packages(1)).await;
    shop.to(&first, "accept").ok().await;
    let answers = ["accept", "reject", "withdraw", "send", "primary", "revise"];
    for verb in answers {
        let refused = shop.to(&second, verb);
        refused.refused(409, "quote-superseded").await;
    }
}
