//! POST /v1/packages/{id}/top-ups.

use serde_json::json;

use super::{care, granted, sold};
use crate::harness::{Salon, lira};

#[tokio::test]
async fn a_used_up_package_is_active_again_and_the_price_is_to_be_paid() {
    let salon = Salon::open().await;
    let package = sold(&salon, 1, 100).await;
    salon.book("b", &[&salon.manicure], json!("auto")).await;
    salon.resolve("b", "complete").await;
    assert_eq!(salon.package(&package).await["status"], "exhausted");
    let body = json!({"pools": [{"units": 3}], "price": lira(25_000)});
    let topped_up = care(&salon, &package, "top-ups", body).ok().await;
    assert_eq!(topped_up["status"], "active");
    assert_eq!(granted(&topped_up), (4, 3, 25_000));
    assert_eq!(topped_up["outstanding"], lira(35_000));
    salon.book("b-2", &[&salon.manicure], json!("auto")).await;
    assert_eq!(salon.pool(&package).await, (2, 1, 1, 0));
}

#[tokio::test]
async fn a_top_up_is_of_units_in_the_currency_of_the_package() {
    let salon = Salon::open().await;
    let package = sold(&salon, 1, 100).await;
    let lei = json!({"amount_minor": 1, "currency": "RON"});
    for (body, status, code) in [
        (json!({"pools": [], "price": lira(1)}), 422, "invalid-body"),
        (
            json!({"pools": [{"units": 0}], "price": lira(1)}),
            422,
            "invalid-body",
        ),
        (
            json!({"pools": [[0, 1]], "price": lira(1)}),
            422,
            "invalid-body",
        ),
        (
            json!({"pools": [{"units": 1}], "price": lei}),
            409,
            "package-currency-differs",
        ),
        (
            json!({"pools": [{"units": 100_000}], "price": lira(1)}),
            422,
            "amounts-too-large",
        ),
    ] {
        let call = care(&salon, &package, "top-ups", body);
        call.refused(status, code).await;
    }
    assert_eq!(salon.pool(&package).await, (1, 0, 0, 0));
}
