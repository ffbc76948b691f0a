//! What a customer can find out about another one.

use serde_json::json;

use super::table::{mistake, rows, token};
use crate::harness::{Business, Request, World};

#[tokio::test]
async fn naming_oneself_does_not_open_the_booking_of_another() {
    let world = World::new().await;
    let business = Business::open(&world).await;
    let booking = business.new_booking(&business.one).await;
    let before = business.entries().await;
    for named in [&business.one.id, &business.another.id] {
        for (verb, body) in [
            ("cancel", json!({"customer_id": named})),
            (
                "reschedule",
                json!({"customer_id": named, "starts_at": "2026-11-23T10:00:00Z"}),
            ),
        ] {
            let path = format!("/v1/bookings/{booking}/{verb}");
            let call = world.post(&path, body).by(&business.another.token);
            call.refused(404, "booking-not-found").await;
        }
    }
    assert_eq!(business.entries().await, before);
}

#[tokio::test]
async fn the_package_of_another_customer_does_not_pay() {
    let world = World::new().await;
    let business = Business::open(&world).await;
    let before = business.entries().await;
    for route in ["POST /v1/bookings", "POST /v1/redemption-quotes"] {
        let mut request = business.request(route, &business.another).await;
        let body = request.body.as_mut().unwrap();
        body["pay_with"] = json!([business.one.package]);
        for token in [&business.another.token, &business.owner] {
            let call = request.call(&world).by(token);
            call.refused(404, "package-not-found").await;
        }
    }
    assert_eq!(business.entries().await, before);
}

/// Every route that the table opens to a customer, asked about what is their own. Of the other customer there is
/// whatever a request of each of these routes needs: packages, offers, bookings, quotes.
#[tokio::test]
async fn a_customer_is_told_nothing_of_another_on_any_route_that_is_theirs() {
    let world = World::new().await;
    let business = Business::open(&world).await;
    let (one, another) = (&business.one, &business.another);
    let mut tried = 0;
    for row in rows().filter(|row| row.expected("one").1.is_empty()) {
        business.request(row.route, one).await;
        let request = business.request(row.route, another).await;
        let call = request.call(&world).by(&token(&business, "another"));
        let answer = call.send().await;
        let mistake = mistake(&answer, row.expected("one"));
        assert_eq!(mistake, None, "{}: {answer:?}", row.route);
        let body = answer.body.to_string();
        for secret in [&one.id, &one.package, "Ayşe", "ayse@example.com"] {
            assert!(
                !body.contains(secret),
                "{} told {secret}: {body}",
                row.route
            );
        }
        tried += 1;
    }
    assert!(tried > 25, "{tried} routes are a customer's");
}

/// Booking ids are short and can be guessed: whose account is bound to nobody, or to somebody else,
/// must not be able to ask which of them there are.
#[tokio::test]
async fn what_is_not_ones_own_is_answered_like_what_does_not_exist() {
    let world = World::new().await;
    let business = Business::open(&world).await;
    let booking = business.new_booking(&business.one).await;
    let package = &business.one.package;
    let stranger = world.customer_token("stranger", "stranger@example.com");
    let no_package = "pkg_00000000000000000000000001";
    let no_customer = "cus_00000000000000000000000001";
    for (route, theirs, nobodys, body) in [
        ("GET /v1/bookings/{id}", &booking, "nobodys", None),
        (
            "POST /v1/bookings/{id}/cancel",
            &booking,
            "nobodys",
            Some(json!({})),
        ),
        (
            "POST /v1/bookings/{id}/reschedule",
            &booking,
            "nobodys",
            Some(json!({"starts_at": "2026-11-23T10:00:00Z"})),
        ),
        ("GET /v1/packages/{id}", package, no_package, None),
        ("GET /v1/packages/{id}/journal", package, no_package, None),
        (
            "GET /v1/customers/{id}",
            &business.one.id,
            no_customer,
            None,
        ),
        (
            "GET /v1/customers/{id}/wallet",
            &business.one.id,
            no_customer,
            None,
        ),
        (
            "GET /v1/customers/{id}/journal",
            &business.one.id,
            no_customer,
            None,
        ),
    ] {
        for token in [&stranger, &business.another.token] {
            let mut answers = Vec::new();
            for id in [theirs, nobodys] {
                let mut request = Request::new(route).at(id);
                request.body = body.clone();
                answers.push(request.call(&world).by(token).send().await);
            }
            assert_eq!(answers[0].status, 404, "{route}");
            assert_eq!(answers[0], answers[1], "{route}");
        }
    }
}
