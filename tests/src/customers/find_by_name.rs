//! GET /v1/customers?name=

use serde_json::json;

use crate::harness::World;

/// A business whose customers have these names.
async fn with(names: &[&str]) -> World {
    let world = World::new().await;
    for name in names {
        let create = world.post("/v1/customers", json!({"name": name}));
        create.ok().await;
    }
    world
}

/// Expects a search to find these, in this order, however it is paged.
async fn check(world: &World, search: &str, expected: &[&str]) {
    for limit in [1, 2, 50] {
        let path = format!("/v1/customers?name={search}&limit={limit}");
        let pages = world.pages(&path).await;
        let found: Vec<&str> = pages
            .iter()
            .flatten()
            .map(|customer| customer["name"].as_str().unwrap())
            .collect();
        assert_eq!(found, expected, "{search:?} at {limit} a page");
    }
}

#[tokio::test]
async fn turkish_names_are_found_without_accents_and_case() {
    let world = with(&[
        "Şükrü Ilgaz",
        "İrem Yıldız",
        "ISIL ÇAĞLAR",
        "Gülşen Öztürk",
        "ığdır",
    ])
    .await;
    for (search, found) in [
        ("sukru", "Şükrü Ilgaz"),
        ("ŞÜK", "Şükrü Ilgaz"),
        ("şukr", "Şükrü Ilgaz"),
        ("irem", "İrem Yıldız"),
        ("IREM", "İrem Yıldız"),
        ("ırem", "İrem Yıldız"),
        ("isil", "ISIL ÇAĞLAR"),
        ("ışıl", "ISIL ÇAĞLAR"),
        ("gulsen", "Gülşen Öztürk"),
        ("Igd", "ığdır"),
    ] {
        check(&world, search, &[found]).await;
    }
}

#[tokio::test]
async fn romanian_names_are_found_without_accents_and_with_either_cedilla_or_comma() {
    let world = with(&["Ștefan Țîrlea", "Ioana-Maria Bălan", "Mihăiță Nițu"]).await;
    for (search, found) in [
        ("stefan", "Ștefan Țîrlea"),
        // The comma below of today, the cedilla of older systems.
        ("ștef", "Ștefan Țîrlea"),
        ("ştef", "Ștefan Țîrlea"),
        ("țîr", "Ștefan Țîrlea"),
        ("ţir", "Ștefan Țîrlea"),
        ("ioana maria", "Ioana-Maria Bălan"),
        ("Ioana-M", "Ioana-Maria Bălan"),
        ("maria", "Ioana-Maria Bălan"),
        ("balan", "Ioana-Maria Bălan"),
        ("mihaita n", "Mihăiță Nițu"),
    ] {
        check(&world, search, &[found]).await;
    }
}

#[tokio::test]
async fn a_later_name_is_found_too_after_those_whose_first_name_matches() {
    let world = with(&[
        "Deniz Ayhan",
        "Ayhan Deniz",
        "Ali Deniz Kaya",
        "Denizhan Ak",
    ])
    .await;
    check(&world, "kaya", &["Ali Deniz Kaya"]).await;
    check(&world, "ayh", &["Ayhan Deniz", "Deniz Ayhan"]).await;
    let both = [
        "Deniz Ayhan",
        "Denizhan Ak",
        "Ayhan Deniz",
        "Ali Deniz Kaya",
    ];
    check(&world, "deniz", &both).await;
    let pages = world.pages("/v1/customers?name=deniz&limit=3").await;
    let sizes: Vec<usize> = pages.iter().map(Vec::len).collect();
    assert_eq!(sizes, [3, 1]);
}

#[tokio::test]
async fn several_words_are_found_where_they_follow_each_other() {
    let world = with(&["Ali Deniz Kaya", "Deniz Kara", "Kaya Deniz"]).await;
    check(&world, "ali deniz k", &["Ali Deniz Kaya"]).await;
    check(&world, "deniz ka", &["Deniz Kara", "Ali Deniz Kaya"]).await;
    check(&world, "  DENİZ   kay ", &["Ali Deniz Kaya"]).await;
    check(&world, "deniz ali", &[]).await;
    check(&world, "eniz", &[]).await;
}

#[tokio::test]
async fn a_customer_with_two_names_that_match_is_found_once() {
    let world = with(&["Ana Anamaria", "Maria Ana Anastasia", "Anca"]).await;
    check(&world, "ana", &["Ana Anamaria", "Maria Ana Anastasia"]).await;
    check(
        &world,
        "an",
        &["Ana Anamaria", "Anca", "Maria Ana Anastasia"],
    )
    .await;
}

#[tokio::test]
async fn signs_in_a_name_neither_hide_it_nor_open_anything() {
    let world = with(&["Seán O'Neil", "…", "Jean-Luc"]).await;
    check(&world, "o'neil", &["Seán O'Neil"]).await;
    check(&world, "o neil", &["Seán O'Neil"]).await;
    check(&world, "jean%23", &["Jean-Luc"]).await;
    check(&world, "cus_", &[]).await;
    check(&world, "1%23", &[]).await;
    for nothing in ["", "%20!"] {
        let call = world.get(&format!("/v1/customers?name={nothing}"));
        call.refused(400, "malformed-query").await;
    }
}

#[tokio::test]
async fn a_name_of_many_words_is_found_by_its_first_eight() {
    let world = with(&["Bir Iki Uc Dort Bes Alti Yedi Sekiz Dokuz"]).await;
    let whole = "Bir Iki Uc Dort Bes Alti Yedi Sekiz Dokuz";
    check(&world, "sekiz", &[whole]).await;
    check(&world, "dokuz", &[]).await;
    check(&world, "bir iki uc dort bes alti yedi sekiz d", &[whole]).await;
}

#[tokio::test]
async fn a_cursor_of_one_search_opens_no_other_business() {
    let world = with(&["Ayşe Bir", "Ayşe Iki", "Ayşe Uc"]).await;
    let page = world.get("/v1/customers?name=ayse&limit=1").ok().await;
    let cursor = page["next_cursor"].as_str().unwrap();
    let path = format!("/v1/customers?name=ayse&limit=9&cursor={cursor}");
    let rest = world.get(&path).ok().await;
    assert_eq!(rest["items"].as_array().unwrap().len(), 2);
    let next_door = world.get(&path).by(&world.next_door()).ok().await;
    assert_eq!(next_door, json!({"items": [], "next_cursor": null}));
}
