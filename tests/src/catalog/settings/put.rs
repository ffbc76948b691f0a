//! PUT /v1/settings.

use serde_json::{Value, json};

use super::settings;
use crate::harness::{Answer, Call, World};

fn put(world: &World, body: &Value) -> Call {
    world.call("PUT", "/v1/settings").json(body.clone())
}

fn outcome(answer: &Answer) -> (u16, Option<&str>, bool) {
    (answer.status, answer.etag.as_deref(), answer.replayed)
}

#[tokio::test]
async fn the_first_settings_are_put_without_if_match_and_the_next_with_the_etag_they_gave() {
    let world = World::new().await;
    let first = put(&world, &settings("First")).send().await;
    assert_eq!(outcome(&first), (200, Some("\"1\""), false));
    assert_eq!(first.body, settings("First"));
    let second = put(&world, &settings("Second")).if_match(1).send().await;
    assert_eq!(outcome(&second), (200, Some("\"2\""), false));
    assert_eq!(second.body, settings("Second"));
    assert_eq!(world.get("/v1/settings").ok().await, settings("Second"));
}

#[tokio::test]
async fn settings_that_exist_are_not_replaced_without_if_match_nor_with_a_stale_one() {
    let world = World::new().await;
    let never_put = put(&world, &settings("First")).if_match(1);
    never_put.refused(412, "version-mismatch").await;
    put(&world, &settings("First")).ok().await;
    put(&world, &settings("Second")).if_match(1).ok().await;
    for stale in [
        put(&world, &settings("Third")),
        put(&world, &settings("Third")).if_match(1),
        put(&world, &settings("Third")).if_match(3),
    ] {
        stale.refused(412, "version-mismatch").await;
    }
    let answer = world.get("/v1/settings").send().await;
    assert_eq!(answer.body, settings("Second"));
    assert_eq!(answer.etag.as_deref(), Some("\"2\""));
}

#[tokio::test]
async fn a_put_that_is_sent_again_is_answered_again_and_changes_nothing() {
    let world = World::new().await;
    put(&world, &settings("First")).ok().await;
    let again = put(&world, &settings("First")).send().await;
    assert_eq!(outcome(&again), (200, Some("\"1\""), true));
    put(&world, &settings("Second")).if_match(1).ok().await;
    put(&world, &settings("Third")).if_match(2).ok().await;
    // Also when others have come in between: it says what the request did then.
    let again = put(&world, &settings("Second")).if_match(1).send().await;
    assert_eq!(outcome(&again), (200, Some("\"2\""), true));
    assert_eq!(again.body, settings("Second"));
    assert_eq!(world.get("/v1/settings").ok().await, settings("Third"));
    // With the first ones came the first stage scheme.
    assert_eq!(world.journal().await.len(), 4);
}

#[tokio::test]
async fn settings_name_a_known_zone_and_known_policies() {
    let world = World::new().await;
    for (field, value) in [
        ("time_zone", json!("Europe/Atlantis")),
        ("time_zone", json!("+03:00")),
        ("deduct_at", json!("later")),
        ("no_show", json!("shrug")),
        ("name", json!("  ")),
        ("name", Value::Null),
        ("currency", json!("TRY")),
    ] {
        let mut body = settings("Salon");
        body[field] = value;
        put(&world, &body).refused(422, "invalid-body").await;
    }
    for missing in ["name", "time_zone", "deduct_at", "no_show"] {
        let mut body = settings("Salon");
        body.as_object_mut().unwrap().remove(missing);
        put(&world, &body).refused(422, "invalid-body").await;
    }
    assert!(world.journal().await.is_empty());
}

#[tokio::test]
async fn if_match_is_an_etag_as_it_was_given_out() {
    let world = World::new().await;
    put(&world, &settings("First")).ok().await;
    for etag in ["1", "*", "W/\"1\"", "\"one\"", "\"0\"", "\"1\", \"2\""] {
        let call = put(&world, &settings("Second")).header("if-match", etag);
        call.refused(400, "malformed-if-match").await;
    }
}
