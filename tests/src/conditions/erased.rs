//! Erasing what was written: nothing comes to be where nothing was.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{ALONE_OR_NOTHING, by_hand, overtaken};
use crate::harness::{Call, Left, Salon, StoredKey, dump, id, lira};

/// What was written about Ayşe: the path of an opportunity of hers, which counts for a quota, with a task,
/// a note and a quote.
async fn written(salon: &Salon) -> String {
    let world = &salon.world;
    let body = json!({
        "customer_id": salon.ayse, "title": "Gelin", "estimate": lira(500_000),
        "representative_id": "rep-1",
    });
    let opportunity = id(&world.post("/v1/opportunities", body).ok().await);
    let path = format!("/v1/opportunities/{opportunity}");
    let quote = json!({"lines": [{"service_id": salon.manicure}], "note": "Teklif"});
    let quota = json!({
        "name": "Kasım 2026", "representative_id": "rep-1", "from": "2026-11-01",
        "to": "2026-11-30", "target_count": 1,
    });
    let quota = id(&world.post("/v1/quotas", quota).ok().await);
    let link = world.post(&format!("{path}/quota"), json!({"quota_id": quota}));
    link.if_match(1).ok().await;
    world.post(&format!("{path}/quotes"), quote).ok().await;
    path
}

async fn enter(salon: &Salon, path: &str, activity: Value) -> String {
    let call = salon.world.post(&format!("{path}/activities"), activity);
    id(&call.ok().await)
}

fn erase(salon: &Salon) -> Call {
    let path = format!("/v1/customers/{}/erase", salon.ayse);
    salon.world.post(&path, json!({"confirm": salon.ayse}))
}

/// What is sent with all of this.
pub(super) async fn flow() -> BTreeSet<String> {
    let salon = Salon::open().await;
    // What finds her by her account goes with her.
    salon.ayses_token().await;
    let path = written(&salon).await;
    let task = json!({"kind": "task", "subject": "Ara", "due_at": "2026-11-24T10:00:00Z"});
    enter(&salon, &path, task).await;
    enter(&salon, &path, json!({"kind": "note", "text": "Aradı"})).await;
    erase(&salon).ok().await;
    salon.world.faults.conditions().sent()
}

#[tokio::test]
async fn what_left_a_quota_while_it_is_erased_leaves_nothing_behind_because_it_must_be_there() {
    for left in ALONE_OR_NOTHING {
        let salon = Salon::open().await;
        let path = written(&salon).await;
        let version = salon.world.get(&path).ok().await["version"].as_u64();
        let leave = salon
            .world
            .post(&format!("{path}/quota"), json!({"quota_id": null}));
        let leave = leave.if_match(version.unwrap());
        let there = ("UpdateItem COUNTED present", left);
        let ended = overtaken(&salon.world, there, erase(&salon).send(), leave.ok()).await;
        assert_eq!((ended.slow.status, &ended.then), (200, &Value::Null));
        assert_eq!(
            ended.now != Value::Null,
            left == Left::Nothing,
            "{}",
            ended.now
        );
    }
}

#[tokio::test]
async fn what_is_done_while_it_is_erased_is_erased_because_its_place_in_a_list_must_be_there() {
    for left in ALONE_OR_NOTHING {
        let salon = Salon::open().await;
        let path = written(&salon).await;
        let task = json!({"kind": "task", "subject": "Ara", "due_at": "2026-11-24T10:00:00Z"});
        let task = enter(&salon, &path, task).await;
        let done = format!("{path}/activities/{task}/complete");
        let done = salon.world.post(&done, json!({}));
        let listed = ("UpdateItem ACTIVITY card present", left);
        let ended = overtaken(&salon.world, listed, erase(&salon).send(), done.ok()).await;
        // The quote's turn comes after it.
        let left_over = dump(&salon.world).await.concat().contains("Teklif");
        match left == Left::Alone {
            true => assert_eq!((ended.slow.status, left_over), (200, false)),
            false => assert_eq!((ended.slow.status, left_over), (500, true)),
        }
    }
}

/// None of these is ever deleted: each is, by hand. An update would make half a one.
#[tokio::test]
async fn what_is_not_there_does_not_come_to_be_by_being_erased() {
    for kind in ["ACTIVITY", "QUOTE"] {
        for left in ALONE_OR_NOTHING {
            let salon = Salon::open().await;
            let world = &salon.world;
            let path = written(&salon).await;
            enter(&salon, &path, json!({"kind": "note", "text": "Aradı"})).await;
            let there = format!("UpdateItem {kind} present");
            let mut gone = StoredKey::default();
            let done = async |key: &StoredKey| {
                gone = key.clone();
                world.delete_stored(key).await;
            };
            let erasure = erase(&salon).send();
            let written = by_hand(world, (&there, left), erasure, done).await;
            let is_there = world.stored(&gone).await != Value::Null;
            let spoilt = left == Left::Nothing;
            assert_eq!((written, is_there), (spoilt, spoilt), "{kind}");
        }
    }
}

/// An opportunity is never deleted, and has its place in lists from the first: it is gone by hand.
#[tokio::test]
async fn an_opportunity_that_is_gone_is_named_when_it_is_to_be_erased() {
    for left in ALONE_OR_NOTHING {
        let salon = Salon::open().await;
        let world = &salon.world;
        let path = written(&salon).await;
        let business = world.business.parse().unwrap();
        let opportunity = path.rsplit('/').next().unwrap().parse().unwrap();
        let listed = ("UpdateItem OPPORTUNITY card present", left);
        let held = world.faults.conditions().hold(listed.0, listed.1);
        let gone = async {
            held.reached().await;
            world.delete_stored(&held.key()).await;
            assert!(!held.let_go().await);
        };
        let erasure = world.store.erase_texts_in(&business, opportunity);
        let (erased, ()) = tokio::join!(erasure, gone);
        let cause = erased.unwrap_err().cause().to_owned();
        assert_eq!(
            cause.contains("is not there"),
            left == Left::Alone,
            "{cause}"
        );
    }
}
