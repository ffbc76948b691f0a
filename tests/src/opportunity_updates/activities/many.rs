//! Many at once.

use std::collections::BTreeSet;

use domain::pipeline::{OpportunityChange, fold_opportunity};
use futures::future::join_all;
use serde_json::json;

use super::{enter, opened, planned};
use crate::harness::{Salon, id};

/// What the journal has of an opportunity, the first first.
async fn changes(salon: &Salon, opportunity: &str) -> Vec<OpportunityChange> {
    let entries = salon.world.journal().await;
    let changes = entries.iter().filter_map(|entry| entry.fact.opportunity());
    let mut changes: Vec<OpportunityChange> = changes
        .filter(|change| opportunity.ends_with(&change.opportunity.to_string()))
        .cloned()
        .collect();
    changes.sort_by_key(|change| change.version);
    changes
}

#[tokio::test(flavor = "multi_thread")]
async fn of_20_calls_logged_at_once_each_lands_once() {
    let salon = Salon::open().await;
    let opportunity = opened(&salon).await;
    // All alike: half of them under a key of their own, every one of those sent twice.
    let calls = (0..20).map(|number| {
        let body = json!({"kind": "call", "text": "Aradık"});
        let call = enter(&salon, &opportunity, body);
        match number % 2 {
            0 => call,
            _ => call.key(&format!("k-{}", number % 10)),
        }
        .ok()
    });
    let entered = join_all(calls).await;
    let ids: BTreeSet<String> = entered.iter().map(id).collect();
    assert_eq!(ids.len(), 10 + 5);
    let changes = changes(&salon, &opportunity).await;
    assert_eq!(changes.len(), 1 + 15);
    let position = fold_opportunity(changes.iter()).unwrap().unwrap();
    assert_eq!(position.effort.calls, 15);
    let now = salon.world.get(&opportunity).ok().await;
    assert_eq!(now["version"], 16);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_complete_or_cancel_one_task_at_once_one_does() {
    let salon = Salon::open().await;
    let opportunity = opened(&salon).await;
    let activity = planned(&salon, &opportunity).await;
    let calls = (0..10).map(|number| {
        let call = match number % 2 {
            0 => salon.world.call("POST", &format!("{activity}/cancel")),
            _ => {
                let body = json!({"text": format!("Tamam {number}")});
                salon.world.post(&format!("{activity}/complete"), body)
            }
        };
        call.send()
    });
    let answers = join_all(calls).await;
    let landed = answers
        .iter()
        .filter(|answer| answer.status == 200 && !answer.replayed);
    assert_eq!(landed.count(), 1);
    for answer in answers.iter().filter(|answer| answer.status != 200) {
        let code = answer.body["code"].as_str().unwrap();
        assert!(["activity-done", "activity-cancelled"].contains(&code));
    }
    assert_eq!(changes(&salon, &opportunity).await.len(), 3);
}
