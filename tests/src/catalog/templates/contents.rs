//! What a template may grant.

use serde_json::{Value, json};

use super::{credit, visits, with, without};
use crate::harness::{Salon, lira};

const PATH: &str = "/v1/package-templates";

/// Expects each body to be refused with this status and code, whether it would add or edit.
async fn check(salon: &Salon, bodies: Vec<Value>, status: u16, code: &str) {
    let template = salon.template(credit()).await;
    for body in bodies {
        let create = salon.world.post(PATH, body.clone());
        create.refused(status, code).await;
        let path = format!("{PATH}/{template}");
        let edit = salon.world.call("PUT", &path).json(body).if_match(1);
        edit.refused(status, code).await;
    }
    let listed = salon.world.pages(&format!("{PATH}?limit=9")).await;
    assert_eq!(listed[0].len(), 1);
    assert_eq!(listed[0][0]["version"], 1);
}

/// So many services that do not exist.
fn services(count: usize) -> Value {
    (0..count)
        .map(|number| json!({"service_id": format!("svc_{number:026}")}))
        .collect()
}

#[tokio::test]
async fn the_fields_of_visits_and_credit_do_not_mix() {
    let salon = Salon::open().await;
    let with_units = json!([{"service_id": salon.manicure, "units": 1}]);
    let bodies = vec![
        with(visits(&salon), "credit", lira(1)),
        without(visits(&salon), "quantity"),
        with(without(visits(&salon), "quantity"), "credit", lira(1)),
        with(credit(), "quantity", json!(1)),
        without(credit(), "credit"),
        with(without(credit(), "credit"), "quantity", json!(1)),
        with(credit(), "services", with_units),
    ];
    check(&salon, bodies, 422, "invalid-body").await;
}

#[tokio::test]
async fn a_template_that_could_never_pay_is_refused() {
    let salon = Salon::open().await;
    let one = |units: u64| json!([{"service_id": salon.manicure, "units": units}]);
    let twice = json!([{"service_id": salon.manicure}, {"service_id": salon.manicure}]);
    let bodies = vec![
        with(visits(&salon), "quantity", json!(0)),
        with(visits(&salon), "quantity", json!(100_001)),
        with(visits(&salon), "services", json!([])),
        without(visits(&salon), "services"),
        with(visits(&salon), "services", one(0)),
        with(visits(&salon), "services", one(11)),
        with(visits(&salon), "services", twice.clone()),
        with(credit(), "credit", lira(0)),
        with(credit(), "services", twice),
    ];
    check(&salon, bodies, 422, "package-template-contents").await;
    for body in [
        with(visits(&salon), "quantity", json!(100_000)),
        with(visits(&salon), "services", one(10)),
    ] {
        salon.template(body).await;
    }
}

#[tokio::test]
async fn a_template_covers_at_most_50_services() {
    let salon = Salon::open().await;
    let bodies = vec![
        with(visits(&salon), "services", services(51)),
        with(credit(), "services", services(51)),
    ];
    check(&salon, bodies, 422, "package-template-contents").await;
    let mut fifty = Vec::new();
    for number in 0..50 {
        fifty.push(salon.service(&format!("Hizmet {number}"), 1).await);
    }
    let fifty: Vec<&str> = fifty.iter().map(String::as_str).collect();
    let package = salon.sell_visits(10, &fifty).await;
    salon.book("b", &[fifty[49]], json!([package])).await;
    assert_eq!(salon.pool(&package).await, (9, 1, 0, 0));
}

#[tokio::test]
async fn many_more_than_50_services_are_refused_for_the_same_reason() {
    let salon = Salon::open().await;
    let bodies = vec![with(visits(&salon), "services", services(120))];
    check(&salon, bodies, 422, "package-template-contents").await;
}

#[tokio::test]
async fn a_template_covers_services_of_this_business() {
    let salon = Salon::open().await;
    let neighbours = {
        let body = json!({"name": "Ağda", "list_price": lira(1), "duration_minutes": 30});
        let call = salon.world.post("/v1/services", body);
        call.by(&salon.world.next_door()).ok().await["id"].clone()
    };
    let both = json!([{"service_id": salon.manicure}, {"service_id": neighbours}]);
    let bodies = vec![
        with(visits(&salon), "services", services(1)),
        with(visits(&salon), "services", both),
        with(credit(), "services", services(1)),
    ];
    check(&salon, bodies, 404, "service-not-found").await;
}

#[tokio::test]
async fn a_validity_is_between_one_day_and_ten_years() {
    let salon = Salon::open().await;
    let validity =
        |count: u64, unit: &str| with(credit(), "validity", json!({"count": count, "unit": unit}));
    let bodies = vec![
        validity(0, "days"),
        validity(3661, "days"),
        validity(121, "months"),
        validity(11, "years"),
    ];
    check(&salon, bodies, 422, "validity-out-of-range").await;
    for body in [
        validity(1, "days"),
        validity(120, "months"),
        validity(10, "years"),
    ] {
        let template = salon.template(body).await;
        salon.sell(&salon.ayse, &template).await;
    }
    for body in [validity(1, "weeks"), validity(70_000, "days")] {
        let call = salon.world.post(PATH, body);
        call.refused(422, "invalid-body").await;
    }
}
