//! What a wallet adds up to.

use serde_json::{Value, json};

use crate::harness::{Salon, lira};

/// What is left of a service: units available and redemptions; none if it is not listed.
fn left(wallet: &Value, service: &str) -> Option<(u64, u64)> {
    let services = wallet["totals"]["services"].as_array().unwrap();
    let total = services
        .iter()
        .find(|total| total["service_id"] == service)?;
    Some((
        total["available"].as_u64().unwrap(),
        total["redemptions"].as_u64().unwrap(),
    ))
}

/// Visits, one for a manicure and two for a massage.
fn with_double_massage(salon: &Salon, quantity: u64) -> Value {
    json!({
        "name": "Bakım", "kind": "visits", "quantity": quantity, "price": lira(1),
        "validity": {"count": 6, "unit": "months"},
        "services": [
            {"service_id": salon.manicure},
            {"service_id": salon.massage, "units": 2},
        ],
    })
}

#[tokio::test]
async fn visits_that_services_share_count_in_each_of_them() {
    let salon = Salon::open().await;
    salon.sell_as(with_double_massage(&salon, 7)).await;
    let wallet = salon.wallet().await;
    assert_eq!(left(&wallet, &salon.manicure), Some((7, 7)));
    assert_eq!(left(&wallet, &salon.massage), Some((7, 3)));
    salon.book("b", &[&salon.massage], json!("auto")).await;
    let wallet = salon.wallet().await;
    assert_eq!(left(&wallet, &salon.manicure), Some((5, 5)));
    assert_eq!(left(&wallet, &salon.massage), Some((5, 2)));
}

#[tokio::test]
async fn units_of_two_packages_that_are_no_redemption_alone_are_none_together() {
    let salon = Salon::open().await;
    salon.sell_as(with_double_massage(&salon, 7)).await;
    salon.sell_as(with_double_massage(&salon, 5)).await;
    let wallet = salon.wallet().await;
    assert_eq!(left(&wallet, &salon.manicure), Some((12, 12)));
    assert_eq!(left(&wallet, &salon.massage), Some((12, 5)));
}

#[tokio::test]
async fn a_total_counts_only_what_can_still_pay() {
    let salon = Salon::open().await;
    let expiring = json!({
        "name": "Gün", "kind": "visits", "quantity": 4, "price": lira(1),
        "services": [{"service_id": salon.manicure}],
        "validity": {"count": 1, "unit": "days"},
    });
    salon.sell_as(expiring).await;
    salon.sell_visits(10, &[&salon.manicure]).await;
    assert_eq!(left(&salon.wallet().await, &salon.manicure), Some((14, 14)));
    salon.world.set_clock("2026-11-23T21:00:00Z");
    assert_eq!(left(&salon.wallet().await, &salon.manicure), Some((10, 10)));
    salon.world.set_clock("2027-06-01T08:00:00Z");
    assert_eq!(left(&salon.wallet().await, &salon.manicure), None);
}

#[tokio::test]
async fn a_service_is_called_what_the_newest_package_calls_it() {
    let salon = Salon::open().await;
    salon.sell_visits(1, &[&salon.manicure]).await;
    let body = json!({"name": "Spa", "list_price": lira(60_000), "duration_minutes": 45});
    let path = format!("/v1/services/{}", salon.manicure);
    salon
        .world
        .call("PUT", &path)
        .json(body)
        .if_match(1)
        .ok()
        .await;
    let name = async || salon.wallet().await["totals"]["services"][0]["name"].clone();
    assert_eq!(name().await, "Manikür");
    salon.world.set_clock("2026-11-22T09:00:00Z");
    salon.sell_visits(1, &[&salon.manicure]).await;
    assert_eq!(name().await, "Spa");
    assert_eq!(left(&salon.wallet().await, &salon.manicure), Some((2, 2)));
}

#[tokio::test]
async fn credit_is_one_sum_per_currency_and_no_service() {
    let salon = Salon::open().await;
    let money = |amount: u64, currency: &str| json!({"amount_minor": amount, "currency": currency});
    for (amount, currency, services) in [
        (30_000, "TRY", Value::Null),
        (7_500, "EUR", Value::Null),
        (20_001, "TRY", json!([{"service_id": salon.massage}])),
        (500, "RON", Value::Null),
        (500, "EUR", Value::Null),
    ] {
        let body = json!({
            "name": "Kredi", "kind": "credit", "credit": money(amount, currency),
            "price": lira(1), "services": services,
        });
        salon.sell_as(body).await;
    }
    let totals = salon.wallet().await["totals"].clone();
    let expected = [money(8_000, "EUR"), money(500, "RON"), money(50_001, "TRY")];
    assert_eq!(totals, json!({"services": [], "credit": expected}));
}

#[tokio::test]
async fn a_sum_of_credit_may_be_larger_than_any_one_amount() {
    let salon = Salon::open().await;
    let most = 999_999_999_999;
    let template = salon.credit(most).await;
    for _ in 0..2 {
        salon.sell(&salon.ayse, &template).await;
    }
    let totals = salon.wallet().await["totals"].clone();
    assert_eq!(totals["credit"], json!([lira(2 * most)]));
    let dear = salon.service("Pahalı", most).await;
    let booking = salon.book("b", &[&dear, &dear], json!("none")).await;
    assert_eq!(booking["due"], json!([lira(2 * most)]));
    salon.book("c", &[&dear, &dear], json!("auto")).await;
    assert_eq!(salon.wallet().await["totals"]["credit"], json!([]));
}
