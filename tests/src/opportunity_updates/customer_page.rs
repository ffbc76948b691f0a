//! GET /v1/customers/{id}/opportunities.

use serde_json::{Value, json};

use super::activities::{LATER, enter, last, opened, opened_for, sales};
use crate::harness::{Salon, id};

fn path(salon: &Salon) -> String {
    format!("/v1/customers/{}/opportunities", salon.ayse)
}

#[tokio::test]
async fn a_customers_page_has_each_opportunity_with_its_next_and_latest_activities() {
    let salon = Salon::open().await;
    let opportunity = opened(&salon).await;
    let plan = json!({"kind": "meeting", "due_at": LATER});
    let next = id(&enter(&salon, &opportunity, plan).ok().await);
    let mut notes = Vec::new();
    for minute in 10..18 {
        salon
            .world
            .set_clock(&format!("2026-11-22T09:{minute}:00Z"));
        let body = json!({"kind": "note", "text": "Not"});
        notes.push(id(&enter(&salon, &opportunity, body).ok().await));
    }
    let quiet = opened(&salon).await;
    let fatma = salon.customer("Fatma", "fatma@example.com").await;
    opened_for(&salon, &fatma, "Başka").await;
    let page = salon.world.get(&path(&salon)).ok().await;
    let items = page["items"].as_array().unwrap();
    assert_eq!((items.len(), &page["next_cursor"]), (2, &Value::Null));
    let of = |opportunity: &str| {
        let found = items
            .iter()
            .find(|item| item["opportunity"]["id"] == last(opportunity));
        found.unwrap()
    };
    let busy = of(&opportunity);
    assert_eq!(busy["opportunity"]["title"], "Gelin paketi");
    assert_eq!(busy["next_activity"]["activity_id"], next.as_str());
    let latest = busy["latest_activities"].as_array().unwrap();
    let latest: Vec<String> = latest.iter().map(id).collect();
    notes.reverse();
    assert_eq!(latest, notes[..3]);
    let quiet = of(&quiet);
    assert_eq!(quiet["next_activity"], Value::Null);
    assert_eq!(quiet["latest_activities"], json!([]));
}

#[tokio::test]
async fn a_customers_page_goes_on_by_cursor_and_shows_sales_their_own() {
    let salon = Salon::open().await;
    for _ in 0..3 {
        opened(&salon).await;
    }
    let pages = salon
        .world
        .pages(&format!("{}?limit=2", path(&salon)))
        .await;
    assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [2, 1]);
    let read = |sub: &str| {
        salon
            .world
            .get(&path(&salon))
            .by(&sales(&salon.world, sub))
            .ok()
    };
    assert_eq!(read("rep-1").await["items"].as_array().unwrap().len(), 3);
    assert_eq!(read("rep-2").await["items"], json!([]));
    let too_many = salon.world.get(&format!("{}?limit=6", path(&salon)));
    too_many.refused(400, "malformed-limit").await;
    let nobody = "/v1/customers/cus_00000000000000000000000001/opportunities";
    let nobody = salon.world.get(nobody);
    nobody.refused(404, "customer-not-found").await;
    let ayse = salon.ayses_token().await;
    let own = salon.world.get(&path(&salon)).by(&ayse);
    own.refused(403, "forbidden").await;
}
