//! POST /v1/services, and GET of one.

use serde_json::{Value, json};

use super::manicure;
use crate::harness::{World, id};

#[tokio::test]
async fn a_service_is_added_and_read_back_with_its_etag() {
    let world = World::new().await;
    let created = world.post("/v1/services", manicure()).send().await;
    assert_eq!(created.status, 201);
    assert_eq!(created.etag.as_deref(), Some("\"1\""));
    let mut expected = manicure();
    expected["id"] = created.body["id"].clone();
    expected["archived"] = json!(false);
    expected["version"] = json!(1);
    assert_eq!(created.body, expected);
    assert!(id(&created.body).starts_with("svc_"));
    let read = world
        .get(&format!("/v1/services/{}", id(&created.body)))
        .send()
        .await;
    assert_eq!(
        (read.status, read.body, read.etag),
        (200, expected, created.etag)
    );
}

#[tokio::test]
async fn a_service_without_a_tax_rate_has_none() {
    let world = World::new().await;
    let mut body = manicure();
    body.as_object_mut().unwrap().remove("tax_basis_points");
    let created = world.post("/v1/services", body).ok().await;
    assert_eq!(created["tax_basis_points"], 0);
}

#[tokio::test]
async fn a_repeated_request_adds_the_service_once_and_answers_as_at_first() {
    let world = World::new().await;
    let create = || world.post("/v1/services", manicure()).key("k");
    let first = create().send().await;
    assert_eq!((first.status, first.replayed), (201, false));
    let path = format!("/v1/services/{}", id(&first.body));
    let mut edited = manicure();
    edited["name"] = json!("Fransız Manikürü");
    world.call("PUT", &path).json(edited).if_match(1).ok().await;
    let again = create().send().await;
    assert_eq!((again.status, again.replayed), (201, true));
    assert_eq!((&again.body, &again.etag), (&first.body, &first.etag));
    assert_eq!(world.pages("/v1/services?limit=9").await[0].len(), 1);
}

#[tokio::test]
async fn a_key_is_not_for_another_service() {
    let world = World::new().await;
    world.post("/v1/services", manicure()).key("k").ok().await;
    let mut other = manicure();
    other["duration_minutes"] = json!(60);
    let reused = world.post("/v1/services", other).key("k");
    reused.refused(422, "idempotency-key-reused").await;
    assert_eq!(world.pages("/v1/services?limit=9").await[0].len(), 1);
}

#[tokio::test]
async fn without_a_key_or_in_another_business_the_same_service_is_another_one() {
    let world = World::new().await;
    let create = || world.post("/v1/services", manicure());
    let ids = [
        id(&create().ok().await),
        id(&create().ok().await),
        id(&create().key("k").ok().await),
        id(&create().key("k").by(&world.next_door()).ok().await),
    ];
    let different: std::collections::BTreeSet<&String> = ids.iter().collect();
    assert_eq!(different.len(), 4);
    assert_eq!(world.pages("/v1/services?limit=9").await[0].len(), 3);
    let elsewhere = world.get(&format!("/v1/services/{}", ids[3]));
    elsewhere.refused(404, "service-not-found").await;
}

#[tokio::test]
async fn a_key_is_1_to_255_printable_characters() {
    let world = World::new().await;
    let create = |key: &str| world.post("/v1/services", manicure()).key(key);
    for key in ["", "a\tb", "ş", &"x".repeat(256)] {
        create(key).refused(400, "malformed-idempotency-key").await;
    }
    create(&"x".repeat(255)).ok().await;
}

#[tokio::test]
async fn a_service_has_a_name_a_price_and_a_duration_that_make_sense() {
    let world = World::new().await;
    let price =
        |amount: Value, currency: &str| json!({"amount_minor": amount, "currency": currency});
    for (field, value) in [
        ("name", json!("")),
        ("name", json!("x".repeat(121))),
        ("name", json!("two\nlines")),
        ("list_price", price(json!(-1), "TRY")),
        ("list_price", price(json!(9.99), "TRY")),
        ("list_price", price(json!("100"), "TRY")),
        ("list_price", price(json!(1_000_000_000_000_u64), "TRY")),
        ("list_price", price(json!(100), "TL")),
        ("list_price", price(json!(100), "XAU")),
        ("list_price", Value::Null),
        ("tax_basis_points", json!(10_001)),
        ("duration_minutes", json!(0)),
        ("duration_minutes", json!(1441)),
        ("duration_minutes", Value::Null),
        ("colour", json!("green")),
    ] {
        let mut body = manicure();
        body[field] = value;
        let call = world.post("/v1/services", body);
        call.refused(422, "invalid-body").await;
    }
    assert!(world.journal().await.is_empty());
}

#[tokio::test]
async fn a_service_that_is_not_there_is_not_found() {
    let world = World::new().await;
    let path = format!("/v1/services/svc_{:026}", 7);
    world.get(&path).refused(404, "service-not-found").await;
    for malformed in ["svc_7", "tpl_00000000000000000000000007", "x"] {
        let path = format!("/v1/services/{malformed}");
        world.get(&path).refused(400, "malformed-id").await;
    }
}
