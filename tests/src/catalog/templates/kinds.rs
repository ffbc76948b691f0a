//! Bundles, passes and the terms that any kind may have.

use serde_json::{Value, json};

use super::{credit, visits, with};
use crate::harness::{Salon, assert_shows, id, lira};

const PATH: &str = "/v1/package-templates";

fn bundle(salon: &Salon) -> Value {
    json!({
        "name": "Gelin", "kind": "bundle",
        "services": [
            {"service_id": salon.manicure, "quantity": 4, "units": 2},
            {"service_id": salon.massage, "quantity": 3},
        ],
    })
}

fn pass(salon: &Salon) -> Value {
    json!({
        "name": "Sınırsız", "kind": "pass", "price": lira(300_000),
        "services": [{"service_id": salon.manicure}],
        "caps": {"per_day": 1, "per_week": 3},
        "validity": {"count": 1, "unit": "months", "from": "first-use"},
    })
}

#[tokio::test]
async fn a_bundle_is_read_back_with_the_quantity_of_each_service() {
    let salon = Salon::open().await;
    let created = salon.world.post(PATH, bundle(&salon)).ok().await;
    // Two manicures at 600.00 and three massages at 1,500.00.
    let expected = json!({
        "kind": "bundle", "colour": "blue", "quantity": null, "credit": null, "caps": null,
        "price": lira(570_000), "at_list_price": true, "list_price": lira(570_000),
        "discount": null, "validity": null,
        "services": [
            {"service_id": salon.manicure, "name": "Manikür", "quantity": 4, "units": 2},
            {"service_id": salon.massage, "name": "Masaj", "quantity": 3, "units": 1},
        ],
    });
    assert_shows(&created, &expected);
    let path = format!("{PATH}/{}", id(&created));
    assert_eq!(salon.world.get(&path).ok().await, created);
}

#[tokio::test]
async fn a_pass_is_read_back_with_its_caps() {
    let salon = Salon::open().await;
    let created = salon.world.post(PATH, pass(&salon)).ok().await;
    let expected = json!({
        "kind": "pass", "colour": "yellow", "quantity": null, "list_price": null,
        "caps": {"per_day": 1, "per_week": 3, "per_period": null},
        "validity": {"count": 1, "unit": "months", "from": "first-use"},
    });
    assert_shows(&created, &expected);
    let path = format!("{PATH}/{}", id(&created));
    assert_eq!(salon.world.get(&path).ok().await, created);
}

#[tokio::test]
async fn a_price_that_is_left_out_is_the_list_price_of_the_moment_of_each_edit() {
    let salon = Salon::open().await;
    let created = salon.world.post(PATH, bundle(&salon)).ok().await;
    let path = format!("{PATH}/{}", id(&created));
    let service = format!("/v1/services/{}", salon.massage);
    let dearer = json!({
        "name": "Masaj", "list_price": lira(200_000), "tax_basis_points": 2000, "duration_minutes": 60,
    });
    salon
        .world
        .call("PUT", &service)
        .json(dearer)
        .if_match(1)
        .ok()
        .await;
    assert_eq!(salon.world.get(&path).ok().await["price"], lira(570_000));
    let edit = salon
        .world
        .call("PUT", &path)
        .json(bundle(&salon))
        .if_match(1);
    assert_eq!(edit.ok().await["price"], lira(720_000));
    let fixed = with(bundle(&salon), "price", lira(500_000));
    let fixed = salon
        .world
        .call("PUT", &path)
        .json(fixed)
        .if_match(2)
        .ok()
        .await;
    assert_shows(
        &fixed,
        &json!({"price": lira(500_000), "at_list_price": false, "discount": lira(220_000)}),
    );
}

#[tokio::test]
async fn every_term_is_read_back_from_the_template_and_from_what_is_sold() {
    let salon = Salon::open().await;
    let terms = json!({
        "category": "Yaz", "tax_basis_points": 2000, "grace_days": 5, "priority": 7,
        "promotional": true, "transferable": true, "max_members": 3, "redeem_up_to_paid": true,
        "instalments": {"count": 3, "monthly_day": 31, "direct_debit": false},
        "validity": {"until": "2026-12-31"},
    });
    let mut body = visits(&salon);
    for (name, value) in terms.as_object().unwrap() {
        body[name] = value.clone();
    }
    body["deposit"] = json!({"percent": 33});
    body["online"] = json!(true);
    let created = salon.world.post(PATH, body).ok().await;
    assert_shows(&created, &terms);
    assert_shows(
        &created,
        &json!({"deposit": {"percent": 33}, "online": true}),
    );
    let package = salon.sell(&salon.ayse, &id(&created)).await;
    let package = salon.package(&package).await;
    assert_shows(&package, &terms_of_a_package(&terms));
    assert_shows(
        &package,
        &json!({
            "status": "pending-payment", "deposit": lira(165_000), "outstanding": lira(500_000),
            "expires_at": "2026-12-31T21:00:00Z", "usable_until": "2027-01-05T21:00:00Z",
        }),
    );
}

/// The same without what only a template shows.
fn terms_of_a_package(terms: &Value) -> Value {
    let mut terms = terms.clone();
    terms.as_object_mut().unwrap().remove("grace_days");
    terms
}

#[tokio::test]
async fn fields_of_another_kind_are_refused() {
    let salon = Salon::open().await;
    for body in [
        with(bundle(&salon), "quantity", json!(4)),
        with(bundle(&salon), "credit", lira(1)),
        with(bundle(&salon), "caps", json!({"per_day": 1})),
        with(
            bundle(&salon),
            "services",
            json!([{"service_id": salon.manicure}]),
        ),
        with(pass(&salon), "quantity", json!(4)),
        with(
            pass(&salon),
            "services",
            json!([{"service_id": salon.manicure, "units": 1}]),
        ),
        with(visits(&salon), "caps", json!({"per_day": 1})),
        with(
            visits(&salon),
            "services",
            json!([{"service_id": salon.manicure, "quantity": 1}]),
        ),
        with(credit(), "caps", json!({"per_day": 1})),
        with(
            credit(),
            "validity",
            json!({"until": "2026-12-31", "count": 1}),
        ),
        with(credit(), "validity", json!({"count": 1})),
        with(credit(), "validity", json!({"from": "sale"})),
        with(credit(), "deposit", json!({})),
        with(
            credit(),
            "deposit",
            json!({"percent": 1, "amount": lira(1)}),
        ),
    ] {
        let call = salon.world.post(PATH, body);
        call.refused(422, "invalid-body").await;
    }
}

#[tokio::test]
async fn terms_that_do_not_fit_together_are_refused_with_what_to_do() {
    let salon = Salon::open().await;
    for body in [
        with(pass(&salon), "validity", Value::Null),
        with(pass(&salon), "price", Value::Null),
        with(credit(), "deposit", json!({"percent": 101})),
        with(credit(), "deposit", json!({"amount": lira(90_001)})),
        with(
            credit(),
            "instalments",
            json!({"count": 0, "monthly_day": 1}),
        ),
        with(
            credit(),
            "instalments",
            json!({"count": 1, "monthly_day": 32}),
        ),
        with(credit(), "grace_days", json!(367)),
        with(credit(), "priority", json!(101)),
        with(credit(), "max_members", json!(21)),
        with(credit(), "tax_basis_points", json!(10_001)),
    ] {
        let call = salon.world.post(PATH, body);
        call.refused(422, "package-terms").await;
    }
    let nothing = with(pass(&salon), "caps", json!({"per_week": 0}));
    let call = salon.world.post(PATH, nothing);
    call.refused(422, "package-template-contents").await;
}
