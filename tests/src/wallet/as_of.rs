//! GET /v1/customers/{id}/wallet?as_of=.

use serde_json::{Value, json};

use super::at;
use crate::harness::Salon;

async fn as_of(salon: &Salon, customer: &str, instant: &str) -> Value {
    let path = format!("/v1/customers/{customer}/wallet?as_of={instant}");
    salon.world.get(&path).ok().await
}

#[tokio::test]
async fn the_wallet_as_of_any_instant_is_what_it_was_then() {
    let salon = Salon::open().await;
    let fatma = salon.customer("Fatma", "fatma@example.com").await;
    let mut minute = 0;
    let mut seen: Vec<(String, Value, Value)> = Vec::new();
    let wallet_of = |id: &str| salon.world.get(&format!("/v1/customers/{id}/wallet")).ok();
    let short = json!({
        "name": "Gün", "kind": "visits", "quantity": 3, "services": [{"service_id": salon.manicure}],
        "price": {"amount_minor": 1, "currency": "TRY"}, "validity": {"count": 1, "unit": "days"},
    });
    let mut package = String::new();
    for step in 0..9 {
        minute += 1;
        at(&salon, minute);
        match step {
            0 => {}
            1 => package = salon.sell_shareable(5, &[&salon.manicure]).await,
            2 => drop(salon.book("b", &[&salon.manicure], json!("auto")).await),
            3 => salon.share(&package, &fatma, true).await,
            4 => {
                let mut body = salon.booking("f", &[&salon.manicure], json!("auto"));
                body["customer_id"] = json!(fatma);
                salon.world.post("/v1/bookings", body).ok().await;
            }
            5 => drop(salon.sell_as(short.clone()).await),
            6 => drop(salon.resolve("b", "complete").await),
            7 => drop(salon.resolve("b", "reverse").await),
            _ => salon.share(&package, &fatma, false).await,
        }
        let now = format!("2026-11-22T09:{minute:02}:00Z");
        let (ayse, fatma) = (wallet_of(&salon.ayse).await, wallet_of(&fatma).await);
        seen.push((now, ayse, fatma));
    }
    // In a week the short one has expired; of each instant before, everything is as it was.
    salon.world.set_clock("2026-11-29T09:00:00Z");
    seen.push((
        "2026-11-29T09:00:00Z".to_owned(),
        wallet_of(&salon.ayse).await,
        wallet_of(&fatma).await,
    ));
    for (instant, ayses, fatmas) in &seen {
        assert_eq!(
            as_of(&salon, &salon.ayse, instant).await,
            *ayses,
            "{instant}"
        );
        assert_eq!(as_of(&salon, &fatma, instant).await, *fatmas, "{instant}");
        // A millisecond before the next minute nothing else has happened.
        let later = instant.replace(":00Z", ":59.999Z");
        if !instant.starts_with("2026-11-29") {
            assert_eq!(as_of(&salon, &salon.ayse, &later).await, *ayses, "{later}");
        }
    }
    assert_ne!(seen[4].2["shared"], json!([]));
    assert_eq!(seen[8].2["shared"], json!([]));
}

#[tokio::test]
async fn ones_own_wallet_is_read_as_of_an_instant_too() {
    let salon = Salon::open().await;
    let token = salon.ayses_token().await;
    at(&salon, 10);
    salon.sell_visits(5, &[&salon.manicure]).await;
    at(&salon, 20);
    let read = |query: &str| {
        salon
            .world
            .get(&format!("/v1/me/wallet{query}"))
            .by(&token)
            .ok()
    };
    let now = read("").await;
    assert_eq!(read("?as_of=2026-11-22T09:20:00Z").await, now);
    let before = read("?as_of=2026-11-22T09:09:59.999Z").await;
    assert_eq!(before["packages"], json!([]));
    // Of a time before there was anything, there is nothing.
    let long_ago = read("?as_of=1999-01-01T00:00:00Z").await;
    assert_eq!(long_ago, before);
}

#[tokio::test]
async fn an_instant_ahead_or_none_is_refused() {
    let salon = Salon::open().await;
    at(&salon, 10);
    let read = |query: &str| {
        salon.world.get(&format!(
            "/v1/customers/{}/wallet?as_of={query}",
            salon.ayse
        ))
    };
    read("2026-11-22T09:10:00.001Z")
        .refused(422, "as-of-in-future")
        .await;
    read("yesterday").refused(400, "malformed-query").await;
    read("2026-11-22").refused(400, "malformed-query").await;
    let token = salon.fatmas_token().await;
    read("2026-11-22T09:00:00Z")
        .by(&token)
        .refused(404, "customer-not-found")
        .await;
}
