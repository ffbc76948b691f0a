//! POST /v1/packages.

use local::Role;
use serde_json::{Value, json};

use crate::harness::{Call, Salon, assert_shows, id, lira};

fn sale(salon: &Salon, template: &str) -> Call {
    let body = json!({"customer_id": salon.ayse, "template_id": template});
    salon.world.post("/v1/packages", body)
}

#[tokio::test]
async fn a_sale_makes_a_package_with_the_terms_of_its_template() {
    let salon = Salon::open().await;
    let template = json!({
        "name": "Bakım", "kind": "visits", "quantity": 10, "price": lira(500_000),
        "colour": "teal", "validity": {"count": 30, "unit": "days"},
        "services": [
            {"service_id": salon.manicure},
            {"service_id": salon.massage, "units": 3},
        ],
    });
    let template = salon.template(template).await;
    let sold = sale(&salon, &template).key("k").send().await;
    assert_eq!((sold.status, sold.replayed), (201, false));
    let expected = json!({
        "id": sold.body["id"], "customer_id": salon.ayse, "template_id": template,
        "name": "Bakım", "kind": "visits", "colour": "teal", "status": "active",
        "price": lira(500_000), "sold_at": "2026-11-22T08:00:00Z",
        "expires_at": "2026-12-22T21:00:00Z",
        "pools": [{
            "unit": "visit", "currency": null, "granted": 10, "available": 10,
            "held": 0, "used": 0, "forfeited": 0, "expired": 0,
            "services": [
                {"service_id": salon.manicure, "name": "Manikür", "units": 1},
                {"service_id": salon.massage, "name": "Masaj", "units": 3},
            ],
        }],
    });
    assert_shows(&sold.body, &expected);
    assert!(id(&sold.body).starts_with("pkg_"));
    assert_eq!(salon.package(&id(&sold.body)).await, sold.body);
}

#[tokio::test]
async fn sold_credit_is_money_for_everything_and_never_expires() {
    let salon = Salon::open().await;
    let template = salon.credit(250_000).await;
    let sold = sale(&salon, &template).key("k").ok().await;
    assert_eq!(
        (&sold["kind"], &sold["colour"]),
        (&json!("credit"), &json!("purple"))
    );
    assert_eq!(
        (&sold["expires_at"], &sold["status"]),
        (&Value::Null, &json!("active"))
    );
    let pool = json!({
        "unit": "money", "currency": "TRY", "granted": 250_000, "available": 250_000,
        "held": 0, "used": 0, "forfeited": 0, "expired": 0, "services": null,
    });
    assert_shows(&sold["pools"], &json!([pool]));
}

#[tokio::test]
async fn a_package_expires_at_the_midnight_of_the_business_that_ends_its_last_day() {
    let salon = Salon::open().await;
    let one_month = json!({
        "name": "Kredi", "kind": "credit", "credit": lira(1), "price": lira(1),
        "validity": {"count": 1, "unit": "months"},
    });
    let template = salon.template(one_month).await;
    let sell_at = async |at: &str| {
        salon.world.set_clock(at);
        sale(&salon, &template).key(at).ok().await["expires_at"].clone()
    };
    assert_eq!(
        sell_at("2027-01-31T10:00:00Z").await,
        "2027-02-28T21:00:00Z"
    );
    // A quarter to midnight and a quarter past it in Istanbul are different days.
    assert_eq!(
        sell_at("2027-03-09T20:45:00Z").await,
        "2027-04-09T21:00:00Z"
    );
    assert_eq!(
        sell_at("2027-03-09T21:15:00Z").await,
        "2027-04-10T21:00:00Z"
    );
    let bucharest = json!({
        "name": "Salon", "time_zone": "Europe/Bucharest",
        "deduct_at": "booking", "no_show": "forfeit",
    });
    let put = salon.world.call("PUT", "/v1/settings").json(bucharest);
    put.if_match(1).ok().await;
    // Summer time begins between the sale and the expiry.
    assert_eq!(
        sell_at("2027-03-10T10:00:00Z").await,
        "2027-04-10T21:00:00Z"
    );
    assert_eq!(
        sell_at("2027-01-10T10:00:00Z").await,
        "2027-02-10T22:00:00Z"
    );
}

#[tokio::test]
async fn a_repeated_sale_sells_once_and_answers_the_same_whatever_became_of_the_package() {
    let salon = Salon::open().await;
    let template = salon.visits(1, &[&salon.manicure]).await;
    let first = sale(&salon, &template).key("k").send().await;
    assert_eq!((first.status, first.replayed), (201, false));
    let archive = format!("/v1/package-templates/{template}/archive");
    salon.world.call("POST", &archive).ok().await;
    salon.book("b", &[&salon.manicure], json!("auto")).await;
    salon.resolve("b", "complete").await;
    // Used up, and long expired.
    salon.world.set_clock("2030-01-01T08:00:00Z");
    let again = sale(&salon, &template).key("k").send().await;
    assert_eq!((again.status, again.replayed), (201, true));
    assert_eq!(again.body, first.body);
    assert_eq!(again.body["pools"][0]["available"], 1);
    assert_eq!(
        salon.wallet().await["packages"].as_array().unwrap().len(),
        1
    );
    assert_eq!(salon.pool(&id(&first.body)).await, (0, 0, 1, 0));
}

#[tokio::test]
async fn two_keys_sell_two_packages() {
    let salon = Salon::open().await;
    let template = salon.visits(10, &[&salon.manicure]).await;
    let first = sale(&salon, &template).key("first").ok().await;
    let second = sale(&salon, &template).key("second").ok().await;
    assert_ne!(first["id"], second["id"]);
    assert_eq!(
        salon.wallet().await["packages"].as_array().unwrap().len(),
        2
    );
}

#[tokio::test]
async fn two_businesses_may_use_one_key() {
    let salon = Salon::open().await;
    let settings = json!({
        "name": "Salon", "time_zone": "Europe/Istanbul",
        "deduct_at": "booking", "no_show": "forfeit",
    });
    let put = salon.world.call("PUT", "/v1/settings").json(settings);
    put.by(&salon.world.next_door()).ok().await;
    let mut sold = Vec::new();
    for owner in [salon.world.token(Role::Owner), salon.world.next_door()] {
        let post = |path: &str, body: Value| salon.world.post(path, body).by(&owner).key("k");
        let customer = post("/v1/customers", json!({"name": "Elif"})).ok().await;
        let credit = json!({
            "name": "Kredi", "kind": "credit", "credit": lira(1), "price": lira(1),
        });
        let template = post("/v1/package-templates", credit).ok().await;
        let body = json!({"customer_id": customer["id"], "template_id": template["id"]});
        let answer = post("/v1/packages", body).send().await;
        assert_eq!((answer.status, answer.replayed), (201, false));
        sold.push((answer.body["id"].clone(), customer["id"].clone()));
    }
    assert_ne!(sold[0].0, sold[1].0);
    assert_ne!(sold[0].1, sold[1].1);
}
