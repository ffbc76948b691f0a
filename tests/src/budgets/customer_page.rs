//! A customer's page.

use serde_json::json;

use super::Budget;
use crate::harness::{Salon, id, lira};

#[tokio::test]
async fn a_customers_page_of_five_with_their_activities_is_three_rru() {
    let salon = Salon::open().await;
    let text =
        "Saç denemesi için aradı, çiçekli modeli beğendi; fiyatı annesine soracak. ".repeat(3);
    for _ in 0..6 {
        let body = json!({
            "customer_id": salon.ayse, "title": "Gelin paketi, Haziran", "estimate": lira(900_000),
            "lines": [{"service_id": salon.manicure, "quantity": 2}],
        });
        let opened = salon.world.post("/v1/opportunities", body);
        let path = format!("/v1/opportunities/{}/activities", id(&opened.ok().await));
        let planned = json!({"kind": "meeting", "due_at": "2026-12-01T09:00:00Z"});
        salon.world.post(&path, planned).ok().await;
        for _ in 0..7 {
            let call = json!({"kind": "call", "subject": "Gelin paketi", "text": text});
            salon.world.post(&path, call).ok().await;
        }
    }
    let path = format!("/v1/customers/{}/opportunities", salon.ayse);
    let page = || salon.world.get(&path);
    // The list, and the five side by side.
    Budget(2, 0.0, 3.0).check(&salon, "page", page()).await;
    let page = page().ok().await;
    let items = page["items"].as_array().unwrap();
    for item in items {
        assert_eq!(item["next_activity"]["at"], "2026-12-01T09:00:00Z");
    }
    let shown = items.iter().map(|item| &item["latest_activities"]);
    let shown: Vec<usize> = shown
        .map(|latest| latest.as_array().unwrap().len())
        .collect();
    assert_eq!((shown, page["next_cursor"].is_string()), (vec![3; 5], true));
}
