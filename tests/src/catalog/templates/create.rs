//! POST /v1/package-templates, and GET of one.

use serde_json::json;

use super::{credit, visits, with, without};
use crate::harness::{Salon, World, assert_shows, id, lira};

const PATH: &str = "/v1/package-templates";

#[tokio::test]
async fn a_template_of_visits_is_added_and_read_back_with_its_etag() {
    let salon = Salon::open().await;
    let services = json!([
        {"service_id": salon.manicure},
        {"service_id": salon.massage, "units": 3},
    ]);
    let body = with(visits(&salon), "services", services);
    let created = salon.world.post(PATH, body).send().await;
    assert_eq!(created.status, 201);
    assert_eq!(created.etag.as_deref(), Some("\"1\""));
    let expected = json!({
        "id": created.body["id"], "name": "10 Manikür", "kind": "visits", "colour": "green",
        "price": lira(500_000), "at_list_price": false,
        // Six manicures at 600.00, or three massages at 1,500.00.
        "list_price": lira(600_000), "discount": lira(100_000),
        "validity": {"count": 6, "unit": "months", "from": "sale"},
        "quantity": 10, "credit": null, "archived": false, "version": 1,
        "services": [
            {"service_id": salon.manicure, "name": "Manikür", "units": 1},
            {"service_id": salon.massage, "name": "Masaj", "units": 3},
        ],
    });
    assert_shows(&created.body, &expected);
    assert!(id(&created.body).starts_with("tpl_"));
    let path = format!("{PATH}/{}", id(&created.body));
    let read = salon.world.get(&path).send().await;
    assert_eq!(
        (read.status, read.body, read.etag),
        (200, created.body, created.etag)
    );
}

#[tokio::test]
async fn a_template_of_credit_covers_every_service_unless_it_names_some() {
    let salon = Salon::open().await;
    let everything = salon.world.post(PATH, credit()).ok().await;
    assert_eq!(everything["credit"], lira(100_000));
    assert_eq!(everything["price"], lira(90_000));
    for absent in ["services", "quantity", "validity"] {
        assert!(everything[absent].is_null(), "{absent}: {everything}");
    }
    let services = json!([{"service_id": salon.massage}]);
    let some = with(credit(), "services", services);
    let some = salon.world.post(PATH, some).ok().await;
    assert_eq!(some["services"].as_array().unwrap().len(), 1);
    assert_eq!(some["services"][0]["service_id"], salon.massage.as_str());
}

#[tokio::test]
async fn visits_are_green_and_credit_is_purple_unless_a_colour_is_chosen() {
    let salon = Salon::open().await;
    for (body, colour) in [
        (visits(&salon), "green"),
        (credit(), "purple"),
        (with(visits(&salon), "colour", json!(null)), "green"),
        (with(visits(&salon), "colour", json!("Teal")), "teal"),
        (with(credit(), "colour", json!("#FF8800")), "#ff8800"),
    ] {
        let created = salon.world.post(PATH, body).ok().await;
        assert_eq!(created["colour"], colour);
    }
    let sparkly = with(credit(), "colour", json!("sparkly"));
    let call = salon.world.post(PATH, sparkly);
    call.refused(422, "invalid-body").await;
}

#[tokio::test]
async fn a_repeated_request_adds_the_template_once_and_answers_as_at_first() {
    let salon = Salon::open().await;
    let world = &salon.world;
    let create = || world.post(PATH, visits(&salon)).key("k");
    let first = create().send().await;
    assert_eq!((first.status, first.replayed), (201, false));
    // Neither a later edit nor an archived service changes the answer.
    let path = format!("{PATH}/{}", id(&first.body));
    world
        .call("PUT", &path)
        .json(credit())
        .if_match(1)
        .ok()
        .await;
    let archive = format!("/v1/services/{}/archive", salon.manicure);
    world.call("POST", &archive).ok().await;
    let again = create().send().await;
    assert_eq!((again.status, again.replayed), (201, true));
    assert_eq!((&again.body, &again.etag), (&first.body, &first.etag));
    assert_eq!(world.pages(&format!("{PATH}?limit=9")).await[0].len(), 1);
}

#[tokio::test]
async fn a_key_is_not_for_another_template_but_for_a_service_and_a_template() {
    let salon = Salon::open().await;
    let world = &salon.world;
    world.post(PATH, visits(&salon)).key("k").ok().await;
    let other = with(visits(&salon), "quantity", json!(11));
    let reused = world.post(PATH, other).key("k");
    reused.refused(422, "idempotency-key-reused").await;
    let service = json!({"name": "Ağda", "list_price": lira(1), "duration_minutes": 30});
    world.post("/v1/services", service).key("k").ok().await;
    assert_eq!(world.pages(&format!("{PATH}?limit=9")).await[0].len(), 1);
}

#[tokio::test]
async fn a_template_has_a_name_and_a_kind() {
    let salon = Salon::open().await;
    for body in [
        with(credit(), "name", json!(" ")),
        with(
            credit(),
            "price",
            json!({"amount_minor": -1, "currency": "TRY"}),
        ),
        with(
            credit(),
            "price",
            json!({"amount_minor": 1, "currency": "try"}),
        ),
        with(credit(), "price", json!({"amount_minor": 1})),
        with(credit(), "transferable", json!("yes")),
        without(credit(), "name"),
        without(credit(), "kind"),
        with(credit(), "kind", json!("pass")),
        with(credit(), "kind", json!("coupon")),
    ] {
        let call = salon.world.post(PATH, body);
        call.refused(422, "invalid-body").await;
    }
    let gift = with(credit(), "price", lira(0));
    salon.world.post(PATH, gift).ok().await;
}

#[tokio::test]
async fn a_template_that_is_not_there_is_not_found() {
    let world = World::new().await;
    let path = format!("{PATH}/tpl_{:026}", 7);
    let call = world.get(&path);
    call.refused(404, "package-template-not-found").await;
    let path = format!("{PATH}/svc_{:026}", 7);
    world.get(&path).refused(400, "malformed-id").await;
}
