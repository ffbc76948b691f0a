//! POST /v1/packages with terms put together for one customer, and with a typed last day.

use local::Role;
use serde_json::{Value, json};

use super::answer;
use crate::harness::{Call, Salon, assert_shows, id, lira};

fn sale(salon: &Salon, fields: Value) -> Call {
    let mut body = json!({"customer_id": salon.ayse});
    for (name, value) in fields.as_object().unwrap() {
        body[name] = value.clone();
    }
    let key = body.to_string().len().to_string();
    salon.world.post("/v1/packages", body).key(&key)
}

fn bundle(salon: &Salon) -> Value {
    json!({
        "name": "Gelin paketi", "kind": "bundle", "tax_basis_points": 2000,
        "validity": {"count": 1, "unit": "months"},
        "services": [
            {"service_id": salon.manicure, "quantity": 3},
            {"service_id": salon.massage, "quantity": 2},
        ],
    })
}

#[tokio::test]
async fn terms_of_its_own_are_sold_without_a_template() {
    let salon = Salon::open().await;
    let sold = sale(&salon, json!({"terms": bundle(&salon)})).ok().await;
    let expected = json!({
        "template_id": null, "name": "Gelin paketi", "kind": "bundle", "status": "active",
        // 3 × 600.00 + 2 × 1500.00 lira.
        "price": lira(480_000), "list_price": lira(480_000), "discount": null,
        "expires_at": "2026-12-22T21:00:00Z",
        "pools": [
            {"granted": 3, "worth": lira(180_000)},
            {"granted": 2, "worth": lira(300_000)},
        ],
    });
    assert_shows(&sold, &expected);
    salon.book("b", &[&salon.massage], json!("auto")).await;
    let package = salon.package(&id(&sold)).await;
    assert_eq!(package["pools"][1]["held"], 1);
    // There is no template of it.
    let templates = salon.world.get("/v1/package-templates").ok().await;
    assert_eq!(templates["items"], json!([]));
}

#[tokio::test]
async fn terms_of_its_own_may_be_offered_at_another_price() {
    let salon = Salon::open().await;
    let fields = json!({"terms": bundle(&salon), "price": lira(400_000), "offer": {}});
    let offer = sale(&salon, fields).ok().await;
    let expected = json!({
        "status": "offer", "price": lira(400_000), "list_price": lira(480_000),
        "discount": lira(80_000), "expires_at": null, "offered_until": null,
    });
    assert_shows(&offer, &expected);
    let sold = answer(&salon, &id(&offer), "accept").ok().await;
    let shares = json!([{"worth": lira(150_000)}, {"worth": lira(250_000)}]);
    assert_shows(&sold["pools"], &shares);
}

#[tokio::test]
async fn a_repeated_sale_of_terms_is_the_same_package_whatever_became_of_the_services() {
    let salon = Salon::open().await;
    let fields = json!({"terms": bundle(&salon)});
    let first = sale(&salon, fields.clone()).send().await;
    let archive = format!("/v1/services/{}/archive", salon.massage);
    salon.world.call("POST", &archive).ok().await;
    let again = sale(&salon, fields).send().await;
    assert_eq!((again.status, again.replayed), (201, true));
    assert_eq!(again.body, first.body);
}

#[tokio::test]
async fn terms_are_refused_where_a_template_of_them_would_be() {
    let salon = Salon::open().await;
    let mut none = bundle(&salon);
    none["services"] = json!([]);
    let mut nowhere = bundle(&salon);
    nowhere["services"][0]["service_id"] = json!(format!("svc_{:026}", 7));
    let mut prior = bundle(&salon);
    prior["priority"] = json!(101);
    let mut visits = bundle(&salon);
    visits["quantity"] = json!(3);
    for (terms, status, code) in [
        (none, 422, "package-template-contents"),
        (nowhere, 404, "service-not-found"),
        (prior, 422, "package-terms"),
        (visits, 422, "invalid-body"),
    ] {
        let call = sale(&salon, json!({"terms": terms}));
        call.refused(status, code).await;
    }
    let archive = format!("/v1/services/{}/archive", salon.massage);
    salon.world.call("POST", &archive).ok().await;
    let call = sale(&salon, json!({"terms": bundle(&salon)}));
    call.refused(409, "service-archived").await;
    assert_eq!(salon.wallet().await["packages"], json!([]));
}

#[tokio::test]
async fn a_typed_last_day_stands_in_place_of_the_templates_validity() {
    let salon = Salon::open().await;
    let template = json!({
        "name": "Paket", "kind": "visits", "quantity": 10, "price": lira(100_000),
        "services": [{"service_id": salon.manicure}], "grace_days": 3,
        "validity": {"count": 1, "unit": "months", "from": "first-use"},
    });
    let template = salon.template(template).await;
    let fields = json!({"template_id": template, "expires_on": "2027-03-31"});
    let package = id(&sale(&salon, fields).ok().await);
    salon.book("b", &[&salon.manicure], json!("auto")).await;
    salon.resolve("b", "complete").await;
    let expected = json!({
        "expires_at": "2027-03-31T21:00:00Z", "usable_until": "2027-04-03T21:00:00Z",
    });
    assert_shows(&salon.package(&package).await, &expected);
}

#[tokio::test]
async fn what_costs_nothing_is_sold_by_who_may_give_goodwill() {
    let salon = Salon::open().await;
    let mut free = bundle(&salon);
    free["price"] = lira(0);
    let template = salon.visits(1, &[&salon.manicure]).await;
    let ways = [
        json!({"terms": free}),
        json!({"terms": bundle(&salon), "price": lira(0)}),
        json!({"template_id": template, "price": lira(0), "offer": {}}),
    ];
    for (n, way) in ways.into_iter().enumerate() {
        for (role, allowed) in [
            (Role::Sales, false),
            (Role::Machine, false),
            (Role::Staff, true),
            (Role::Owner, true),
        ] {
            let mut body = way.clone();
            body["customer_id"] = json!(salon.ayse);
            let call = salon.world.post("/v1/packages", body);
            let call = call
                .key(&format!("{n}{role:?}"))
                .by(&salon.world.token(role));
            match allowed {
                true => assert_eq!(call.ok().await["price"], lira(0)),
                false => {
                    call.refused(403, "forbidden").await;
                }
            }
        }
    }
}
