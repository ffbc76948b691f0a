//! Setting, editing and seeing quotas.

use local::Role;
use serde_json::json;

use super::{november, of_lira, sales, set};
use crate::harness::{Salon, id, lira};

#[tokio::test]
async fn a_quota_is_set_once_per_key_and_edited_on_its_version() {
    let salon = Salon::open().await;
    let world = &salon.world;
    let send = |body| world.post("/v1/quotas", body).key("k-1").send();
    let first = send(of_lira(1000)).await;
    let again = send(of_lira(1000)).await;
    assert_eq!(
        (first.status, again.status, again.replayed),
        (201, 201, true)
    );
    assert_eq!(first.body, again.body);
    let reused = world.post("/v1/quotas", of_lira(2000)).key("k-1");
    reused.refused(422, "idempotency-key-reused").await;

    let path = format!("/v1/quotas/{}", id(&first.body));
    let edit = |body, version| world.call("PUT", &path).if_match(version).json(body);
    let edited = edit(november(json!({"target_count": 7})), 1).send().await;
    assert_eq!(
        (&edited.body["target_count"], edited.etag.as_deref()),
        (&json!(7), Some("\"2\""))
    );
    let again = edit(november(json!({"target_count": 7})), 1).send().await;
    assert_eq!((again.replayed, again.body), (true, edited.body));
    edit(of_lira(1), 1).refused(412, "version-mismatch").await;
    let mut given_away = of_lira(1);
    given_away["representative_id"] = json!("rep-2");
    edit(given_away, 2)
        .refused(409, "quota-representative-fixed")
        .await;
    let missing = "/v1/quotas/qta_00000000000000000000000007";
    let missing = world.call("PUT", missing).if_match(1).json(of_lira(1));
    missing.refused(404, "quota-not-found").await;
}

#[tokio::test]
async fn what_is_no_quota_is_refused() {
    let salon = Salon::open().await;
    let both = json!({"target_amount": lira(1), "target_count": 1});
    for (field, value, code) in [
        ("from", json!("2026-12-01"), "quota-period"),
        ("to", json!("2027-11-02"), "quota-period"),
        ("target_amount", lira(0), "quota-target"),
        ("target_count", json!(1), "invalid-body"),
        ("target_amount", json!(null), "invalid-body"),
        ("from", json!("2026-02-30"), "invalid-body"),
        ("note", json!("x"), "invalid-body"),
    ] {
        let mut body = of_lira(1);
        body[field] = value;
        let refused = salon.world.post("/v1/quotas", body);
        refused.refused(422, code).await;
    }
    let refused = salon.world.post("/v1/quotas", november(both));
    refused.refused(422, "invalid-body").await;
    assert_eq!(salon.world.get("/v1/quotas").ok().await["items"], json!([]));
}

#[tokio::test]
async fn sales_see_their_own_quotas_and_change_none() {
    let salon = Salon::open().await;
    let world = &salon.world;
    let mut theirs = of_lira(1);
    theirs["representative_id"] = json!("rep-1");
    let theirs = set(&salon, theirs).await;
    let others = set(&salon, of_lira(1)).await;
    let token = sales(world, "rep-1");
    let items = world.get("/v1/quotas").by(&token).ok().await["items"].clone();
    assert_eq!(items.as_array().unwrap().len(), 1);
    assert_eq!(items[0]["id"], theirs);
    let path = format!("/v1/quotas/{theirs}");
    world.get(&path).by(&token).ok().await;
    let hidden = world.get(&format!("/v1/quotas/{others}")).by(&token);
    hidden.refused(404, "quota-not-found").await;
    let edit = world.call("PUT", &path).if_match(1).json(of_lira(1));
    edit.by(&token).refused(403, "forbidden").await;

    let staff = world.token(Role::Staff);
    let all = world.get("/v1/quotas").by(&staff).ok().await;
    assert_eq!(all["items"].as_array().unwrap().len(), 2);
    let pages = world.pages("/v1/quotas?limit=1").await;
    assert_eq!(pages.concat().len(), 2);
}
