//! Paths with an id that is none, and paths that lead elsewhere.

use serde_json::json;

use super::Bad;
use crate::harness::{Business, Request, World, routes};

/// In a path, each as the client writes it. None of them is an id of any kind of ours or of a caller.
const JUNK: [&str; 9] = [
    "-",
    ".x",
    "_",
    "~a",
    "a%20b",
    "%25",
    "%22%3E%3Cscript%3E",
    "%F0%9F%92%85",
    "%7Bid%7D",
];

#[tokio::test]
async fn a_path_without_an_id_of_the_right_kind_is_refused() {
    let world = World::new().await;
    let business = Business::open(&world).await;
    for name in routes().iter().filter(|route| route.contains("{id}")) {
        let request = business.request(name, &business.one).await;
        let path = name.split(' ').next_back().unwrap();
        let parts = path.split('/').zip(request.path.split('/'));
        let id = parts
            .filter(|(part, _)| *part == "{id}")
            .map(|(_, id)| id.to_owned());
        let id: String = id.collect();
        let mut bad = Bad::begin(&business).await;
        let mut ids: Vec<String> = JUNK.map(str::to_owned).to_vec();
        ids.push("x".repeat(5_000));
        if !name.contains("/bookings/") {
            let digits = &id[4..];
            ids.extend([
                "x".to_owned(),
                digits.to_owned(),
                id.to_lowercase(),
                id[..29].to_owned(),
            ]);
            ids.extend(
                ["ent_", "svc_", "tpl_", "cus_", "pkg_"].map(|kind| format!("{kind}{digits}")),
            );
            ids.retain(|other| *other != id);
        }
        let of = |other: &str| {
            let path = request.path.replace(&id, other);
            Request {
                path,
                ..request.clone()
            }
            .call(&world)
        };
        for other in ids {
            let short: String = other.chars().take(40).collect();
            let what = format!("{name} of {short}");
            bad.send(&what, of(&other), (400, "malformed-id"), "").await;
        }
        // What these leave of the path may be that of another route.
        for cut in ["%20", "%00", "%23", "a%23b", "a%00"] {
            let answer = of(cut).send().await;
            let code = answer.body["code"].as_str().unwrap_or_default();
            let codes = [
                "malformed-id",
                "no-such-route",
                "no-such-method",
                "booking-not-found",
            ];
            assert!(codes.contains(&code), "{name} of {cut}: {answer:?}");
        }
        bad.end().await;
    }
}

#[tokio::test]
async fn a_path_that_is_not_utf_8_or_goes_elsewhere_is_the_gateways_to_refuse() {
    let world = World::new().await;
    let business = Business::open(&world).await;
    let before = business.entries().await;
    for (path, status, message) in [
        ("/v1/services/%ff", 400, "Bad Request"),
        ("/v1/services/%C3", 400, "Bad Request"),
        ("/v1/services/%ED%A0%80", 400, "Bad Request"),
        ("/v1/services/", 404, "Not Found"),
        ("/v1/services/a%2Fb", 404, "Not Found"),
        ("/v1/bookings/..%2F..%2Fv1%2Fsettings", 404, "Not Found"),
        ("//v1/services", 404, "Not Found"),
        ("/V1/services", 404, "Not Found"),
        ("/v1/services/a/b", 404, "Not Found"),
        ("/v1", 404, "Not Found"),
        ("/", 404, "Not Found"),
    ] {
        let answer = world.get(path).send().await;
        let expected = (status, json!({"message": message}));
        assert_eq!((answer.status, answer.body), expected, "{path}");
    }
    for (method, path) in [
        ("DELETE", "/v1/services"),
        ("POST", "/v1/settings"),
        ("TRACE", "/v1/me"),
    ] {
        let answer = world.call(method, path).send().await;
        assert_eq!(answer.status, 404, "{method} {path}");
    }
    assert_eq!(business.entries().await, before);
}
