//! GET /v1/opportunities/{id}/activities.

use serde_json::json;

use super::{enter, opened};
use crate::harness::{Salon, id};

#[tokio::test]
async fn the_activities_are_listed_page_by_page_the_one_entered_last_first() {
    let salon = Salon::open().await;
    let opportunity = opened(&salon).await;
    let mut entered = Vec::new();
    for minute in 1..=5 {
        salon
            .world
            .set_clock(&format!("2026-11-22T09:0{minute}:00Z"));
        let body = json!({"kind": "note", "text": format!("Not {minute}")});
        let call = enter(&salon, &opportunity, body);
        entered.push(id(&call.key(&format!("k-{minute}")).ok().await));
    }
    entered.reverse();
    // Of another opportunity there is nothing in it.
    let other = opened(&salon).await;
    let note = json!({"kind": "note", "text": "Başka"});
    enter(&salon, &other, note).ok().await;
    for limit in 1..=6 {
        let path = format!("{opportunity}/activities?limit={limit}");
        let pages = salon.world.pages(&path).await;
        assert!(pages.iter().all(|page| page.len() <= limit));
        assert_eq!(pages.len(), 5_usize.div_ceil(limit), "by {limit}");
        let listed: Vec<String> = pages.concat().iter().map(id).collect();
        assert_eq!(listed, entered, "by {limit}");
    }
}
