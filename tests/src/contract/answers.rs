//! What the API takes and answers, against what the document says.

use serde_json::{Value, json};

use super::Schemas;
use crate::harness::{Business, Request, World, lira, routes};

/// Sends it, and expects success that is documented; the body.
async fn documented(
    schemas: &Schemas,
    business: &Business<'_>,
    route: &str,
    sent: Request,
) -> Value {
    if let Some(body) = &sent.body {
        let mistakes = schemas.mistakes(schemas.request(route), body, "");
        assert_eq!(mistakes, [""; 0], "what {route} takes");
    }
    let call = sent.call(business.world).by(business.sender(route));
    let answer = call.send().await;
    assert!((200..300).contains(&answer.status), "{route}: {answer:?}");
    assert_eq!(answer.content_type, "application/json", "{route}");
    let schema = schemas.response(route, answer.status, "application/json");
    let mistakes = schemas.mistakes(schema, &answer.body, "");
    assert_eq!(mistakes, [""; 0], "what {route} answers: {}", answer.body);
    answer.body
}

#[tokio::test]
async fn every_route_takes_and_answers_what_is_documented() {
    let world = World::new().await;
    let business = Business::open(&world).await;
    let schemas = Schemas::read();
    for route in routes() {
        let sent = business.request(&route, &business.one).await;
        documented(&schemas, &business, &route, sent).await;
    }
}

#[tokio::test]
async fn every_problem_is_answered_as_documented() {
    let world = World::new().await;
    let schemas = Schemas::read();
    let stranger = world.customer_token("stranger", "stranger@example.com");
    for name in routes() {
        // What is wrong differs from route to route; that something is, does not.
        let sent = Request::new(&name).at("-").query("limit=0");
        let answer = sent.call(&world).by(&stranger).send().await;
        if answer.status < 300 {
            continue;
        }
        let schema = schemas.response(&name, answer.status, &answer.content_type);
        let mistakes = schemas.mistakes(schema, &answer.body, "");
        assert_eq!(mistakes, [""; 0], "{name}: {}", answer.body);
        assert_eq!(answer.content_type, "application/problem+json", "{name}");
    }
}

/// Everything that is null or left out elsewhere: credit in two currencies, what has expired, what is
/// due, what was not chosen and why, walk-ins, no-shows, moves.
#[tokio::test]
async fn a_long_history_is_answered_as_documented() {
    let world = World::new().await;
    let business = Business::open(&world).await;
    let schemas = Schemas::read();
    let credit = |price: Value, validity: Value| {
        json!({"name": "Kredi", "kind": "credit", "credit": price, "price": price,
            "validity": validity, "services": [{"service_id": business.service}]})
    };
    let euros = json!({"amount_minor": 5000, "currency": "EUR"});
    let days = json!({"count": 1, "unit": "days"});
    for template in [
        credit(lira(500_000), Value::Null),
        credit(euros, Value::Null),
        credit(lira(70_000), days),
    ] {
        let route = "POST /v1/package-templates";
        let sent = Request::new(route).body(template);
        let template = documented(&schemas, &business, route, sent).await;
        let sale = json!({"customer_id": business.one.id, "template_id": template["id"]});
        let sent = Request::new("POST /v1/packages").body(sale);
        let sent = sent.header("idempotency-key", business.fresh("key"));
        documented(&schemas, &business, "POST /v1/packages", sent).await;
    }
    world.set_clock("2026-11-25T08:00:00Z");
    let services = json!([{"service_id": business.service}, {"service_id": business.service}]);
    let quote = json!({"customer_id": business.one.id, "services": services,
        "starts_at": "2026-11-26T08:00:00.250+03:00"});
    let sent = Request::new("POST /v1/redemption-quotes").body(quote);
    let quote = documented(&schemas, &business, "POST /v1/redemption-quotes", sent).await;
    let reasons = quote["packages"].as_array().unwrap().iter();
    let reasons: Vec<&str> = reasons
        .filter_map(|package| package["services"][0]["reason"].as_str())
        .collect();
    assert!(reasons.contains(&"currency-differs"), "{reasons:?}");
    assert!(reasons.contains(&"expired-at-appointment"), "{reasons:?}");
    for (verb, pay_with) in [
        ("no-show", "auto"),
        ("complete", "none"),
        ("cancel", "auto"),
    ] {
        let booking = json!({"booking_id": verb, "customer_id": business.one.id, "pay_with": pay_with,
            "starts_at": "2026-11-25T07:00:00Z", "services": services});
        let sent = Request::new("POST /v1/bookings").body(booking);
        documented(&schemas, &business, "POST /v1/bookings", sent).await;
        let route = format!("POST /v1/bookings/{{id}}/{verb}");
        let sent = Request::new(&route).at(verb);
        documented(&schemas, &business, &route, sent).await;
    }
    for (route, path) in [
        ("GET /v1/bookings/{id}", "no-show"),
        ("GET /v1/bookings/{id}", "complete"),
        ("GET /v1/customers/{id}/wallet", &business.one.id),
        ("GET /v1/customers/{id}/journal", &business.one.id),
        ("GET /v1/journal", ""),
    ] {
        documented(&schemas, &business, route, Request::new(route).at(path)).await;
    }
}
