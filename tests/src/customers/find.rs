//! GET /v1/customers: by e-mail address, and all of them.

use serde_json::{Value, json};

use crate::harness::{Salon, World};

async fn add(world: &World, name: &str) {
    world
        .post("/v1/customers", json!({"name": name}))
        .ok()
        .await;
}

fn names(pages: &[Vec<Value>]) -> Vec<&str> {
    let items = pages.iter().flatten();
    items.map(|item| item["name"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn an_address_finds_its_one_customer_whatever_its_case() {
    let salon = Salon::open().await;
    salon.customer("Ayşe Kaya", "ayse.kaya@example.com").await;
    for spelled in [
        "ayse@example.com",
        "AYSE@Example.Com",
        "%20ayse@example.com",
    ] {
        let path = format!("/v1/customers?email={spelled}");
        let found = salon.world.get(&path).ok().await;
        assert_eq!(found["items"].as_array().unwrap().len(), 1, "{spelled}");
        assert_eq!(found["items"][0]["id"], salon.ayse.as_str());
        assert!(found["next_cursor"].is_null());
    }
}

#[tokio::test]
async fn an_address_that_nobody_here_has_finds_nobody() {
    let salon = Salon::open().await;
    let nobody = json!({"items": [], "next_cursor": null});
    // The whole address counts, not a part of it.
    for address in ["ays@example.com", "ayse@example.com.tr"] {
        let path = format!("/v1/customers?email={address}");
        assert_eq!(salon.world.get(&path).ok().await, nobody);
    }
    let path = "/v1/customers?email=ayse@example.com";
    let next_door = salon.world.get(path).by(&salon.world.next_door());
    assert_eq!(next_door.ok().await, nobody);
}

#[tokio::test]
async fn customers_are_found_by_address_or_by_name_but_not_by_both_nor_by_anything_else() {
    let world = World::new().await;
    for query in [
        "email=ayse@example.com&name=ayse",
        "email=ayse",
        "email=",
        "phone=532",
        "name=a&name=b",
    ] {
        let path = format!("/v1/customers?{query}");
        world.get(&path).refused(400, "malformed-query").await;
    }
}

#[tokio::test]
async fn all_customers_are_listed_in_order_of_name_and_each_of_them_once() {
    let world = World::new().await;
    // Later words are look-ups too: they must not show in the list of all.
    for name in [
        "Zeynep Ak",
        "çiğdem Berk",
        "Şule",
        "Ayşe Zorlu",
        "Ömer Can",
        "Țipa Ana",
        "ışık",
    ] {
        add(&world, name).await;
    }
    let neighbour = world.post("/v1/customers", json!({"name": "Neighbour"}));
    neighbour.by(&world.next_door()).ok().await;
    let sorted = [
        "Ayşe Zorlu",
        "çiğdem Berk",
        "ışık",
        "Ömer Can",
        "Şule",
        "Țipa Ana",
        "Zeynep Ak",
    ];
    for limit in [1, 3, 7, 100] {
        let pages = world.pages(&format!("/v1/customers?limit={limit}")).await;
        assert_eq!(names(&pages), sorted, "at {limit} a page");
        assert_eq!(pages.len(), 7_usize.div_ceil(limit), "at {limit} a page");
    }
}

#[tokio::test]
async fn customers_of_one_name_are_listed_all() {
    let world = World::new().await;
    for _ in 0..5 {
        add(&world, "Ayşe Yılmaz").await;
    }
    for query in ["limit=2", "limit=2&name=ayse", "limit=2&name=yilmaz"] {
        let pages = world.pages(&format!("/v1/customers?{query}")).await;
        let sizes: Vec<usize> = pages.iter().map(Vec::len).collect();
        assert_eq!(sizes, [2, 2, 1], "{query}");
        let mut ids: Vec<&Value> = pages.iter().flatten().map(|c| &c["id"]).collect();
        ids.sort_by_key(|id| id.as_str());
        ids.dedup();
        assert_eq!(ids.len(), 5, "{query}");
    }
}

#[tokio::test]
async fn a_shorter_name_is_listed_before_the_longer_one_that_begins_with_it() {
    let world = World::new().await;
    for name in ["Anamaria", "Ana Pop", "Ana"] {
        add(&world, name).await;
    }
    for query in ["limit=9", "limit=1", "limit=2&name=ana"] {
        let pages = world.pages(&format!("/v1/customers?{query}")).await;
        assert_eq!(names(&pages), ["Ana", "Ana Pop", "Anamaria"], "{query}");
    }
}
