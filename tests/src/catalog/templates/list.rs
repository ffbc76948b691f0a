//! GET /v1/package-templates.

use std::collections::BTreeSet;

use serde_json::json;

use super::credit;
use crate::harness::{Salon, World, id};

const PATH: &str = "/v1/package-templates";

#[tokio::test]
async fn seven_templates_at_three_a_page_are_three_pages_with_each_template_once() {
    let salon = Salon::open().await;
    let mut made = BTreeSet::new();
    for number in 0..7 {
        // Ids that come from keys have no order of time.
        let call = salon.world.post(PATH, credit());
        let call = if number % 2 == 0 {
            call.key(&number.to_string())
        } else {
            call
        };
        made.insert(id(&call.ok().await));
    }
    let pages = salon.world.pages(&format!("{PATH}?limit=3")).await;
    let sizes: Vec<usize> = pages.iter().map(Vec::len).collect();
    assert_eq!(sizes, [3, 3, 1]);
    let listed: Vec<String> = pages.iter().flatten().map(id).collect();
    assert_eq!(
        listed,
        made.into_iter().collect::<Vec<_>>(),
        "in order of id"
    );
}

#[tokio::test]
async fn a_list_shows_archived_templates_and_nobody_elses() {
    let world = World::new().await;
    let template = id(&world.post(PATH, credit()).ok().await);
    let neighbours = world.post(PATH, credit()).by(&world.next_door());
    neighbours.ok().await;
    let archive = world.call("POST", &format!("{PATH}/{template}/archive"));
    let archived = archive.ok().await;
    let list = world.get(PATH).ok().await;
    assert_eq!(list, json!({"items": [archived], "next_cursor": null}));
}
