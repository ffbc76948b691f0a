//! Trouble on the way to the database.

use std::time::Duration;

use serde_json::json;

use crate::harness::{Salon, Trouble, World};

async fn salon_with_package() -> (Salon, String) {
    let salon = Salon::open().await;
    let template = salon.visits(10, &[&salon.manicure]).await;
    let package = salon.sell(&salon.ayse, &template).await;
    (salon, package)
}

#[tokio::test]
async fn a_booking_survives_any_trouble_and_holds_once() {
    use Trouble::{
        Conflict, Exceeded, InProgress, LostAnswer, LostRequest, Silence, SilenceLate, Throttled,
    };
    for trouble in [
        vec![Conflict],
        vec![Conflict; 5],
        vec![Throttled],
        vec![Throttled; 7],
        vec![Exceeded; 4],
        vec![InProgress; 4],
        vec![LostRequest],
        vec![LostRequest; 4],
        vec![LostAnswer],
        // As often as one request is sent: only the entry tells that it was written.
        vec![LostAnswer; 3],
        vec![Silence],
        vec![Silence; 4],
        vec![SilenceLate],
        vec![SilenceLate; 3],
        vec![Conflict, SilenceLate, Silence, Silence],
        vec![LostAnswer, LostRequest, Throttled],
        vec![LostRequest, LostRequest, LostAnswer],
        vec![Conflict, LostAnswer, Conflict],
    ] {
        let (salon, package) = salon_with_package().await;
        salon.world.faults.expect(&trouble);
        salon.book("b", &[&salon.manicure], json!("auto")).await;
        assert_eq!(
            salon.pool(&package).await,
            (9, 1, 0, 0),
            "after {trouble:?}"
        );
        assert_eq!(salon.world.journal().await.len(), 8, "after {trouble:?}");
    }
}

#[tokio::test]
async fn trouble_without_end_is_503_with_retry_after_and_the_same_request_succeeds_later() {
    let world = World::with_patience(Duration::from_secs(3)).await;
    let salon = Salon::within(world, "booking", "forfeit").await;
    let template = salon.visits(10, &[&salon.manicure]).await;
    let package = salon.sell(&salon.ayse, &template).await;
    salon.world.faults.expect(&[Trouble::Conflict; 1000]);
    let body = salon.booking("b", &[&salon.manicure], json!("auto"));
    let answer = salon.world.post("/v1/bookings", body.clone()).send().await;
    assert_eq!(
        (answer.status, answer.body["code"].as_str()),
        (503, Some("busy"))
    );
    assert_eq!(salon.pool(&package).await, (10, 0, 0, 0));
    salon.world.faults.clear();
    salon.world.post("/v1/bookings", body).ok().await;
    assert_eq!(salon.pool(&package).await, (9, 1, 0, 0));
}

#[tokio::test]
async fn a_lost_answer_to_a_sale_sells_once() {
    let salon = Salon::open().await;
    let template = salon.visits(10, &[&salon.manicure]).await;
    salon.world.faults.expect(&[Trouble::LostAnswer; 3]);
    let body = json!({"customer_id": salon.ayse, "template_id": template});
    let sold = salon
        .world
        .post("/v1/packages", body.clone())
        .key("k")
        .ok()
        .await;
    assert!(salon.world.faults.over());
    assert_eq!(
        salon.world.post("/v1/packages", body).key("k").ok().await,
        sold
    );
    assert_eq!(
        salon.wallet().await["packages"].as_array().unwrap().len(),
        1
    );
}

/// What is there under its key may be another's: of a copy that was faster.
#[tokio::test]
async fn who_looks_whether_a_sale_was_written_and_finds_that_of_a_copy_is_told_of_that() {
    let salon = Salon::open().await;
    let template = salon.visits(10, &[&salon.manicure]).await;
    let faults = &salon.world.faults;
    faults.lag().watch();
    let body = json!({"customer_id": salon.ayse, "template_id": template});
    let sell = || salon.world.post("/v1/packages", body.clone()).key("k").ok();
    let sold = sell().await;
    assert_eq!(sell().await, sold);
    // It reads that there is none yet, an hour later, and what it writes never arrives.
    salon.world.set_clock("2026-11-22T09:00:00Z");
    faults.lag().begin();
    faults.expect(&[Trouble::LostRequest; 3]);
    assert_eq!(sell().await, sold);
    assert!(faults.lag().end() > 0 && faults.over());
}

#[tokio::test]
async fn a_silent_database_is_503_before_the_function_ends_and_nothing_is_lost() {
    let world = World::with_patience(Duration::from_secs(3)).await;
    let salon = Salon::within(world, "booking", "forfeit").await;
    let template = salon.visits(10, &[&salon.manicure]).await;
    let package = salon.sell(&salon.ayse, &template).await;
    salon.world.faults.expect(&[Trouble::Endless]);
    let body = salon.booking("b", &[&salon.manicure], json!("auto"));
    let answer = salon.world.post("/v1/bookings", body.clone()).send().await;
    assert_eq!(
        (answer.status, answer.body["code"].as_str()),
        (503, Some("busy"))
    );
    salon.world.post("/v1/bookings", body).ok().await;
    assert_eq!(salon.pool(&package).await, (9, 1, 0, 0));
}
