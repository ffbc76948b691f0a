//! GET /v1/services.

use std::collections::BTreeSet;

use super::manicure;
use crate::harness::{World, id};

#[tokio::test]
async fn seven_services_at_three_a_page_are_three_pages_with_each_service_once() {
    let world = World::new().await;
    let mut made = BTreeSet::new();
    for _ in 0..7 {
        made.insert(id(&world.post("/v1/services", manicure()).ok().await));
    }
    let pages = world.pages("/v1/services?limit=3").await;
    let sizes: Vec<usize> = pages.iter().map(Vec::len).collect();
    assert_eq!(sizes, [3, 3, 1]);
    let listed: Vec<String> = pages.iter().flatten().map(id).collect();
    assert_eq!(
        listed,
        made.into_iter().collect::<Vec<_>>(),
        "in order of id"
    );
    // A page that ends with the list says so.
    assert_eq!(world.pages("/v1/services?limit=7").await.len(), 1);
}

#[tokio::test]
async fn a_business_without_services_has_an_empty_list() {
    let world = World::new().await;
    let neighbour = world
        .post("/v1/services", manicure())
        .by(&world.next_door());
    neighbour.ok().await;
    let list = world.get("/v1/services").ok().await;
    assert_eq!(list, serde_json::json!({"items": [], "next_cursor": null}));
}

#[tokio::test]
async fn archived_services_stay_in_the_list() {
    let world = World::new().await;
    let service = id(&world.post("/v1/services", manicure()).ok().await);
    let archive = world.call("POST", &format!("/v1/services/{service}/archive"));
    archive.ok().await;
    let list = world.get("/v1/services").ok().await;
    assert_eq!(list["items"][0]["id"], service.as_str());
    assert_eq!(list["items"][0]["archived"], true);
}

#[tokio::test]
async fn a_page_has_1_to_100_items_and_goes_on_at_a_cursor_that_was_given_out() {
    let world = World::new().await;
    for (query, code) in [
        ("limit=0", "malformed-limit"),
        ("limit=101", "malformed-limit"),
        ("limit=-1", "malformed-query"),
        ("limit=many", "malformed-query"),
        ("cursor=%21%21", "malformed-cursor"),
        ("cursor=", "malformed-cursor"),
        ("page=2", "malformed-query"),
    ] {
        let path = format!("/v1/services?{query}");
        world.get(&path).refused(400, code).await;
    }
    world.get("/v1/services?limit=100").ok().await;
}
