//! Ids in a body that are none, of another kind, spelled in another way, or too many.

use serde_json::json;

use super::{Bad, replaced, with_body};
use crate::harness::{Business, World};

/// Not the id of anything that has one of ours.
fn no_ids(business: &Business<'_>) -> Vec<String> {
    let (id, others) = (&business.service, [&business.one.id, &business.one.package]);
    let digits = &id[4..];
    vec![
        String::new(),
        "x".to_owned(),
        digits.to_owned(),
        id.to_lowercase(),
        id.to_uppercase(),
        format!("{id}0"),
        id[..29].to_owned(),
        format!(" {id}"),
        format!("svc-{digits}"),
        format!("ent_{digits}"),
        // Larger than 128 bits, and letters that stand for digits.
        "svc_8ZZZZZZZZZZZZZZZZZZZZZZZZZ".to_owned(),
        "svc_0000000000000000000000000I".to_owned(),
        "svc_0000000000000000000000000O".to_owned(),
        "svc_0000000000000000000000000U".to_owned(),
        "svc_00000000000000000000000\u{660}\u{661}\u{662}".to_owned(),
        others.map(String::as_str).concat(),
        "x".repeat(20_000),
    ]
}

#[tokio::test]
async fn a_body_with_an_id_that_is_none_is_refused_by_its_field() {
    let world = World::new().await;
    let business = Business::open(&world).await;
    for (route, pointers) in [
        (
            "POST /v1/package-templates",
            &["/services/0/service_id"][..],
        ),
        (
            "PUT /v1/package-templates/{id}",
            &["/services/0/service_id"],
        ),
        (
            "POST /v1/package-templates (credit)",
            &["/services/0/service_id"],
        ),
        ("POST /v1/opportunities/{id}/quota", &["/quota_id"]),
        ("POST /v1/packages", &["/customer_id", "/template_id"]),
        ("POST /v1/packages/{id}/payments", &["/customer_id"]),
        (
            "POST /v1/packages/{id}/payments/{entry_id}/return",
            &["/customer_id"],
        ),
        (
            "POST /v1/packages/{id}/debits/{debit_id}/reject",
            &["/customer_id"],
        ),
        (
            "POST /v1/packages (terms)",
            &["/customer_id", "/terms/services/0/service_id"],
        ),
        ("POST /v1/packages/{id}/accept", &["/customer_id"]),
        ("POST /v1/packages/{id}/decline", &["/customer_id"]),
        ("POST /v1/me/packages", &["/template_id"]),
        (
            "POST /v1/bookings",
            &["/customer_id", "/services/0/service_id"],
        ),
        (
            "POST /v1/redemption-quotes",
            &["/customer_id", "/services/0/service_id"],
        ),
        ("POST /v1/bookings/{id}/cancel", &["/customer_id"]),
        ("POST /v1/bookings/{id}/reschedule", &["/customer_id"]),
        ("POST /v1/bookings/{id}/no-show", &["/customer_id"]),
        ("POST /v1/bookings/{id}/complete", &["/customer_id"]),
        ("POST /v1/bookings/{id}/redeem", &["/customer_id"]),
        ("POST /v1/bookings/{id}/reverse", &["/customer_id"]),
        (
            "POST /v1/bookings/series",
            &["/customer_id", "/appointments/1/services/0/service_id"],
        ),
        (
            "POST /v1/opportunities/{id}/quotes",
            &["/lines/0/template_id", "/lines/1/service_id"],
        ),
        (
            "PUT /v1/quotes/{id}",
            &["/lines/0/template_id", "/lines/1/service_id"],
        ),
        (
            "POST /v1/bookings/{id}/complete (walk-in)",
            &["/customer_id", "/walk_in/services/0/service_id"],
        ),
        (
            "POST /v1/opportunities",
            &["/customer_id", "/scheme_id", "/lines/0/service_id"],
        ),
        (
            "POST /v1/opportunities/{id}/lines",
            &["/lines/0/service_id"],
        ),
        ("POST /v1/opportunities/{id}/links", &["/customer_id"]),
        (
            "POST /v1/opportunities/{id}/links (company)",
            &["/company_id"],
        ),
        (
            "POST /v1/opportunities/{id}/activities",
            &["/with/0/customer_id"],
        ),
    ] {
        let request = business.request(route, &business.one).await;
        let mut bad = Bad::begin(&business).await;
        for pointer in pointers {
            let field = pointer.rsplit('/').next().unwrap();
            let mut ids = no_ids(&business);
            // A service is none of the others, and they are no services.
            ids.push(match field {
                "service_id" => business.one.id.clone(),
                _ => business.service.clone(),
            });
            for id in ids {
                let body = replaced(&request, pointer, &json!(id).to_string());
                let short: String = id.chars().take(40).collect();
                let what = format!("{route} with {pointer} {short:?}");
                let call = with_body(&business, &request, body);
                bad.send(&what, call, (422, "invalid-body"), field).await;
            }
        }
        bad.end().await;
    }
}

#[tokio::test]
async fn what_should_pay_is_a_word_or_packages_each_once() {
    let world = World::new().await;
    let business = Business::open(&world).await;
    let package = &business.one.package;
    let mut shapes: Vec<String> = [
        "\"\"",
        "\"all\"",
        "\"Auto\"",
        "null",
        "true",
        "0",
        "1.5",
        "{}",
        "[]",
        "[null]",
        "[1]",
        "[[]]",
        "[{}]",
        "[\"auto\"]",
        "[\"\"]",
        "{\"packages\": []}",
        "[\"pkg_\"]",
    ]
    .map(str::to_owned)
    .to_vec();
    shapes.push(json!(package).to_string());
    shapes.push(json!([package, package]).to_string());
    shapes.push(json!([package.to_lowercase()]).to_string());
    shapes.push(json!([business.one.id]).to_string());
    shapes.push(json!([[package]]).to_string());
    shapes.push(json!([package, 1]).to_string());
    let many =
        |count: u128| (0..count).map(|n| json!(domain::PackageId::from_bytes(n.to_be_bytes())));
    shapes.push(json!(many(21).collect::<Vec<_>>()).to_string());
    shapes.push(json!(many(1_000).collect::<Vec<_>>()).to_string());
    for (route, pointer) in [
        ("POST /v1/bookings", "/pay_with"),
        ("POST /v1/redemption-quotes", "/pay_with"),
        ("POST /v1/bookings/series", "/pay_with"),
        ("POST /v1/bookings/{id}/redeem", "/pay_with"),
        (
            "POST /v1/bookings/{id}/complete (walk-in)",
            "/walk_in/pay_with",
        ),
    ] {
        let request = business.request(route, &business.one).await;
        let mut bad = Bad::begin(&business).await;
        // Left out, and so null, it is what the settings say.
        for shape in shapes
            .iter()
            .filter(|shape| *shape != "null" || route.contains("quotes"))
        {
            let short: String = shape.chars().take(60).collect();
            let what = format!("{route} with pay_with {short}");
            let call = with_body(&business, &request, replaced(&request, pointer, shape));
            bad.send(&what, call, (422, "invalid-body"), "pay_with")
                .await;
        }
        bad.end().await;
    }
}

#[tokio::test]
async fn an_appointment_is_of_1_to_20_services() {
    let world = World::new().await;
    let business = Business::open(&world).await;
    let services = |count: usize| json!(vec![json!({"service_id": business.service}); count]);
    for (route, pointer) in [
        ("POST /v1/bookings", "/services"),
        ("POST /v1/redemption-quotes", "/services"),
        (
            "POST /v1/bookings/{id}/complete (walk-in)",
            "/walk_in/services",
        ),
    ] {
        let request = business.request(route, &business.one).await;
        let mut bad = Bad::begin(&business).await;
        for count in [0, 21, 1_000] {
            let body = replaced(&request, pointer, &services(count).to_string());
            let call = with_body(&business, &request, body);
            let what = format!("{route} of {count}");
            bad.send(&what, call, (422, "invalid-body"), "1 to 20 services")
                .await;
        }
        bad.end().await;
        let body = replaced(&request, pointer, &services(20).to_string());
        with_body(&business, &request, body)
            .by(&business.owner)
            .ok()
            .await;
    }
}

#[tokio::test]
async fn a_booking_id_is_short_and_cannot_be_taken_for_a_part_of_a_key_or_path() {
    let world = World::new().await;
    let business = Business::open(&world).await;
    let request = business.request("POST /v1/bookings", &business.one).await;
    let mut bad = Bad::begin(&business).await;
    let long = "x".repeat(65);
    for id in [
        "",
        " ",
        ".",
        "..",
        "-1",
        "_a",
        ":a",
        "~a",
        "a b",
        "a ",
        "a#b",
        "#",
        "a/b",
        "../a",
        "a\\b",
        "a?b",
        "a%20",
        "a,b",
        "a;b",
        "a+b",
        "a@b",
        "a\"b",
        "a'b",
        "a\nb",
        "a\0",
        "ş",
        "٣",
        "a\u{202e}b",
        "💅",
        &long,
    ] {
        let body = replaced(&request, "/booking_id", &json!(id).to_string());
        let what = format!("booking id {id:?}");
        bad.send(
            &what,
            with_body(&business, &request, body),
            (422, "invalid-body"),
            "booking_id",
        )
        .await;
    }
    for json in ["1", "null", "[]", "{}", "true"] {
        let body = replaced(&request, "/booking_id", json);
        let what = format!("booking id {json}");
        bad.send(
            &what,
            with_body(&business, &request, body),
            (422, "invalid-body"),
            "booking_id",
        )
        .await;
    }
    bad.end().await;
}
