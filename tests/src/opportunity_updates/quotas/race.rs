//! Quotas that are closed while something is linked to them, or taken from them.

use futures::future::join;
use serde_json::{Value, json};

use super::{link, linked, of_lira, opened, set};
use crate::harness::{Answer, Salon, lira};

/// The day after the last one of the quotas here.
const AFTER: &str = "2026-12-01T09:00:00Z";

/// An opportunity that is won in the period of the quotas; its version is 2.
async fn won(salon: &Salon) -> String {
    let opportunity = opened(salon, lira(40_000), "2026-11-30").await;
    let path = format!("/v1/opportunities/{opportunity}/close");
    let close = salon.world.post(&path, json!({"outcome": "won"}));
    close.if_match(1).ok().await;
    opportunity
}

async fn close(salon: &Salon, quota: &str) -> Value {
    let path = format!("/v1/quotas/{quota}/close");
    salon.world.call("POST", &path).ok().await
}

/// Whether it was done, and not refused for the quota being closed.
fn was_done(answer: &Answer) -> bool {
    let refused = (answer.status, answer.body["code"].as_str()) == (409, Some("quota-closed"));
    assert!(refused || answer.status == 200, "{answer:?}");
    !refused
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_linked_while_a_quota_is_closed_is_counted_or_refused() {
    let salon = Salon::open().await;
    let mut quotas = Vec::new();
    for _ in 0..40 {
        let (quota, opportunity) = (set(&salon, of_lira(1)).await, won(&salon).await);
        quotas.push((quota, opportunity));
    }
    salon.world.set_clock(AFTER);
    for (quota, opportunity) in &quotas {
        let linking = link(&salon, opportunity, json!(quota), 2);
        let (answer, closed) = join(linking, close(&salon, quota)).await;
        let counted = u64::from(was_done(&answer));
        assert_eq!(closed["won_count"], counted, "{answer:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_taken_from_a_quota_while_it_is_closed_is_left_out_or_stays() {
    let salon = Salon::open().await;
    let mut quotas = Vec::new();
    for _ in 0..40 {
        let quota = set(&salon, of_lira(1)).await;
        let opportunity = opened(&salon, lira(40_000), "2026-11-30").await;
        linked(&salon, &opportunity, &quota).await;
        let path = format!("/v1/opportunities/{opportunity}/close");
        let close = salon.world.post(&path, json!({"outcome": "won"}));
        close.if_match(2).ok().await;
        quotas.push((quota, opportunity));
    }
    salon.world.set_clock(AFTER);
    for (quota, opportunity) in &quotas {
        let taking = link(&salon, opportunity, json!(null), 3);
        let (answer, closed) = join(taking, close(&salon, quota)).await;
        let left = u64::from(!was_done(&answer));
        assert_eq!(closed["won_count"], left, "{answer:?}");
    }
}
