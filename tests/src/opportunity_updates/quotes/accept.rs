//! Accepting a quote.

use serde_json::{Value, json};

use super::Shop;
use crate::harness::{Salon, id, lira};

fn ids(quote: &Value) -> Vec<String> {
    let ids = quote["package_ids"].as_array().unwrap().iter();
    ids.map(|id| id.as_str().unwrap().to_owned()).collect()
}

async fn since(salon: &Salon) -> Value {
    let path = format!("/v1/customers/{}", salon.ayse);
    salon.world.get(&path).ok().await["customer_since"].clone()
}

#[tokio::test]
async fn an_acceptance_sells_the_packages_wins_the_opportunity_and_makes_a_customer() {
    let shop = Shop::open().await;
    let other = shop.sent(shop.packages(1)).await;
    let draft = shop.drafted(shop.packages(1)).await;
    let manicure = &shop.salon.manicure;
    let quote = shop
        .sent(json!({
            "lines": [
                {"template_id": shop.template, "quantity": 3, "discount": {"amount": lira(200_000)}},
                {"service_id": manicure, "unit_price": lira(7)},
            ],
            "deposit": {"amount": lira(10_000)},
            "instalments": {"count": 2, "monthly_day": 5},
        }))
        .await;
    assert_eq!(since(&shop.salon).await, Value::Null);
    let accepted = shop.to(&quote, "accept").send().await;
    assert_eq!((accepted.status, accepted.replayed), (200, false));
    assert_eq!(accepted.body["status"], "accepted");
    assert_eq!(accepted.body["answered_at"], "2026-11-22T08:00:00Z");
    let packages = ids(&accepted.body);
    assert_eq!(packages.len(), 3);
    let mut sold = Vec::new();
    for package in &packages {
        let package = shop.salon.package(package).await;
        assert_eq!(package["status"], "pending-payment");
        assert_eq!(package["template_id"], json!(shop.template));
        assert_eq!(package["customer_id"], json!(shop.salon.ayse));
        assert_eq!(package["instalments"]["count"], 2);
        assert_eq!(package["pools"][0]["available"], 10);
        sold.push((package["price"].clone(), package["deposit"].clone()));
    }
    let expected = [(33_334, 3_334), (33_333, 3_333), (33_333, 3_333)];
    let expected = expected.map(|(price, deposit)| (lira(price), lira(deposit)));
    assert_eq!(sold, expected);
    let won = shop.opportunity().await;
    for (field, value) in [
        ("status", json!("won")),
        ("closed_on", json!("2026-11-22")),
        ("stage", json!(1)),
        ("amount", lira(100_007)),
        ("primary_quote_id", json!(quote)),
        ("package_ids", json!(packages)),
        ("quote_ids", json!([other, draft, quote])),
    ] {
        assert_eq!(won[field], value, "{field}");
    }
    for superseded in [&other, &draft] {
        let superseded = shop.reading(superseded).ok().await;
        assert_eq!(superseded["status"], "superseded");
    }
    assert_eq!(since(&shop.salon).await, "2026-11-22T08:00:00Z");
    let wallet = shop.salon.wallet().await;
    assert_eq!(wallet["packages"].as_array().unwrap().len(), 3);
    // The journal of the pipeline is not the customer's.
    let path = format!("/v1/customers/{}/journal", shop.salon.ayse);
    let journal = shop.salon.world.get(&path).ok().await;
    assert!(!journal.to_string().contains("quote-accepted"));
}

#[tokio::test]
async fn an_acceptance_is_answered_the_same_whoever_sends_it_again() {
    let shop = Shop::open().await;
    let ayse = shop.salon.ayses_token().await;
    let quote = shop.sent(shop.packages(2)).await;
    let first = shop.to(&quote, "accept").by(&ayse).send().await;
    assert_eq!((first.status, first.replayed), (200, false), "{first:?}");
    let entries = shop.salon.world.journal().await.len();
    for again in [
        shop.to(&quote, "accept").by(&ayse),
        shop.to(&quote, "accept"),
        shop.to(&quote, "accept").key("k"),
    ] {
        let again = again.send().await;
        assert_eq!((again.status, again.replayed), (200, true));
        assert_eq!((&again.body, &again.etag), (&first.body, &first.etag));
    }
    assert_eq!(shop.salon.world.journal().await.len(), entries);
    for (verb, code) in [
        ("send", "quote-accepted"),
        ("reject", "quote-accepted"),
        ("withdraw", "quote-accepted"),
        ("primary", "quote-accepted"),
        ("revise", "quote-accepted"),
    ] {
        shop.to(&quote, verb).refused(409, code).await;
    }
    let draft = shop.drafting(shop.packages(1));
    draft.refused(409, "opportunity-closed").await;
}

#[tokio::test]
async fn what_was_quoted_is_sold_whatever_became_of_the_template() {
    let shop = Shop::open().await;
    let quote = shop.sent(shop.packages(1)).await;
    let world = &shop.salon.world;
    let path = format!("/v1/package-templates/{}", shop.template);
    let other = json!({
        "name": "Başka", "kind": "visits", "quantity": 5, "price": lira(900_000),
        "services": [{"service_id": shop.salon.massage}],
    });
    world.call("PUT", &path).json(other).if_match(1).ok().await;
    world.call("POST", &format!("{path}/archive")).ok().await;
    let accepted = shop.to(&quote, "accept").ok().await;
    let package = shop.salon.package(&ids(&accepted)[0]).await;
    assert_eq!(
        (&package["name"], &package["price"]),
        (&json!("Paket"), &lira(100_000))
    );
    assert_eq!(package["pools"][0]["available"], 10);
    assert_eq!(package["expires_at"], "2027-05-22T21:00:00Z");
    shop.salon
        .book("b", &[&shop.salon.manicure], json!("auto"))
        .await;
    // A new quote has the template as it is, which is not at all.
    let shop = Shop {
        opportunity: another(&shop).await,
        ..shop
    };
    let refused = shop.drafting(shop.packages(1));
    refused.refused(409, "package-template-archived").await;
}

async fn another(shop: &Shop) -> String {
    let body = json!({"customer_id": shop.salon.ayse, "title": "Bir daha", "estimate": lira(1)});
    id(&shop.salon.world.post("/v1/opportunities", body).ok().await)
}

#[tokio::test]
async fn services_alone_make_a_customer_too_and_once() {
    let shop = Shop::open().await;
    let services = || json!({"lines": [{"service_id": shop.salon.manicure, "quantity": 2}]});
    let quote = shop.sent(services()).await;
    let accepted = shop.to(&quote, "accept").ok().await;
    assert_eq!(accepted["package_ids"], json!([]));
    assert_eq!(since(&shop.salon).await, "2026-11-22T08:00:00Z");
    let journal = shop.salon.world.journal().await;
    assert_eq!(
        journal
            .iter()
            .filter(|entry| entry.fact.name() == "customer-edited")
            .count(),
        1
    );
    shop.salon.world.set_clock("2026-11-23T08:00:00Z");
    let second = Shop {
        opportunity: another(&shop).await,
        ..shop
    };
    let services = json!({"lines": [{"service_id": second.salon.manicure}]});
    let quote = second.sent(services).await;
    second.to(&quote, "accept").ok().await;
    assert_eq!(since(&second.salon).await, "2026-11-22T08:00:00Z");
    let path = format!("/v1/customers/{}", second.salon.ayse);
    let read = second.salon.world.get(&path).send().await;
    assert_eq!(read.etag.as_deref(), Some("\"2\""));
    // The record is edited on as before.
    let edit = second.salon.world.call("PATCH", &path);
    edit.json(json!({"phone": "0212 000 00 00"}))
        .if_match(2)
        .ok()
        .await;
    assert_eq!(since(&second.salon).await, "2026-11-22T08:00:00Z");
}

#[tokio::test]
async fn what_recurs_is_opened_again_by_the_acceptance() {
    let shop = Shop::open().await;
    let path = format!("/v1/opportunities/{}", shop.opportunity);
    let recurs = shop.salon.world.call("PATCH", &path);
    let recurs = recurs.json(json!({"recurs": {"every_months": 6}}));
    recurs.if_match(1).ok().await;
    let quote = shop.sent(shop.packages(1)).await;
    shop.to(&quote, "accept").ok().await;
    let open = shop
        .salon
        .world
        .get("/v1/opportunities?status=open")
        .ok()
        .await;
    let [next] = &open["items"].as_array().unwrap()[..] else {
        panic!("one, not {open}")
    };
    let next = format!("/v1/opportunities/{}", id(next));
    let next = shop.salon.world.get(&next).ok().await;
    assert_eq!(next["origin"]["recurrence_of"], json!(shop.opportunity));
    assert_eq!(next["expected_close_on"], "2027-05-22");
    assert_eq!(
        (&next["quote_ids"], &next["package_ids"]),
        (&json!([]), &json!([]))
    );
}
