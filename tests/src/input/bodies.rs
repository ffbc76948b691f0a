//! Bodies that are not JSON, not declared as JSON, too large, or too deep.

use serde_json::json;

use super::{Bad, routes_with_body, with_body};
use crate::harness::{Business, World};

const KIB_64: usize = 64 * 1024;

/// Those whose body may be left out.
fn may_be_empty(route: &str) -> bool {
    let verbs = [
        "/cancel",
        "/complete",
        "/no-show",
        "/redeem",
        "/reverse",
        "/freeze",
        "/unfreeze",
        "/accept",
        "/decline",
    ];
    verbs.iter().any(|verb| route.contains(verb))
}

/// With these bytes at the beginning of its first text, or of its first value if it has no text.
fn spoiled(valid: &str, bytes: &[u8]) -> Vec<u8> {
    let text = valid.split_once(":\"").map(|parts| (":\"", parts));
    let (mark, (before, after)) = text.unwrap_or_else(|| (":", valid.split_once(':').unwrap()));
    [before.as_bytes(), mark.as_bytes(), bytes, after.as_bytes()].concat()
}

#[tokio::test]
async fn a_body_that_is_not_json_is_refused() {
    let world = World::new().await;
    let business = Business::open(&world).await;
    for route in routes_with_body() {
        let request = business.request(&route, &business.one).await;
        let valid = request.body.as_ref().unwrap().to_string();
        let mut bad = Bad::begin(&business).await;
        let utf_16: Vec<u8> = valid.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let bodies: Vec<Vec<u8>> = vec![
            b"{".to_vec(),
            b" ".to_vec(),
            b"hello".to_vec(),
            b"NaN".to_vec(),
            b"name=a".to_vec(),
            b"{'name': 'a'}".to_vec(),
            b"<name>a</name>".to_vec(),
            vec![0xff, 0xfe, 0x00],
            vec![0x1f, 0x8b, 0x08, 0x00],
            utf_16,
            format!("\u{feff}{valid}").into_bytes(),
            format!("{valid} {{}}").into_bytes(),
            format!("{valid}]").into_bytes(),
            spoiled(&valid, b"\x01"),
            spoiled(&valid, b"\\x"),
            spoiled(&valid, b"\xff"),
            spoiled(&valid, b"\xed\xa0\x80"),
        ];
        for body in bodies {
            let what = format!("{route} with {}", String::from_utf8_lossy(&body));
            let call = with_body(&business, &request, body);
            bad.send(&what, call, (400, "malformed-json"), "JSON").await;
        }
        let call = with_body(&business, &request, "");
        if !may_be_empty(&route) {
            bad.send(
                &format!("{route} with nothing"),
                call,
                (400, "malformed-json"),
                "JSON",
            )
            .await;
        }
        bad.end().await;
    }
}

#[tokio::test]
async fn a_body_that_is_not_declared_as_json_is_refused() {
    let world = World::new().await;
    let business = Business::open(&world).await;
    for route in routes_with_body() {
        let mut request = business.request(&route, &business.one).await;
        let valid = request.body.take().unwrap().to_string();
        let mut bad = Bad::begin(&business).await;
        for kind in [
            "text/plain",
            "text/json",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/jsonp",
            "json",
            "*/*",
        ] {
            let call = request.call(&world).raw(kind, valid.clone());
            let what = format!("{route} as {kind}");
            bad.send(&what, call, (415, "json-required"), "Content-Type")
                .await;
        }
        bad.end().await;
    }
}

#[tokio::test]
async fn a_body_of_64_kib_is_taken_and_one_byte_more_is_too_large() {
    let world = World::new().await;
    let business = Business::open(&world).await;
    for route in routes_with_body() {
        let request = business.request(&route, &business.one).await;
        let valid = request.body.as_ref().unwrap().to_string();
        let padded = |length: usize| valid.clone() + &" ".repeat(length - valid.len());
        let mut bad = Bad::begin(&business).await;
        let call = with_body(&business, &request, padded(KIB_64 + 1));
        bad.send(&route, call, (413, "body-too-large"), "64 KiB")
            .await;
        // Beyond the limit that axum has of itself.
        if route.ends_with("/complete") {
            let call = with_body(&business, &request, padded(3 * 1024 * 1024));
            bad.send(&route, call, (413, "body-too-large"), "64 KiB")
                .await;
        }
        bad.end().await;
        let call = with_body(&business, &request, padded(KIB_64));
        call.by(business.sender(&route)).ok().await;
    }
}

#[tokio::test]
async fn a_body_beyond_the_gateways_limit_does_not_reach_a_function() {
    let world = World::new().await;
    let business = Business::open(&world).await;
    let request = business.request("POST /v1/services", &business.one).await;
    let before = business.entries().await;
    let call = with_body(&business, &request, vec![b' '; 10 * 1024 * 1024 + 1]);
    let answer = call.send().await;
    let too_large = json!({"message": "Request Entity Too Large"});
    assert_eq!((answer.status, answer.body), (413, too_large));
    assert_eq!(business.entries().await, before);
}

#[tokio::test]
async fn a_body_of_thousands_of_levels_is_refused() {
    let world = World::new().await;
    let business = Business::open(&world).await;
    for route in routes_with_body() {
        let request = business.request(&route, &business.one).await;
        let valid = request.body.as_ref().unwrap();
        let texts = [
            "name",
            "phone",
            "customer_id",
            "template_id",
            "reference",
            "collect_on",
            "confirm",
            "title",
            "outcome",
            "resume_on",
            "reason",
            "representative_id",
            "stage",
            "lines",
            "lost_reasons",
            "quota_id",
            "note",
            "text",
        ];
        let field = texts
            .into_iter()
            .find(|name| valid.get(name).is_some())
            .unwrap();
        let mut bad = Bad::begin(&business).await;
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            let deep = open.repeat(10_000) + "1" + &close.repeat(10_000);
            let mut bodies = vec![deep.clone(), format!("{{\"{field}\": {deep}}}")];
            if valid.get("pay_with").is_some() {
                bodies.push(super::replaced(&request, "/pay_with", &deep));
            }
            for body in bodies {
                let what = format!("{route} with {}", &body[..30]);
                let call = with_body(&business, &request, body);
                bad.send(&what, call, (422, "invalid-body"), "").await;
            }
        }
        bad.end().await;
    }
}
