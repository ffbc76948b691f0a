//! Saying for which quota an opportunity counts.

use serde_json::json;

use super::{link, linked, november, of_lira, opened, read, set};
use crate::harness::{Salon, lira};

#[tokio::test]
async fn an_opportunity_is_linked_to_a_quota_that_fits_on_the_version_that_was_read() {
    let salon = Salon::open().await;
    let world = &salon.world;
    let opportunity = opened(&salon, lira(1000), "2026-11-30").await;
    let mut of_another = of_lira(1);
    of_another["representative_id"] = json!("rep-2");
    let of_another = set(&salon, of_another).await;
    let in_euro = json!({"target_amount": {"amount_minor": 1, "currency": "EUR"}});
    let in_euro = set(&salon, november(in_euro)).await;
    for (quota, version, status, code) in [
        (
            json!("qta_00000000000000000000000007"),
            1,
            404,
            "quota-not-found",
        ),
        (json!(of_another), 1, 409, "quota-differs"),
        (json!(in_euro), 1, 409, "quota-differs"),
        (json!(of_another), 2, 412, "version-mismatch"),
    ] {
        let refused = link(&salon, &opportunity, quota, version).await;
        assert_eq!(
            (refused.status, refused.body["code"].as_str()),
            (status, Some(code))
        );
    }
    let path = format!("/v1/opportunities/{opportunity}/quota");
    let left_out = world.post(&path, json!({})).if_match(1);
    left_out.refused(422, "invalid-body").await;
    let unread = world.post(&path, json!({"quota_id": null}));
    unread.refused(428, "if-match-required").await;

    let quota = set(&salon, of_lira(1)).await;
    let first = link(&salon, &opportunity, json!(quota), 1).await;
    let again = link(&salon, &opportunity, json!(quota), 1).await;
    assert_eq!((first.replayed, again.replayed), (false, true));
    assert_eq!(
        (&first.body, first.etag.as_deref()),
        (&again.body, Some("\"2\""))
    );
    // To another one, and to none.
    let second = set(&salon, of_lira(2)).await;
    let moved = link(&salon, &opportunity, json!(second), 2).await;
    assert_eq!(moved.body["quota_id"], second);
    let none = link(&salon, &opportunity, json!(null), 3).await;
    assert_eq!(
        (&none.body["quota_id"], &none.body["version"]),
        (&json!(null), &json!(4))
    );
    assert!(
        read(&salon, &second).await["opportunities"]
            .as_array()
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn what_was_won_for_a_quota_is_handed_over_once_it_is_out_of_it() {
    let salon = Salon::open().await;
    let quota = set(&salon, of_lira(1_000_000)).await;
    let opportunity = opened(&salon, lira(500_000), "2026-11-28").await;
    linked(&salon, &opportunity, &quota).await;
    let path = format!("/v1/opportunities/{opportunity}");
    let verb = |verb: &str, version: u64, body: serde_json::Value| {
        let call = salon.world.post(&format!("{path}/{verb}"), body);
        call.if_match(version)
    };
    verb("close", 2, json!({"outcome": "won"})).ok().await;
    let to = json!({"representative_id": "sales-2"});
    verb("assign", 3, to.clone())
        .refused(409, "opportunity-in-quota")
        .await;
    assert_eq!(read(&salon, &quota).await["won_count"], 1);
    verb("quota", 3, json!({"quota_id": null})).ok().await;
    verb("assign", 4, to).ok().await;
}
