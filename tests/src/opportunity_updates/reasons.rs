//! GET and PUT /v1/settings/pipeline.

use serde_json::{Value, json};

use super::{entries, opened, verb};
use crate::harness::Salon;

fn reasons(lost: &[&str]) -> Value {
    let list = |codes: &[&str]| -> Vec<Value> {
        let reasons = codes
            .iter()
            .map(|code| json!({"code": code, "name": "A reason"}));
        reasons.collect()
    };
    json!({
        "lost_reasons": list(lost), "abandoned_reasons": list(&["snow"]),
        "reopen_reasons": list(&["sun"]),
    })
}

#[tokio::test]
async fn there_are_reasons_before_anybody_sets_them_and_then_those_alone() {
    let salon = Salon::open().await;
    let get = || salon.world.get("/v1/settings/pipeline");
    let first = get().send().await;
    assert_eq!((first.status, &first.etag), (200, &None));
    assert_eq!(first.body["lost_reasons"][0]["code"], "price");
    let put = |body: Value| salon.world.call("PUT", "/v1/settings/pipeline").json(body);
    put(reasons(&["rain"]))
        .if_match(1)
        .refused(412, "version-mismatch")
        .await;
    let set = put(reasons(&["rain"])).send().await;
    assert_eq!((set.status, set.etag.as_deref()), (200, Some("\"1\"")));
    assert!(put(reasons(&["rain"])).send().await.replayed);
    put(reasons(&["hail"]))
        .refused(412, "version-mismatch")
        .await;
    let opportunity = opened(&salon, json!({})).await;
    let lose = |reason: &str| json!({"outcome": "lost", "reason": reason});
    let call = verb(&salon, &opportunity, "close", lose("price"));
    call.refused(422, "reason-unknown").await;
    let lost = verb(&salon, &opportunity, "close", lose("rain")).ok().await;
    put(reasons(&["hail"])).if_match(1).ok().await;
    let now = get().send().await;
    assert_eq!(
        (&now.body, now.etag.as_deref()),
        (&reasons(&["hail"]), Some("\"2\""))
    );
    // What was closed keeps the reason that the list no longer has.
    assert_eq!(super::read(&salon, &lost).await["reason"], "rain");
}

#[tokio::test]
async fn a_list_that_nobody_could_choose_from_is_refused() {
    let salon = Salon::open().await;
    let before = entries(&salon).await;
    let many: Vec<String> = (0..51).map(|n| format!("r-{n}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let mut without = reasons(&["rain"]);
    without.as_object_mut().unwrap().remove("reopen_reasons");
    for (body, code) in [
        (reasons(&[]), "reason-list"),
        (reasons(&many), "reason-list"),
        (reasons(&["rain", "rain"]), "reason-list"),
        (reasons(&["Rain"]), "invalid-body"),
        (without, "invalid-body"),
    ] {
        let put = salon.world.call("PUT", "/v1/settings/pipeline").json(body);
        put.refused(422, code).await;
    }
    assert_eq!(entries(&salon).await, before);
}
