//! POST /v1/customers.

use serde_json::{Value, json};

use crate::harness::{World, id};

const PATH: &str = "/v1/customers";

#[tokio::test]
async fn a_customer_is_added_and_read_back_with_their_etag() {
    let world = World::new().await;
    let body = json!({
        "name": " Ayşe Yılmaz ", "email": "Ayse@Example.COM", "phone": "+90 532 000 00 00",
    });
    let created = world.post(PATH, body).send().await;
    assert_eq!(created.status, 201);
    assert_eq!(created.etag.as_deref(), Some("\"1\""));
    let mut expected = json!({
        "id": created.body["id"], "name": "Ayşe Yılmaz", "email": "ayse@example.com",
        "phone": "+90 532 000 00 00", "claimed": false,
        "created_at": "2026-11-22T08:00:00Z", "erased_at": null, "version": 1,
    });
    assert_eq!(created.body, expected);
    assert!(id(&created.body).starts_with("cus_"));
    let read = world.get(&format!("{PATH}/{}", id(&created.body)));
    let read = read.send().await;
    expected["customer_since"] = Value::Null;
    assert_eq!((read.body, read.etag), (expected, created.etag));
}

#[tokio::test]
async fn customers_without_an_address_are_as_many_as_are_added() {
    let world = World::new().await;
    for _ in 0..2 {
        let created = world.post(PATH, json!({"name": "Ayşe"})).ok().await;
        assert_eq!(
            (&created["email"], &created["phone"]),
            (&Value::Null, &Value::Null)
        );
    }
    assert_eq!(world.pages(&format!("{PATH}?limit=9")).await[0].len(), 2);
}

#[tokio::test]
async fn one_address_is_one_customer_of_a_business_whatever_its_case() {
    let world = World::new().await;
    let create = |email: &str| world.post(PATH, json!({"name": "Ayşe", "email": email}));
    create("ayse@example.com").ok().await;
    for taken in ["ayse@example.com", "AYSE@example.com", " ayse@EXAMPLE.com "] {
        create(taken).refused(409, "email-taken").await;
    }
    assert_eq!(world.pages(&format!("{PATH}?limit=9")).await[0].len(), 1);
    create("ayse@example.com").by(&world.next_door()).ok().await;
}

#[tokio::test]
async fn a_repeated_request_adds_the_customer_once_and_shows_them_as_they_are_now() {
    let world = World::new().await;
    let body = json!({"name": "Ayşe", "email": "ayse@example.com"});
    let create = || world.post(PATH, body.clone()).key("k");
    let first = create().send().await;
    assert_eq!((first.status, first.replayed), (201, false));
    let again = create().send().await;
    assert_eq!((again.status, again.replayed), (201, true));
    assert_eq!((&again.body, &again.etag), (&first.body, &first.etag));
    let path = format!("{PATH}/{}", id(&first.body));
    let edit = world
        .call("PATCH", &path)
        .json(json!({"name": "Ayşe Kaya"}));
    let edited = edit.if_match(1).ok().await;
    let again = create().send().await;
    assert_eq!(
        (again.status, again.replayed, &again.body),
        (201, true, &edited)
    );
    assert_eq!(world.pages(&format!("{PATH}?limit=9")).await[0].len(), 1);
}

#[tokio::test]
async fn a_key_is_not_for_another_customer() {
    let world = World::new().await;
    world
        .post(PATH, json!({"name": "Ayşe"}))
        .key("k")
        .ok()
        .await;
    let other = world.post(PATH, json!({"name": "Fatma"})).key("k");
    other.refused(422, "idempotency-key-reused").await;
    let next_door = world.post(PATH, json!({"name": "Fatma"})).key("k");
    next_door.by(&world.next_door()).ok().await;
    let pages = world.pages(&format!("{PATH}?limit=9")).await;
    assert_eq!(pages[0].len(), 1);
    assert_eq!(pages[0][0]["name"], "Ayşe");
}

#[tokio::test]
async fn a_customer_has_a_name_and_an_address_and_a_number_that_could_be_right() {
    let world = World::new().await;
    for body in [
        json!({}),
        json!({"name": null}),
        json!({"name": " "}),
        json!({"name": "Ayşe\nYılmaz"}),
        json!({"name": "x".repeat(121)}),
        json!({"name": "Ayşe", "email": "ayse"}),
        json!({"name": "Ayşe", "email": "ayse@localhost"}),
        json!({"name": "Ayşe", "email": "Ayşe <ayse@example.com>"}),
        json!({"name": "Ayşe", "phone": "call me"}),
        json!({"name": "Ayşe", "phone": "1234"}),
        json!({"name": "Ayşe", "id": "cus_00000000000000000000000007"}),
    ] {
        world.post(PATH, body).refused(422, "invalid-body").await;
    }
    assert!(world.journal().await.is_empty());
}
