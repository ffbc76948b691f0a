//! POST /v1/opportunities/{id}/stage.

use serde_json::json;

use super::{done, entries, once, opened, verb};
use crate::harness::Salon;

#[tokio::test]
async fn a_move_takes_the_probability_forecast_and_rot_of_the_stage() {
    let salon = Salon::open().await;
    let first = opened(&salon, json!({})).await;
    salon.world.set_clock("2026-11-25T08:00:00Z");
    let second = once(&salon, &first, "stage", json!({"stage": 3})).await;
    assert_eq!(second["stage_name"], "Consultation");
    assert_eq!(second["probability_percent"], 50);
    assert_eq!(second["forecast"], "best-case");
    assert_eq!(second["stage_since"], "2026-11-25T08:00:00Z");
    assert_eq!(second["rots_on"], "2026-12-15");
    assert_eq!(second["status"], "open");
    let back = done(&salon, &second, "stage", json!({"stage": 1})).await;
    assert_eq!((&back["stage"], &back["version"]), (&json!(1), &json!(3)));
}

#[tokio::test]
async fn a_move_that_the_stages_do_not_allow_is_refused() {
    let salon = Salon::open().await;
    let first = opened(&salon, json!({})).await;
    let before = entries(&salon).await;
    for (stage, status, code) in [
        (1, 409, "stage-reached"),
        (4, 409, "stage-requires-quote"),
        (6, 409, "stage-after-win"),
        (9, 422, "stage-not-found"),
    ] {
        let call = verb(&salon, &first, "stage", json!({"stage": stage}));
        call.refused(status, code).await;
    }
    assert_eq!(entries(&salon).await, before);
    let won = done(&salon, &first, "close", json!({"outcome": "won"})).await;
    let call = verb(&salon, &won, "stage", json!({"stage": 2}));
    call.refused(409, "stage-before-win").await;
    let delivery = done(&salon, &won, "stage", json!({"stage": 6})).await;
    assert_eq!(
        (&delivery["status"], &delivery["stage_name"]),
        (&json!("won"), &json!("Delivery"))
    );
}
