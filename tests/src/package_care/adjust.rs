//! POST /v1/packages/{id}/adjustments.

use local::Role;
use serde_json::json;

use super::{care, granted, sold};
use crate::harness::Salon;

#[tokio::test]
async fn units_are_given_for_nothing_and_taken_back_with_their_worth() {
    let salon = Salon::open().await;
    let package = sold(&salon, 10, 1000).await;
    let give = json!({"units": 2, "reason": "compensation"});
    let given = care(&salon, &package, "adjustments", give).ok().await;
    assert_eq!(granted(&given), (12, 12, 100_000));
    let take = json!({"pool": 0, "units": -3, "reason": "correction", "customer_id": salon.ayse});
    let taken = care(&salon, &package, "adjustments", take).ok().await;
    assert_eq!(granted(&taken), (9, 9, 75_000));
    assert_eq!(salon.package(&package).await, taken);
    let path = format!("/v1/packages/{package}/journal");
    let journal = salon.world.get(&path).ok().await;
    assert_eq!(journal["items"][0]["fact"], "package-adjusted");
    assert_eq!(
        journal["items"][0]["lines"][0]["value"]["amount_minor"],
        25_000
    );
}

#[tokio::test]
async fn more_than_is_available_is_not_taken_back() {
    let salon = Salon::open().await;
    let package = sold(&salon, 2, 1000).await;
    salon.book("b", &[&salon.manicure], json!("auto")).await;
    let take = |units: i64| {
        let body = json!({"units": units, "reason": "correction"});
        care(&salon, &package, "adjustments", body)
    };
    take(-2).refused(409, "units-not-available").await;
    take(-1).ok().await;
    assert_eq!(salon.pool(&package).await, (0, 1, 0, 0));
}

#[tokio::test]
async fn staff_give_goodwill_and_nothing_else() {
    let salon = Salon::open().await;
    let package = sold(&salon, 2, 1000).await;
    let staff = salon.world.token(Role::Staff);
    for (units, reason, status, code) in [
        (1, "goodwill", 200, ""),
        (1, "compensation", 403, "forbidden"),
        (1, "correction", 403, "forbidden"),
        (-1, "goodwill", 409, "correction-required"),
    ] {
        let body = json!({"units": units, "reason": reason});
        let answer = care(&salon, &package, "adjustments", body).by(&staff);
        let answer = answer.send().await;
        let got = answer.body["code"].as_str().unwrap_or_default();
        assert_eq!((answer.status, got), (status, code), "{units} {reason}");
    }
    assert_eq!(salon.pool(&package).await, (3, 0, 0, 0));
}

#[tokio::test]
async fn an_adjustment_is_of_some_units_for_a_reason() {
    let salon = Salon::open().await;
    let package = sold(&salon, 2, 1000).await;
    for body in [
        json!({"units": 0, "reason": "correction"}),
        json!({"units": 1.5, "reason": "correction"}),
        json!({"units": 1, "reason": "whim"}),
        json!({"units": 1, "pool": -1, "reason": "correction"}),
        json!({"units": 1}),
    ] {
        let call = care(&salon, &package, "adjustments", body);
        call.refused(422, "invalid-body").await;
    }
    let other = json!({"units": 1, "pool": 1, "reason": "correction"});
    let call = care(&salon, &package, "adjustments", other);
    call.refused(409, "pool-not-found").await;
}
