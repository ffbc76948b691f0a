//! GET /v1/packages.

use serde_json::{Value, json};

use super::{answer, offered};
use crate::harness::{Salon, lira};

async fn ids(salon: &Salon, query: &str) -> Vec<String> {
    let pages = salon.world.pages(&format!("/v1/packages?{query}")).await;
    let ids = pages.concat().into_iter();
    ids.map(|package| package["id"].as_str().unwrap().to_owned())
        .collect()
}

/// A package of every stage and status that can be reached by selling, an hour apart, last first:
/// what each is, and its id.
async fn shelf(salon: &Salon) -> Vec<(&'static str, String)> {
    let template = salon.visits(1, &[&salon.manicure]).await;
    let deposit = json!({
        "name": "Kapora", "kind": "credit", "credit": lira(1_000), "price": lira(1_000),
        "deposit": {"percent": 50},
    });
    let deposit = salon.template(deposit).await;
    let today = json!({"offer": {"until": "2026-11-22"}});
    let mut shelf = Vec::new();
    for (hour, status) in [
        "expired",
        "exhausted",
        "lapsed",
        "declined",
        "offer",
        "pending-payment",
        "active",
    ]
    .into_iter()
    .enumerate()
    {
        let hour = 8 + hour;
        salon
            .world
            .set_clock(&format!("2026-11-22T{hour:02}:00:00Z"));
        let package = match status {
            "offer" => offered(salon, &template, json!({})).await,
            "lapsed" => offered(salon, &template, today.clone()).await,
            "declined" => {
                let offer = offered(salon, &template, json!({})).await;
                answer(salon, &offer, "decline").ok().await;
                offer
            }
            "expired" => {
                let body = json!({
                    "customer_id": salon.ayse, "template_id": template,
                    "expires_on": "2026-11-22",
                });
                let sold = salon.world.post("/v1/packages", body).key("expired");
                crate::harness::id(&sold.ok().await)
            }
            "pending-payment" => salon.sell(&salon.ayse, &deposit).await,
            _ => salon.sell(&salon.ayse, &template).await,
        };
        if status == "exhausted" {
            let booking = salon.booking("b", &[&salon.manicure], json!([package]));
            salon.world.post("/v1/bookings", booking).ok().await;
            salon.resolve("b", "complete").await;
        }
        shelf.insert(0, (status, package));
    }
    salon.world.set_clock("2026-11-23T08:00:00Z");
    shelf
}

#[tokio::test]
async fn packages_are_listed_by_what_they_are_last_sold_first() {
    let salon = Salon::open().await;
    let shelf = shelf(&salon).await;
    let of = |statuses: &[&str]| -> Vec<String> {
        let found = shelf.iter().filter(|(status, _)| statuses.contains(status));
        found.map(|(_, id)| id.clone()).collect()
    };
    let every: Vec<&str> = shelf.iter().map(|(status, _)| *status).collect();
    for (query, statuses) in [
        ("limit=100", every.as_slice()),
        ("status=offer", &["offer"]),
        ("status=declined", &["declined"]),
        ("status=pending-payment", &["pending-payment"]),
        ("status=active", &["active"]),
        ("status=exhausted", &["exhausted"]),
        ("status=expired", &["lapsed", "expired"]),
        ("status=refunded", &[]),
        ("group=offers", &["offer", "declined", "lapsed"]),
        (
            "group=sold",
            &["active", "pending-payment", "exhausted", "expired"],
        ),
        ("group=active", &["active", "pending-payment"]),
        ("group=ended", &["exhausted", "expired"]),
        ("group=ended&status=expired", &["expired"]),
        ("group=active&status=expired", &[]),
        (
            "sold_from=2026-11-22T10:00:00Z&sold_to=2026-11-22T13:00:00Z",
            &["offer", "declined", "lapsed"],
        ),
        ("sold_from=2026-11-22T14:00:00Z", &["active"]),
        ("sold_to=2026-11-22T08:00:00Z", &[]),
        ("sold_to=2026-11-22T08:00:00.001Z", &["expired"]),
        (
            "sold_from=2027-01-01T00:00:00Z&sold_to=2026-01-01T00:00:00Z",
            &[],
        ),
    ] {
        for customer in ["", &format!("&customer_id={}", salon.ayse)] {
            for limit in ["", "&limit=1", "&limit=2"] {
                if query.contains("limit") && !limit.is_empty() {
                    continue;
                }
                let query = format!("{query}{customer}{limit}");
                assert_eq!(ids(&salon, &query).await, of(statuses), "{query}");
            }
        }
    }
}

#[tokio::test]
async fn packages_are_listed_by_template_and_by_customer() {
    let salon = Salon::open().await;
    let fatma = salon.customer("Fatma", "fatma@example.com").await;
    let one = salon.visits(1, &[&salon.manicure]).await;
    let other = salon.credit(100).await;
    let mut sold = Vec::new();
    for number in 0..6 {
        salon
            .world
            .set_clock(&format!("2026-11-22T0{number}:00:00Z"));
        let customer = [&salon.ayse, &fatma][number % 2];
        let template = [&one, &other][number % 3 % 2];
        sold.insert(
            0,
            (customer, template, salon.sell(customer, template).await),
        );
    }
    let terms = json!({"name": "Özel", "kind": "credit", "credit": lira(1), "price": lira(1)});
    let body = json!({"customer_id": fatma, "terms": terms});
    salon.world.post("/v1/packages", body).key("own").ok().await;
    for (customer, template) in [
        (None, Some(&one)),
        (None, Some(&other)),
        (Some(&fatma), Some(&one)),
        (Some(&salon.ayse), Some(&other)),
        (Some(&salon.ayse), None),
    ] {
        let mut query = String::from("limit=1");
        query += &customer.map_or(String::new(), |id| format!("&customer_id={id}"));
        query += &template.map_or(String::new(), |id| format!("&template_id={id}"));
        let expected: Vec<&String> = sold
            .iter()
            .filter(|(of, from, _)| {
                customer.is_none_or(|id| id == *of) && template.is_none_or(|id| id == *from)
            })
            .map(|(_, _, id)| id)
            .collect();
        assert!(!expected.is_empty());
        assert_eq!(
            ids(&salon, &query).await.iter().collect::<Vec<_>>(),
            expected,
            "{query}"
        );
    }
    assert_eq!(ids(&salon, "limit=3").await.len(), 7);
    for nothing in ["template_id=tpl", "customer_id=cus"] {
        let query = format!("{nothing}_{:026}", 7);
        assert_eq!(ids(&salon, &query).await.len(), 0);
    }
}

#[tokio::test]
async fn an_accepted_offer_is_listed_where_it_was_accepted() {
    let salon = Salon::open().await;
    let template = salon.visits(1, &[&salon.manicure]).await;
    let offer = offered(&salon, &template, json!({})).await;
    salon.world.set_clock("2026-11-22T09:00:00Z");
    let sold = salon.sell(&salon.ayse, &template).await;
    assert_eq!(ids(&salon, "").await, [sold.clone(), offer.clone()]);
    salon.world.set_clock("2026-11-22T10:00:00Z");
    answer(&salon, &offer, "accept").ok().await;
    for customer in ["", &format!("customer_id={}", salon.ayse)] {
        assert_eq!(ids(&salon, customer).await, [offer.clone(), sold.clone()]);
        let since = format!("sold_from=2026-11-22T10:00:00Z&{customer}");
        let found = ids(&salon, since.trim_end_matches('&')).await;
        assert_eq!(found, [offer.as_str()]);
    }
}

#[tokio::test]
async fn a_page_shows_packages_as_they_stand_now() {
    let salon = Salon::open().await;
    let package = salon.sell_visits(2, &[&salon.manicure]).await;
    salon.book("b", &[&salon.manicure], json!("auto")).await;
    let page = salon.world.get("/v1/packages?limit=1").ok().await;
    assert_eq!(page["items"], json!([salon.package(&package).await]));
    assert_eq!(page["items"][0]["pools"][0]["held"], 1);
    assert_eq!(page["next_cursor"], Value::Null);
}

#[tokio::test]
async fn who_asks_for_what_there_cannot_be_is_told() {
    let salon = Salon::open().await;
    for query in [
        "status=",
        "status=sold",
        "status=offer&status=active",
        "group=all",
        "template_id=",
        "template_id=cus_1",
        "customer_id=ayse",
        "sold_from=2026-11-22",
        "sold_to=today",
        "template=tpl_1",
    ] {
        let call = salon.world.get(&format!("/v1/packages?{query}"));
        call.refused(400, "malformed-query").await;
    }
}
