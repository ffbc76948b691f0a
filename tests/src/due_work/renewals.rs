//! Opportunities to sell a package again, opened by the calendar.

use serde_json::{Value, json};

use super::{package, salon};
use crate::harness::Salon;

async fn renew(salon: &Salon, version: u64, renewals: Value) {
    let mut settings = salon.world.get("/v1/settings").ok().await;
    settings["renewals"] = renewals;
    let put = salon.world.call("PUT", "/v1/settings").if_match(version);
    let answer = put.json(settings.clone()).ok().await;
    assert_eq!(
        answer.get("renewals"),
        settings.get("renewals").filter(|it| !it.is_null())
    );
}

/// Two visits of ten on the second day: at that rate the others last until the first of December.
pub(crate) async fn used(salon: &Salon) -> String {
    let package = package(salon, json!({"validity": {"count": 1, "unit": "years"}})).await;
    for booking in ["b-1", "b-2", "b-3"] {
        salon
            .book(booking, &[&salon.manicure], json!([package]))
            .await;
    }
    salon.world.set_clock("2026-11-23T12:00:00Z");
    for booking in ["b-1", "b-2"] {
        salon.resolve(booking, "complete").await;
    }
    package
}

async fn opened(salon: &Salon) -> Vec<Value> {
    let listed = salon.world.get("/v1/opportunities").ok().await;
    listed["items"].as_array().unwrap().clone()
}

fn three_days_before() -> Value {
    json!({"representative_id": "berna", "lead_days": 3})
}

#[tokio::test]
async fn a_package_is_to_be_sold_again_so_many_days_before_it_is_used_up_and_once() {
    let salon = salon().await;
    let world = &salon.world;
    renew(&salon, 1, three_days_before()).await;
    let package = used(&salon).await;
    world.due_work().await;
    for (at, count) in [("2026-11-27T20:59:59Z", 0), ("2026-11-27T21:00:00Z", 1)] {
        world.set_clock(at);
        let worked = world.due_work().await;
        assert_eq!((worked.failed, worked.set_aside), (0, 0));
        assert_eq!(opened(&salon).await.len(), count, "{at}");
    }
    let opportunity = &opened(&salon).await[0];
    assert_eq!(opportunity["representative_id"], "berna");
    let path = format!("/v1/packages/{package}/renewal");
    let answer = world.post(&path, json!({})).ok().await;
    assert_eq!(answer["id"], opportunity["id"]);
    // Used on, it would be due again.
    world.set_clock("2026-11-28T12:00:00Z");
    salon.resolve("b-3", "complete").await;
    world.due_work().await;
    world.set_clock("2027-06-01T12:00:00Z");
    let worked = world.due_work().await;
    assert_eq!((worked.failed, worked.set_aside), (0, 0));
    assert_eq!(opened(&salon).await.len(), 1);
    assert_eq!(world.fallen_due().await, ["opportunity-opened"]);
}

#[tokio::test]
async fn who_wants_renewals_later_has_them_for_what_was_used_before() {
    let salon = salon().await;
    let world = &salon.world;
    used(&salon).await;
    world.set_clock("2026-11-29T08:00:00Z");
    world.due_work().await;
    assert_eq!(opened(&salon).await.len(), 0);
    renew(&salon, 1, three_days_before()).await;
    world.due_work().await;
    world.due_work().await;
    assert_eq!(opened(&salon).await.len(), 1);
}

#[tokio::test]
async fn nothing_is_opened_for_who_does_not_want_it_any_more() {
    let salon = salon().await;
    let world = &salon.world;
    renew(&salon, 1, three_days_before()).await;
    used(&salon).await;
    world.due_work().await;
    renew(&salon, 2, Value::Null).await;
    world.set_clock("2026-12-20T08:00:00Z");
    let worked = world.due_work().await;
    assert_eq!((worked.done, worked.failed, worked.set_aside), (0, 0, 0));
    assert_eq!(opened(&salon).await.len(), 0);
}

#[tokio::test]
async fn what_lasts_until_its_end_is_not_to_be_sold_again() {
    let salon = salon().await;
    let world = &salon.world;
    renew(&salon, 1, three_days_before()).await;
    let ends = json!({"validity": {"count": 9, "unit": "days"}});
    let package = package(&salon, ends).await;
    salon
        .book("b-1", &[&salon.manicure], json!([package]))
        .await;
    world.set_clock("2026-11-30T12:00:00Z");
    salon.resolve("b-1", "complete").await;
    world.due_work().await;
    world.set_clock("2026-12-20T08:00:00Z");
    world.due_work().await;
    assert_eq!(opened(&salon).await.len(), 0);
}

#[tokio::test]
async fn a_renewal_is_opened_within_a_year() {
    let salon = salon().await;
    let mut settings = salon.world.get("/v1/settings").ok().await;
    settings["renewals"] = json!({"representative_id": "berna", "lead_days": 367});
    let put = salon.world.call("PUT", "/v1/settings").if_match(1);
    put.json(settings)
        .refused(422, "settings-out-of-range")
        .await;
}
