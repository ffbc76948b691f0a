//! PUT /v1/package-templates/{id}.

use serde_json::{Value, json};

use super::{credit, visits, with};
use crate::harness::{Call, Salon, lira};

fn put(salon: &Salon, template: &str, body: Value) -> Call {
    let path = format!("/v1/package-templates/{template}");
    salon.world.call("PUT", &path).json(body)
}

#[tokio::test]
async fn an_edit_replaces_the_template_and_gives_the_next_etag() {
    let salon = Salon::open().await;
    let template = salon.template(visits(&salon)).await;
    let body = with(visits(&salon), "name", json!("12 Manikür"));
    let body = with(body, "validity", json!(null));
    let edited = put(&salon, &template, body).if_match(1).send().await;
    assert_eq!((edited.status, edited.replayed), (200, false));
    assert_eq!(edited.etag.as_deref(), Some("\"2\""));
    assert_eq!(edited.body["name"], "12 Manikür");
    assert!(edited.body["validity"].is_null());
    let path = format!("/v1/package-templates/{template}");
    assert_eq!(salon.world.get(&path).ok().await, edited.body);
}

#[tokio::test]
async fn an_edit_needs_the_etag_of_the_present_version() {
    let salon = Salon::open().await;
    let template = salon.template(visits(&salon)).await;
    let call = put(&salon, &template, credit());
    call.refused(428, "if-match-required").await;
    put(&salon, &template, credit()).if_match(1).ok().await;
    for version in [1, 3] {
        let stale = put(&salon, &template, visits(&salon)).if_match(version);
        stale.refused(412, "version-mismatch").await;
    }
    let nowhere = put(&salon, &format!("tpl_{:026}", 7), credit()).if_match(1);
    nowhere.refused(404, "package-template-not-found").await;
    let elsewhere = put(&salon, &template, credit()).if_match(2);
    let elsewhere = elsewhere.by(&salon.world.next_door());
    elsewhere.refused(404, "package-template-not-found").await;
}

#[tokio::test]
async fn the_same_edit_sent_again_is_answered_again_even_after_a_later_one() {
    let salon = Salon::open().await;
    let template = salon.template(visits(&salon)).await;
    let edit = || put(&salon, &template, credit()).if_match(1);
    let first = edit().send().await;
    let later = put(&salon, &template, visits(&salon)).if_match(2);
    later.ok().await;
    let again = edit().send().await;
    assert_eq!((again.status, again.replayed), (200, true));
    assert_eq!((again.body, again.etag), (first.body, first.etag));
}

#[tokio::test]
async fn editing_a_template_never_changes_a_package_that_was_sold_from_it() {
    let salon = Salon::open().await;
    let template = salon.template(visits(&salon)).await;
    let package = salon.sell(&salon.ayse, &template).await;
    let sold = salon.package(&package).await;
    let body = json!({
        "name": "5 Masaj", "kind": "visits", "quantity": 5, "price": lira(1), "colour": "red",
        "services": [{"service_id": salon.massage, "units": 5}],
        "validity": {"count": 1, "unit": "days"},
    });
    put(&salon, &template, body).if_match(1).ok().await;
    assert_eq!(salon.package(&package).await, sold);
    // It still pays for what it was sold for, and for nothing else.
    salon.book("b", &[&salon.manicure], json!([package])).await;
    let body = salon.booking("c", &[&salon.massage], json!([package]));
    let call = salon.world.post("/v1/bookings", body);
    call.refused(409, "service-not-covered").await;
    let newer = salon.sell(&salon.ayse, &template).await;
    let newer = salon.package(&newer).await;
    assert_eq!(newer["name"], "5 Masaj");
    assert_eq!(
        (&newer["colour"], &newer["price"]),
        (&json!("red"), &lira(1))
    );
    assert_eq!(newer["expires_at"], "2026-11-23T21:00:00Z");
    assert_eq!(newer["pools"][0]["granted"], 5);
}

#[tokio::test]
async fn a_template_that_becomes_credit_leaves_sold_visits_visits() {
    let salon = Salon::open().await;
    let template = salon.template(visits(&salon)).await;
    let package = salon.sell(&salon.ayse, &template).await;
    put(&salon, &template, credit()).if_match(1).ok().await;
    let sold = salon.package(&package).await;
    assert_eq!(
        (&sold["kind"], &sold["colour"]),
        (&json!("visits"), &json!("green"))
    );
    assert_eq!(sold["pools"][0]["unit"], "visit");
    let newer = salon.sell(&salon.ayse, &template).await;
    let newer = salon.package(&newer).await;
    assert_eq!(
        (&newer["kind"], &newer["colour"]),
        (&json!("credit"), &json!("purple"))
    );
}
