//! GET /v1/reports/utilisation.

use serde_json::{Value, json};

use super::report;
use crate::harness::{Salon, lira};

fn lines(report: &Value) -> Vec<Value> {
    let items = report["items"].as_array().unwrap().iter();
    items
        .map(|line| {
            let names = ["unit", "numerator", "denominator", "rate_basis_points"];
            json!(names.map(|name| line[name].clone()))
        })
        .collect()
}

#[tokio::test]
async fn what_is_used_is_a_share_of_what_was_granted_by_kind_of_unit() {
    let salon = Salon::open().await;
    let visits = salon.visits(3, &[&salon.manicure]).await;
    let sold = salon.sell(&salon.ayse, &visits).await;
    salon.sell(&salon.ayse, &visits).await;
    let credit = salon.credit(200_000).await;
    let credit = salon.sell(&salon.ayse, &credit).await;
    salon.book("b-1", &[&salon.manicure], json!([sold])).await;
    salon.book("b-2", &[&salon.manicure], json!([sold])).await;
    salon.book("b-3", &[&salon.massage], json!([credit])).await;
    salon.world.set_clock("2026-11-23T12:00:00Z");
    salon.resolve("b-1", "complete").await;
    salon.resolve("b-2", "no-show").await;
    salon.resolve("b-3", "complete").await;
    let report = report(&salon, "utilisation").await;
    let mut lines = lines(&report);
    lines.sort_by_key(|line| line[0].to_string());
    let expected = [
        json!(["TRY", 150_000, 200_000, 7500]),
        json!(["visit", 1, 6, 1667]),
    ];
    assert_eq!(lines, expected);
    assert!(report["items"][0]["excludes"].as_str().unwrap().len() > 10);
    assert_eq!(
        (&report["from"], &report["to"]),
        (&json!("2025-12"), &json!("2026-11"))
    );
}

#[tokio::test]
async fn the_months_are_those_of_the_sale_and_the_use_may_come_later() {
    let salon = Salon::open().await;
    let visits = salon.visits(2, &[&salon.manicure]).await;
    let sold = salon.sell(&salon.ayse, &visits).await;
    salon.book("b", &[&salon.manicure], json!([sold])).await;
    salon.world.set_clock("2026-12-02T12:00:00Z");
    salon.resolve("b", "complete").await;
    salon.sell(&salon.ayse, &visits).await;
    for (months, expected) in [
        (
            "from=2026-11-30&to=2026-11-30",
            vec![json!(["visit", 1, 2, 5000])],
        ),
        (
            "from=2026-12-01&to=2026-12-02",
            vec![json!(["visit", 0, 2, 0])],
        ),
        (
            "from=2026-11-30&to=2026-12-01",
            vec![json!(["visit", 1, 4, 2500])],
        ),
        ("from=2026-09-01&to=2026-10-31", vec![]),
    ] {
        let report = report(&salon, &format!("utilisation?{months}")).await;
        assert_eq!(lines(&report), expected, "{months}");
    }
}

#[tokio::test]
async fn what_went_to_another_customer_counts_once() {
    let salon = Salon::open().await;
    let services = json!([{"service_id": salon.manicure}]);
    let package = salon
        .sell_as(json!({
            "name": "Hediye", "kind": "visits", "quantity": 4, "services": services,
            "price": lira(0), "transferable": true,
        }))
        .await;
    let fatma = salon.customer("Fatma", "fatma@example.com").await;
    let given = json!({"to_customer_id": fatma, "pools": [{"pool": 0, "units": 3}]});
    let call = salon
        .world
        .post(&format!("/v1/packages/{package}/transfers"), given);
    call.key("t").ok().await;
    salon.book("b", &[&salon.manicure], json!([package])).await;
    salon.world.set_clock("2026-11-23T12:00:00Z");
    salon.resolve("b", "complete").await;
    let report = report(&salon, "utilisation").await;
    assert_eq!(lines(&report), [json!(["visit", 1, 4, 2500])]);
}
