//! If-Match and Idempotency-Key.

use serde_json::json;

use super::Bad;
use crate::harness::{Business, World};

const EDITS: [&str; 11] = [
    "PUT /v1/settings",
    "PUT /v1/services/{id}",
    "PUT /v1/package-templates/{id}",
    "PATCH /v1/customers/{id}",
    "PUT /v1/settings/creditor",
    "PATCH /v1/opportunities/{id}",
    "POST /v1/opportunities/{id}/close",
    "POST /v1/opportunities/{id}/links",
    "DELETE /v1/opportunities/{id}/links/{party_id}",
    "PUT /v1/stage-schemes/{id}",
    "PUT /v1/companies/{id}",
];

const KEYED: [&str; 10] = [
    "POST /v1/services",
    "POST /v1/package-templates",
    "POST /v1/customers",
    "POST /v1/packages",
    "POST /v1/packages/{id}/payments",
    "POST /v1/collections",
    "POST /v1/opportunities",
    "POST /v1/opportunities/{id}/duplicate",
    "POST /v1/stage-schemes",
    "POST /v1/companies",
];

#[tokio::test]
async fn if_match_is_one_etag_as_it_was_given_out() {
    let world = World::new().await;
    let business = Business::open(&world).await;
    for route in EDITS {
        let request = business
            .request(route, &business.one)
            .await
            .without("if-match");
        let mut bad = Bad::begin(&business).await;
        for etag in [
            "",
            "1",
            "\"\"",
            "\"0\"",
            "\"-1\"",
            "\"+1\"",
            "\"01\"",
            "\"1.0\"",
            "\"1",
            "1\"",
            "\" 1\"",
            "\"1\" ,",
            "W/\"1\"",
            "*",
            "\"*\"",
            "abc",
            "\"abc\"",
            "\"1\",\"2\"",
            "\"1\", \"1\"",
            "\"18446744073709551615\"",
            "\"18446744073709551616\"",
            "\"99999999999999999999999999\"",
            "\"\u{661}\"",
            "'1'",
        ] {
            let call = request.clone().header("if-match", etag).call(&world);
            let what = format!("{route} if match {etag}");
            bad.send(&what, call, (400, "malformed-if-match"), "ETag")
                .await;
        }
        let twice = request.clone().if_match(1).if_match(1).call(&world);
        bad.send(
            &format!("{route} twice"),
            twice,
            (400, "malformed-if-match"),
            "ETag",
        )
        .await;
        for version in [7, u64::MAX - 1] {
            let call = request.clone().if_match(version).call(&world);
            let what = format!("{route} if match {version}");
            bad.send(&what, call, (412, "version-mismatch"), "ETag")
                .await;
        }
        let missing = match route {
            // Without one these would be the first, and there are some.
            "PUT /v1/settings" | "PUT /v1/settings/creditor" => (412, "version-mismatch"),
            _ => (428, "if-match-required"),
        };
        let mut request = request;
        let name = request.body.as_mut().and_then(|body| body.get_mut("name"));
        if let Some(name) = name {
            *name = json!("Another name");
        }
        bad.send(
            &format!("{route} without"),
            request.call(&world),
            missing,
            "If-Match",
        )
        .await;
        bad.end().await;
    }
}

#[tokio::test]
async fn an_idempotency_key_is_one_line_of_at_most_255_printable_characters() {
    let world = World::new().await;
    let business = Business::open(&world).await;
    for route in KEYED {
        let request = business.request(route, &business.one).await;
        let request = request.without("idempotency-key");
        let mut bad = Bad::begin(&business).await;
        let long = "k".repeat(256);
        for key in ["", "a\tb", "ş", "💅", "\u{a0}", &long] {
            let call = request.clone().header("idempotency-key", key).call(&world);
            let what = format!("{route} with key {key:?}");
            bad.send(
                &what,
                call,
                (400, "malformed-idempotency-key"),
                "Idempotency-Key",
            )
            .await;
        }
        // Sent twice it arrives as one, with a comma; a proxy's repetition must not make another key.
        let twice = request
            .clone()
            .header("idempotency-key", "a")
            .header("idempotency-key", "a");
        let what = format!("{route} with the key twice");
        bad.send(
            &what,
            twice.call(&world),
            (400, "malformed-idempotency-key"),
            "Idempotency-Key",
        )
        .await;
        bad.end().await;
        let longest = "k".repeat(255);
        let call = request.header("idempotency-key", longest).call(&world);
        call.by(&business.owner).ok().await;
    }
}

#[tokio::test]
async fn a_sale_without_a_key_is_refused() {
    let world = World::new().await;
    let business = Business::open(&world).await;
    let request = business.request("POST /v1/packages", &business.one).await;
    let mut bad = Bad::begin(&business).await;
    let call = request.without("idempotency-key").call(&world);
    let expected = (400, "idempotency-key-required");
    bad.send("a sale without a key", call, expected, "Idempotency-Key")
        .await;
    bad.end().await;
}
