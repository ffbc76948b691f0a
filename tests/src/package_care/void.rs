//! POST /v1/packages/{id}/void.

use serde_json::json;

use super::{care, granted, sold};
use crate::harness::{Salon, lira};

#[tokio::test]
async fn a_voided_package_is_worth_nothing_and_asks_for_nothing() {
    let salon = Salon::open().await;
    let package = sold(&salon, 5, 100).await;
    let body = json!({"reason": "duplicate"});
    let voided = care(&salon, &package, "void", body.clone()).ok().await;
    assert_eq!(
        (&voided["status"], granted(&voided)),
        (&json!("voided"), (0, 0, 0))
    );
    assert_eq!(voided["outstanding"], lira(0));
    let again = care(&salon, &package, "void", body);
    again.refused(409, "package-over").await;
    let booking = salon.booking("b", &[&salon.manicure], json!([package]));
    let call = salon.world.post("/v1/bookings", booking);
    call.refused(409, "package-not-active").await;
}

#[tokio::test]
async fn what_was_used_or_is_held_is_no_mistake() {
    let salon = Salon::open().await;
    let package = sold(&salon, 5, 100).await;
    let void = || care(&salon, &package, "void", json!({"reason": "mistake"}));
    salon.book("b", &[&salon.manicure], json!("auto")).await;
    void().refused(409, "units-held").await;
    salon.resolve("b", "complete").await;
    void().refused(409, "package-used").await;
    assert_eq!(salon.pool(&package).await, (4, 0, 1, 0));
}
