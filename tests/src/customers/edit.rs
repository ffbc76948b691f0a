//! PATCH /v1/customers/{id}.

use serde_json::{Value, json};

use crate::harness::{Call, Salon};

fn patch(salon: &Salon, body: Value) -> Call {
    let path = format!("/v1/customers/{}", salon.ayse);
    salon.world.call("PATCH", &path).json(body)
}

/// Expects this search to find so many customers.
async fn check(salon: &Salon, query: &str, count: usize) {
    let path = format!("/v1/customers?{query}");
    let found = salon.world.get(&path).ok().await;
    assert_eq!(found["items"].as_array().unwrap().len(), count, "{query}");
}

#[tokio::test]
async fn an_edit_changes_what_it_names_and_leaves_the_rest() {
    let salon = Salon::open().await;
    let edited = patch(&salon, json!({"phone": "0532 000 00 00"}));
    let edited = edited.if_match(1).send().await;
    assert_eq!((edited.status, edited.replayed), (200, false));
    assert_eq!(edited.etag.as_deref(), Some("\"2\""));
    let expected = json!({
        "id": salon.ayse, "name": "Ayşe Yılmaz", "email": "ayse@example.com",
        "phone": "0532 000 00 00", "claimed": false,
        "created_at": "2026-11-22T08:00:00Z", "erased_at": null, "version": 2,
    });
    assert_eq!(edited.body, expected);
    let edited = patch(&salon, json!({"name": "Ayşe Kaya"})).if_match(2);
    let edited = edited.ok().await;
    assert_eq!(edited["phone"], "0532 000 00 00");
    assert_eq!(edited["email"], "ayse@example.com");
}

#[tokio::test]
async fn an_edit_needs_the_etag_of_the_present_version() {
    let salon = Salon::open().await;
    let kaya = || patch(&salon, json!({"name": "Ayşe Kaya"}));
    kaya().refused(428, "if-match-required").await;
    kaya().if_match(1).ok().await;
    for version in [1, 3] {
        let stale = patch(&salon, json!({"name": "Ayşe Demir"})).if_match(version);
        stale.refused(412, "version-mismatch").await;
    }
    let nowhere = format!("/v1/customers/cus_{:026}", 7);
    let nowhere = salon.world.call("PATCH", &nowhere).json(json!({}));
    nowhere.if_match(1).refused(404, "customer-not-found").await;
    let next_door = kaya().if_match(2).by(&salon.world.next_door());
    next_door.refused(404, "customer-not-found").await;
}

#[tokio::test]
async fn the_same_edit_sent_again_changes_nothing_and_shows_the_customer_as_they_are_now() {
    let salon = Salon::open().await;
    let edit = || patch(&salon, json!({"name": "Ayşe Kaya"})).if_match(1);
    let first = edit().send().await;
    let again = edit().send().await;
    assert_eq!((again.status, again.replayed), (200, true));
    assert_eq!((again.body, again.etag), (first.body, first.etag));
    let later = patch(&salon, json!({"name": "Ayşe Demir"})).if_match(2);
    let later = later.ok().await;
    let again = edit().send().await;
    assert_eq!(
        (again.status, again.replayed, again.body),
        (200, true, later)
    );
    check(&salon, "name=kaya", 0).await;
}

#[tokio::test]
async fn after_a_new_name_the_old_one_finds_nobody() {
    let salon = Salon::open().await;
    let edit = patch(&salon, json!({"name": "Fatma Ayşe Kaya"})).if_match(1);
    edit.ok().await;
    for (query, count) in [
        ("name=yilmaz", 0),
        ("name=ayse%20y", 0),
        ("name=fatma", 1),
        ("name=ayse", 1),
        ("name=ayse%20kaya", 1),
        ("name=kaya", 1),
        ("limit=9", 1),
    ] {
        check(&salon, query, count).await;
    }
    // A name that only changes its accents keeps its look-ups.
    let edit = patch(&salon, json!({"name": "Fatma Ayse Kaya"})).if_match(2);
    edit.ok().await;
    check(&salon, "name=ayşe", 1).await;
    check(&salon, "limit=9", 1).await;
}

#[tokio::test]
async fn after_a_new_address_the_old_one_is_free_for_someone_else() {
    let salon = Salon::open().await;
    let edit = patch(&salon, json!({"email": "YILMAZ@example.com"})).if_match(1);
    assert_eq!(edit.ok().await["email"], "yilmaz@example.com");
    check(&salon, "email=ayse@example.com", 0).await;
    check(&salon, "email=yilmaz@example.com", 1).await;
    let other = salon.customer("Ayşe Kaya", "ayse@example.com").await;
    let found = salon.world.get("/v1/customers?email=ayse@example.com");
    assert_eq!(found.ok().await["items"][0]["id"], other.as_str());
}

#[tokio::test]
async fn a_null_clears_the_address_and_the_number_but_never_the_name() {
    let salon = Salon::open().await;
    let phone = patch(&salon, json!({"phone": "0532 000 00 00"}));
    phone.if_match(1).ok().await;
    let cleared = patch(&salon, json!({"email": null, "phone": null}));
    let cleared = cleared.if_match(2).ok().await;
    assert_eq!(
        (&cleared["email"], &cleared["phone"]),
        (&Value::Null, &Value::Null)
    );
    check(&salon, "email=ayse@example.com", 0).await;
    salon.customer("Ayşe Kaya", "ayse@example.com").await;
    for body in [
        json!({"name": null}),
        json!({"name": ""}),
        json!({"email": "ayse"}),
        json!({"phone": "?"}),
        json!({"claimed": true}),
    ] {
        let call = patch(&salon, body).if_match(3);
        call.refused(422, "invalid-body").await;
    }
    check(&salon, "name=ayse%20yilmaz", 1).await;
}

#[tokio::test]
async fn an_address_that_another_customer_has_is_taken_and_ones_own_is_not() {
    let salon = Salon::open().await;
    salon.customer("Fatma", "fatma@example.com").await;
    let taken = patch(
        &salon,
        json!({"email": "Fatma@example.com", "name": "Ayşe Kaya"}),
    );
    taken.if_match(1).refused(409, "email-taken").await;
    check(&salon, "name=kaya", 0).await;
    let own = patch(&salon, json!({"email": "AYSE@example.com"})).if_match(1);
    assert_eq!(own.ok().await["version"], 2);
    check(&salon, "email=ayse@example.com", 1).await;
}

#[tokio::test]
async fn an_edit_keeps_the_account_and_the_packages() {
    let salon = Salon::open().await;
    let token = salon.ayses_token().await;
    let package = salon.sell_visits(10, &[&salon.manicure]).await;
    let edit = patch(&salon, json!({"name": "Ayşe Kaya", "email": null}));
    assert_eq!(edit.if_match(2).ok().await["claimed"], true);
    let me = salon.world.get("/v1/me").by(&token).ok().await;
    assert_eq!(me["name"], "Ayşe Kaya");
    assert_eq!(salon.wallet().await["packages"][0]["id"], package.as_str());
}

#[tokio::test]
async fn clearing_a_field_is_another_edit_than_leaving_it_out() {
    let salon = Salon::open().await;
    let left_out = json!({"name": "Ayşe Kaya"});
    patch(&salon, left_out).if_match(1).ok().await;
    let cleared = json!({"name": "Ayşe Kaya", "email": null});
    let cleared = patch(&salon, cleared).if_match(1);
    cleared.refused(412, "version-mismatch").await;
    check(&salon, "email=ayse@example.com", 1).await;
}
