//! POST /v1/opportunities/{id}/assign.

use serde_json::{Value, json};

use super::{body, done, entries, once, opened, path, sales, verb};
use crate::harness::Salon;

#[tokio::test]
async fn who_answered_when_is_kept_and_every_status_may_be_handed_over() {
    let salon = Salon::open().await;
    let first = opened(&salon, json!({})).await;
    let to = |who: &str| json!({"representative_id": who});
    let second = once(&salon, &first, "assign", to("sales-1")).await;
    let won = done(&salon, &second, "close", json!({"outcome": "won"})).await;
    salon.world.set_clock("2026-11-25T08:00:00Z");
    let third = once(&salon, &won, "assign", to("sales-2")).await;
    assert_eq!(third["status"], "won");
    let expected = json!([
        {"representative_id": "someone", "since": "2026-11-22T08:00:00Z"},
        {"representative_id": "sales-1", "since": "2026-11-22T08:00:00Z"},
        {"representative_id": "sales-2", "since": "2026-11-25T08:00:00Z"},
    ]);
    assert_eq!(
        (&third["assignments"], &third["creator_id"]),
        (&expected, &json!("someone"))
    );
    let before = entries(&salon).await;
    let same = done(&salon, &third, "assign", to("sales-2")).await;
    assert_eq!(same, third);
    assert_eq!(entries(&salon).await, before);
    verb(&salon, &third, "assign", to(""))
        .refused(422, "invalid-body")
        .await;
}

#[tokio::test]
async fn what_sales_hand_over_is_gone_for_them_but_for_the_same_request_once_more() {
    let salon = Salon::open().await;
    let (one, two) = (sales(&salon, "sales-1"), sales(&salon, "sales-2"));
    let post = salon
        .world
        .post("/v1/opportunities", body(&salon, json!({})));
    let own: Value = post.by(&one).ok().await;
    let assign = |token: &str, who: &str| {
        verb(&salon, &own, "assign", json!({"representative_id": who})).by(token)
    };
    assign(&two, "sales-2")
        .refused(404, "opportunity-not-found")
        .await;
    let given = assign(&one, "sales-2").ok().await;
    assert_eq!(given["representative_id"], "sales-2");
    // Whoever else says the very same is told nothing.
    assign(&sales(&salon, "sales-3"), "sales-2")
        .refused(404, "opportunity-not-found")
        .await;
    let again = assign(&one, "sales-2").send().await;
    assert_eq!(
        (again.status, again.replayed, &again.body),
        (200, true, &given)
    );
    assign(&one, "sales-1")
        .refused(404, "opportunity-not-found")
        .await;
    let get = salon.world.get(&path(&own));
    get.by(&one).refused(404, "opportunity-not-found").await;
    let list = salon.world.get("/v1/opportunities").by(&one).ok().await;
    assert_eq!(list["items"], json!([]));
    // What the other did with it since is not told.
    let edit = salon.world.call("PATCH", &path(&own)).by(&two).if_match(2);
    edit.json(json!({"title": "Mine"})).ok().await;
    assign(&one, "sales-2")
        .refused(404, "opportunity-not-found")
        .await;
}
