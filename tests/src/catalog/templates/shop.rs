//! GET /v1/shop/package-templates.

use serde_json::{Value, json};

use super::visits;
use crate::harness::{Salon, lira};

fn names(pages: &[Vec<Value>]) -> Vec<&str> {
    let items = pages.iter().flatten();
    items.map(|item| item["name"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn the_shop_shows_what_is_sold_online_and_is_not_archived() {
    let salon = Salon::open().await;
    let ayse = salon.ayses_token().await;
    let stranger = salon.world.customer_token("s", "s@example.com");
    for (name, online, archived) in [
        ("bir", true, false),
        ("iki", false, false),
        ("üç", true, true),
        ("dört", true, false),
        ("beş", true, false),
    ] {
        let mut body = visits(&salon);
        body["name"] = json!(name);
        body["online"] = json!(online);
        let template = salon.template(body).await;
        if archived {
            let path = format!("/v1/package-templates/{template}/archive");
            salon.world.call("POST", &path).ok().await;
        }
    }
    let path = "/v1/shop/package-templates";
    for limit in [1, 2, 3, 100] {
        let pages = salon.world.pages(&format!("{path}?limit={limit}")).await;
        let mut found = names(&pages);
        found.sort_unstable();
        assert_eq!(found, ["beş", "bir", "dört"], "limit {limit}");
        assert_eq!(pages.len(), 3_usize.div_ceil(limit), "limit {limit}");
    }
    let all = salon.world.get(path).ok().await;
    for token in [&ayse, &stranger] {
        assert_eq!(salon.world.get(path).by(token).ok().await, all);
    }
    let next_door = salon.world.get(path).by(&salon.world.next_door());
    assert_eq!(next_door.ok().await["items"], json!([]));
}

#[tokio::test]
async fn the_shop_shows_what_a_buyer_needs_to_know_and_no_more() {
    let salon = Salon::open().await;
    let mut body = visits(&salon);
    body["online"] = json!(true);
    body["priority"] = json!(7);
    body["instalments"] = json!({"count": 4, "monthly_day": 1});
    let template = salon.template(body).await;
    let shop = salon.world.get("/v1/shop/package-templates").ok().await;
    let service = json!({"service_id": salon.manicure, "name": "Manikür", "units": 1});
    let expected = json!({
        "id": template, "name": "10 Manikür", "kind": "visits", "colour": "green",
        "category": null, "price": lira(500_000), "list_price": lira(600_000),
        "discount": lira(100_000), "tax_basis_points": 0,
        "validity": {"count": 6, "unit": "months", "from": "sale"}, "grace_days": 0,
        "quantity": 10, "credit": null, "caps": null, "services": [service],
        "transferable": false, "max_members": 0, "redeem_up_to_paid": false,
        // All of it has to be paid at once where there is no deposit.
        "deposit": null, "instalments": null,
    });
    assert_eq!(shop["items"], json!([expected]));
}
