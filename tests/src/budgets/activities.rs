//! What somebody is to do.

use serde_json::json;

use super::Budget;
use crate::harness::{Salon, id, lira};

/// As long as the `sub` of a user pool's account.
const REPRESENTATIVE: &str = "0f8fad5b-d9cb-469f-a165-000000000005";

#[tokio::test]
async fn a_page_of_what_somebody_is_to_do_is_one_read_of_three_rru_however_much_was_written() {
    let salon = Salon::open().await;
    // Letters of two bytes, and signs of four: as long as a subject may be, which the list has of the
    // letters, and cuts of the signs.
    let subjects = ["ş".repeat(120), "💅".repeat(120)];
    let listed = [subjects[0].clone(), format!("{}…", "💅".repeat(59))];
    let (mut opportunities, mut shown) = (Vec::new(), Vec::new());
    for _ in 0..3 {
        let body = json!({"customer_id": salon.ayse, "title": "Gelin", "estimate": lira(1)});
        let opened = salon.world.post("/v1/opportunities", body);
        opportunities.push(id(&opened.ok().await));
    }
    for number in 0..90 {
        let subject = &subjects[number % 2];
        let due_at = format!("2026-11-24T{:02}:{:02}:00Z", 10 + number / 60, number % 60);
        let opportunity = &opportunities[number / 30];
        let path = format!("/v1/opportunities/{opportunity}/activities");
        let body = json!({
            "kind": "meeting", "subject": subject, "text": "ş".repeat(2_000), "due_at": due_at,
            "remind_at": due_at, "assignee_id": REPRESENTATIVE,
            "with": [{"customer_id": salon.ayse}],
        });
        salon.world.post(&path, body).ok().await;
        shown.push(&listed[number % 2]);
    }
    let list = format!("/v1/activities?assignee_id={REPRESENTATIVE}");
    let read = || salon.world.get(&list);
    Budget(1, 0.0, 3.0).check(&salon, "to do", read()).await;
    let first = read().ok().await;
    assert_eq!(first["items"].as_array().unwrap().len(), 40);
    let on = format!("{list}&cursor={}", first["next_cursor"].as_str().unwrap());
    let read = || salon.world.get(&on);
    Budget(1, 0.0, 3.0)
        .check(&salon, "what follows", read())
        .await;
    let second = read().ok().await;
    let pages = [&first, &second].map(|page| page["items"].as_array().unwrap());
    let items = pages.into_iter().flatten();
    let subjects: Vec<&str> = items.map(|it| it["subject"].as_str().unwrap()).collect();
    assert_eq!(subjects, shown[..80]);
}

#[tokio::test]
async fn a_long_text_costs_the_list_of_what_is_to_be_done_nothing() {
    let salon = Salon::open().await;
    let body = json!({"customer_id": salon.ayse, "title": "Gelin", "estimate": lira(1)});
    let opportunity = id(&salon.world.post("/v1/opportunities", body).ok().await);
    let path = format!("/v1/opportunities/{opportunity}/activities");
    let mut used = Vec::new();
    for text in ["ş".to_owned(), "ş".repeat(2_000)] {
        let body = json!({
            "kind": "task", "subject": "Ara", "text": text, "due_at": "2026-11-24T10:00:00Z",
        });
        let plan = salon.world.post(&path, body);
        salon.world.meter.take();
        let planned = id(&plan.ok().await);
        let plan = salon.world.meter.take();
        let done = format!("{path}/{planned}/complete");
        salon.world.post(&done, json!({})).ok().await;
        let done = salon.world.meter.take();
        assert!(plan.index_wru > 0.0 && done.index_wru > 0.0);
        used.push([plan, done]);
    }
    for (short, long) in used[0].iter().zip(&used[1]) {
        assert_eq!(short.index_wru, long.index_wru);
        assert!(short.table_wru + 8.0 <= long.table_wru, "{used:?}");
    }
}
