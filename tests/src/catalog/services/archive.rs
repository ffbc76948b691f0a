//! POST /v1/services/{id}/archive.

use serde_json::json;

use crate::harness::{Salon, World, id, lira};

/// Archives a service, and before it every template.
async fn archive(salon: &Salon, service: &str) {
    let templates = salon.world.get("/v1/package-templates").ok().await;
    for template in templates["items"].as_array().unwrap() {
        let path = format!("/v1/package-templates/{}/archive", id(template));
        salon.world.call("POST", &path).ok().await;
    }
    let path = format!("/v1/services/{service}/archive");
    let archived = salon.world.call("POST", &path).ok().await;
    assert_eq!(archived["archived"], true);
}

#[tokio::test]
async fn archiving_twice_is_archiving_once() {
    let salon = Salon::open().await;
    let path = format!("/v1/services/{}/archive", salon.manicure);
    let before = salon.world.journal().await.len();
    let first = salon.world.call("POST", &path).send().await;
    assert_eq!((first.status, first.replayed), (200, false));
    assert_eq!(first.etag.as_deref(), Some("\"2\""));
    assert_eq!(first.body["archived"], true);
    assert_eq!(first.body["name"], "Manikür");
    let again = salon.world.call("POST", &path).send().await;
    assert_eq!((again.status, again.replayed), (200, true));
    assert_eq!((again.body, again.etag), (first.body, first.etag));
    assert_eq!(salon.world.journal().await.len(), before + 1);
}

#[tokio::test]
async fn a_service_that_is_not_there_cannot_be_archived() {
    let world = World::new().await;
    let path = format!("/v1/services/svc_{:026}/archive", 7);
    let call = world.call("POST", &path);
    call.refused(404, "service-not-found").await;
}

#[tokio::test]
async fn what_a_template_sells_is_not_archived_before_it() {
    let salon = Salon::open().await;
    let first = salon.visits(10, &[&salon.massage, &salon.manicure]).await;
    salon.visits(10, &[&salon.massage]).await;
    let path = format!("/v1/services/{}/archive", salon.manicure);
    let refused = salon.world.call("POST", &path);
    let problem = refused.refused(409, "service-in-use").await;
    assert!(
        problem["detail"].as_str().unwrap().contains(&first),
        "{problem}"
    );
    let template = format!("/v1/package-templates/{first}/archive");
    salon.world.call("POST", &template).ok().await;
    salon.world.call("POST", &path).ok().await;
}

#[tokio::test]
async fn an_archived_service_goes_into_no_template_and_no_booking() {
    let salon = Salon::open().await;
    let template = salon.visits(10, &[&salon.massage]).await;
    archive(&salon, &salon.manicure).await;
    let world = &salon.world;
    let draft = json!({
        "name": "Paket", "kind": "visits", "quantity": 10, "price": lira(1),
        "services": [{"service_id": salon.massage}, {"service_id": salon.manicure}],
    });
    let create = world.post("/v1/package-templates", draft.clone());
    create.refused(409, "service-archived").await;
    let path = format!("/v1/package-templates/{template}");
    let edit = world.call("PUT", &path).json(draft).if_match(2);
    edit.refused(409, "service-archived").await;
    let booking = salon.booking("b", &[&salon.massage, &salon.manicure], json!("none"));
    let problem = world.post("/v1/bookings", booking);
    let problem = problem.refused(409, "service-archived").await;
    let detail = problem["detail"].as_str().unwrap();
    assert!(detail.contains(&salon.manicure), "{detail}");
    let mut asked = salon.booking("b", &[&salon.manicure], json!("auto"));
    asked.as_object_mut().unwrap().remove("booking_id");
    let quote = world.post("/v1/redemption-quotes", asked);
    quote.refused(409, "service-archived").await;
}

#[tokio::test]
async fn who_was_sold_a_service_books_it_until_that_is_used_up() {
    let salon = Salon::open().await;
    let package = salon
        .sell_as(json!({
            "name": "Paket", "kind": "bundle", "price": lira(1000),
            "services": [
                {"service_id": salon.manicure, "quantity": 1},
                {"service_id": salon.massage, "quantity": 5},
            ],
        }))
        .await;
    archive(&salon, &salon.manicure).await;
    salon.book("b-1", &[&salon.manicure], json!("auto")).await;
    salon.resolve("b-1", "complete").await;
    let pools = salon.package(&package).await["pools"].clone();
    assert_eq!(
        (&pools[0]["used"], &pools[1]["available"]),
        (&json!(1), &json!(5))
    );
    // What is left of it is for something else.
    let booking = salon.booking("b-2", &[&salon.manicure], json!("none"));
    let call = salon.world.post("/v1/bookings", booking);
    call.refused(409, "service-archived").await;
}

#[tokio::test]
async fn what_was_booked_before_its_service_was_archived_is_moved_and_completed() {
    let salon = Salon::open().await;
    let package = salon.sell_visits(10, &[&salon.manicure]).await;
    salon.book("b", &[&salon.manicure], json!("auto")).await;
    archive(&salon, &salon.manicure).await;
    let body = json!({"starts_at": "2026-11-24T10:00:00Z"});
    let reschedule = salon.world.post("/v1/bookings/b/reschedule", body);
    reschedule.ok().await;
    salon.resolve("b", "complete").await;
    assert_eq!(salon.pool(&package).await, (9, 0, 1, 0));
}

#[tokio::test]
async fn an_archived_service_that_was_performed_is_still_recorded() {
    let salon = Salon::open().await;
    let package = salon.sell_visits(10, &[&salon.manicure]).await;
    archive(&salon, &salon.manicure).await;
    let body = json!({
        "customer_id": salon.ayse,
        "walk_in": {"services": [{"service_id": salon.manicure}], "pay_with": "auto"},
    });
    salon.world.post("/v1/bookings/w/complete", body).ok().await;
    assert_eq!(salon.pool(&package).await, (9, 0, 1, 0));
}

#[tokio::test]
async fn an_archived_service_that_is_edited_stays_archived() {
    let salon = Salon::open().await;
    archive(&salon, &salon.manicure).await;
    let body = json!({"name": "Spa", "list_price": lira(1), "duration_minutes": 30});
    let path = format!("/v1/services/{}", salon.manicure);
    let edit = salon.world.call("PUT", &path).json(body).if_match(2);
    let edited = edit.ok().await;
    assert_eq!(
        (&edited["name"], &edited["archived"], &edited["version"]),
        (&json!("Spa"), &json!(true), &json!(3))
    );
}
