//! PUT /v1/services/{id}.

use serde_json::{Value, json};

use super::manicure;
use crate::harness::{Call, Salon, World, id, lira};

async fn made(world: &World) -> String {
    let created = world.post("/v1/services", manicure()).ok().await;
    format!("/v1/services/{}", id(&created))
}

fn named(name: &str) -> Value {
    let mut body = manicure();
    body["name"] = json!(name);
    body
}

fn put(world: &World, path: &str, name: &str) -> Call {
    world.call("PUT", path).json(named(name))
}

#[tokio::test]
async fn an_edit_replaces_the_service_and_gives_the_next_etag() {
    let world = World::new().await;
    let path = made(&world).await;
    let edited = put(&world, &path, "Spa").if_match(1).send().await;
    assert_eq!((edited.status, edited.replayed), (200, false));
    assert_eq!(edited.etag.as_deref(), Some("\"2\""));
    assert_eq!(edited.body["name"], "Spa");
    assert_eq!(edited.body["version"], 2);
    assert_eq!(world.get(&path).ok().await, edited.body);
}

#[tokio::test]
async fn an_edit_needs_the_etag_of_the_present_version() {
    let world = World::new().await;
    let path = made(&world).await;
    put(&world, &path, "Spa")
        .refused(428, "if-match-required")
        .await;
    put(&world, &path, "Spa").if_match(1).ok().await;
    for version in [1, 3] {
        let stale = put(&world, &path, "Hamam").if_match(version);
        stale.refused(412, "version-mismatch").await;
    }
    assert_eq!(world.get(&path).ok().await["name"], "Spa");
}

#[tokio::test]
async fn the_same_edit_sent_again_is_answered_again_even_after_a_later_one() {
    let world = World::new().await;
    let path = made(&world).await;
    let first = put(&world, &path, "Spa").if_match(1).send().await;
    put(&world, &path, "Hamam").if_match(2).ok().await;
    let again = put(&world, &path, "Spa").if_match(1).send().await;
    assert_eq!((again.status, again.replayed), (200, true));
    assert_eq!((again.body, again.etag), (first.body, first.etag));
    assert_eq!(world.get(&path).ok().await["name"], "Hamam");
    assert_eq!(world.journal().await.len(), 3);
}

#[tokio::test]
async fn an_edit_of_what_is_not_there_or_makes_no_sense_is_refused() {
    let world = World::new().await;
    let nowhere = format!("/v1/services/svc_{:026}", 7);
    let call = put(&world, &nowhere, "Spa").if_match(1);
    call.refused(404, "service-not-found").await;
    let path = made(&world).await;
    let call = put(&world, &path, "").if_match(1);
    call.refused(422, "invalid-body").await;
    let elsewhere = put(&world, &path, "Spa").if_match(1);
    let elsewhere = elsewhere.by(&world.next_door());
    elsewhere.refused(404, "service-not-found").await;
}

#[tokio::test]
async fn renaming_a_service_renames_it_neither_in_sold_packages_nor_in_their_template() {
    let salon = Salon::open().await;
    let template = salon.visits(10, &[&salon.manicure]).await;
    let package = salon.sell(&salon.ayse, &template).await;
    let sold = salon.package(&package).await;
    assert_eq!(sold["pools"][0]["services"][0]["name"], "Manikür");
    let body = json!({"name": "Spa", "list_price": lira(99_000), "duration_minutes": 45});
    let path = format!("/v1/services/{}", salon.manicure);
    let edit = salon.world.call("PUT", &path).json(body);
    edit.if_match(1).ok().await;
    assert_eq!(salon.package(&package).await, sold);
    let template = salon
        .world
        .get(&format!("/v1/package-templates/{template}"));
    assert_eq!(template.ok().await["services"][0]["name"], "Manikür");
    // A package sold from terms that are written later has the new name.
    let package = salon.sell_visits(10, &[&salon.manicure]).await;
    let services = &salon.package(&package).await["pools"][0]["services"];
    assert_eq!(services[0]["name"], "Spa");
}
