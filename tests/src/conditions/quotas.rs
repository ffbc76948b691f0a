//! Quotas: a closed one is what it was summed up to.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::pipeline::{code, opened};
use super::{ALONE_OR_NOTHING, ALONE_OR_OTHERS, by_hand, overtaken};
use crate::harness::{Call, Left, Salon, id, lira};

fn november(name: &str) -> Value {
    json!({
        "name": name, "representative_id": "someone", "target_amount": lira(1),
        "from": "2026-11-01", "to": "2026-11-30",
    })
}

/// A quota that is over, and so many won opportunities: the first ones are linked to it.
async fn quota(salon: &Salon, won: usize, linked: usize) -> (String, Vec<Call>) {
    let november = salon.world.post("/v1/quotas", november("Kasım 2026"));
    let quota = id(&november.ok().await);
    let mut links = Vec::new();
    for number in 0..won {
        let path = opened(salon).await;
        let close = salon
            .world
            .post(&format!("{path}/close"), json!({"outcome": "won"}));
        close.if_match(1).ok().await;
        let link = salon
            .world
            .post(&format!("{path}/quota"), json!({"quota_id": quota}));
        match number < linked {
            true => drop(link.if_match(2).ok().await),
            false => links.push(link.if_match(2)),
        }
    }
    salon.world.set_clock("2026-12-01T09:00:00Z");
    (quota, links)
}

fn close(salon: &Salon, quota: &str) -> Call {
    salon
        .world
        .call("POST", &format!("/v1/quotas/{quota}/close"))
}

/// What is sent with quotas that are closed.
pub(super) async fn flow() -> BTreeSet<String> {
    let salon = Salon::open().await;
    for linked in [0, 1] {
        let (quota, _) = quota(&salon, linked, linked).await;
        close(&salon, &quota).ok().await;
    }
    salon.world.faults.conditions().sent()
}

#[tokio::test]
async fn what_is_linked_while_a_quota_is_closed_is_counted_because_of_its_links_alone() {
    for (linked, condition) in [(0, "Put QUOTA links absent"), (1, "Put QUOTA links = ?")] {
        for left in ALONE_OR_OTHERS {
            let salon = Salon::open().await;
            let (quota, mut links) = quota(&salon, linked + 1, linked).await;
            let (slow, fast) = (close(&salon, &quota), links.remove(0));
            let ended = overtaken(&salon.world, (condition, left), slow.send(), fast.ok()).await;
            let counted = u64::try_from(linked).unwrap() + u64::from(left == Left::Alone);
            assert_eq!(ended.slow.body["won_count"], counted, "{condition}");
        }
    }
}

#[tokio::test]
async fn what_is_linked_to_a_quota_that_is_closed_meanwhile_is_refused_by_that_alone() {
    for left in ALONE_OR_OTHERS {
        let salon = Salon::open().await;
        let (quota, mut links) = quota(&salon, 1, 0).await;
        let (slow, fast) = (links.remove(0), close(&salon, &quota));
        let closed = ("Update QUOTA closed_at absent", left);
        let ended = overtaken(&salon.world, closed, slow.send(), fast.ok()).await;
        assert_eq!(ended.fast["won_count"], 0);
        match left == Left::Alone {
            true => assert_eq!(code(&ended.slow), Some("quota-closed")),
            false => assert_eq!(
                (ended.slow.status, &ended.slow.body["quota_id"]),
                (200, &json!(quota))
            ),
        }
    }
}

/// An edit of what something counts for says how much does, too.
#[tokio::test]
async fn of_two_edits_of_a_quota_that_something_counts_for_the_version_alone_refuses_the_later() {
    for left in ALONE_OR_NOTHING {
        let salon = Salon::open().await;
        let (quota, _) = quota(&salon, 1, 1).await;
        let path = format!("/v1/quotas/{quota}");
        let edit = |name: &str| {
            salon
                .world
                .call("PUT", &path)
                .json(november(name))
                .if_match(1)
        };
        let (slow, fast) = (edit("Birinci").send(), edit("İkinci").ok());
        let version = ("Put QUOTA version = ?", left);
        let ended = overtaken(&salon.world, version, slow, fast).await;
        let name = salon.world.get(&path).ok().await["quota"]["name"].clone();
        match left == Left::Alone {
            true => assert_eq!((ended.slow.status, name), (412, json!("İkinci"))),
            false => assert_eq!((ended.slow.status, name), (200, json!("Birinci"))),
        }
    }
}

/// No quota is ever deleted: this one is, by hand. What counts links would make half a one.
#[tokio::test]
async fn what_is_linked_to_no_quota_is_refused() {
    for left in ALONE_OR_OTHERS {
        let salon = Salon::open().await;
        let world = &salon.world;
        let (_, mut links) = quota(&salon, 1, 0).await;
        let there = ("Update QUOTA present", left);
        let done = async |key: &_| world.delete_stored(key).await;
        let written = by_hand(world, there, links.remove(0).send(), done).await;
        assert_eq!(written, left == Left::Others);
    }
}
