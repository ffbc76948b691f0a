//! The bus with a function behind it that takes nothing of what it is given here.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use functions::{App, BUS_FUNCTIONS, Clock};
use serde_json::{Value, json};
use tower::ServiceExt;

use super::{Bus, DeadLetters};
use crate::template::Rule;

/// Its database answers nothing: no event of these tests may come that far.
fn bus() -> Bus {
    let app = App {
        store: infra::Store::new(infra::client::at("http://127.0.0.1:9"), "none"),
        clock: Clock::system(),
        bus: None,
    };
    let rule = Rule {
        function: BUS_FUNCTIONS[0],
        pattern: json!({"source": ["elsewhere"]}),
        retries: 1,
    };
    Bus::new(app, &[rule], DeadLetters::default())
}

async fn answered(
    pages: &Router,
    request: axum::http::request::Builder,
    body: Value,
) -> (StatusCode, Value) {
    let request = request.header("accept", "application/json");
    let request: Request<Body> = request.body(Body::from(body.to_string())).unwrap();
    let (parts, body) = pages.clone().oneshot(request).await.unwrap().into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    (
        parts.status,
        serde_json::from_slice(&body).unwrap_or_default(),
    )
}

#[tokio::test]
async fn what_no_function_takes_is_shown_with_its_reason_and_can_be_tried_again() {
    let bus = bus();
    let pages = bus.pages();
    for source in ["elsewhere", "nobody-asked"] {
        let event = json!({"source": source, "detail-type": "Nothing", "detail": {"version": 1}});
        let (status, put) = answered(&pages, Request::post("/local/events"), event).await;
        assert_eq!(status, StatusCode::ACCEPTED);
        assert_eq!(put["id"].as_str().unwrap().len(), 36);
    }
    bus.settled().await;
    let (_, seen) = answered(&pages, Request::get("/local/events"), Value::Null).await;
    let seen = seen["events"].as_array().unwrap().clone();
    let sources: Vec<&Value> = seen.iter().map(|event| &event["source"]).collect();
    assert_eq!(sources, ["nobody-asked", "elsewhere"]);
    let aside = || answered(&pages, Request::get("/local/dead-letters"), Value::Null);
    let (_, letters) = aside().await;
    let [letter] = &letters["dead_letters"].as_array().unwrap()[..] else {
        panic!("{letters}");
    };
    assert_eq!(
        (&letter["deliveries"], &letter["function"]),
        (&json!(2), &json!(BUS_FUNCTIONS[0].name))
    );
    assert!(
        letter["reason"].as_str().unwrap().contains("Nothing"),
        "{letter}"
    );
    assert_eq!(letter["what"]["event"]["source"], "elsewhere");
    let again = Request::post(format!("/local/dead-letters/{}/replay", letter["id"]));
    assert_eq!(
        answered(&pages, again, Value::Null).await.0,
        StatusCode::NO_CONTENT
    );
    let (_, letters) = aside().await;
    assert_eq!(letters["dead_letters"][0]["deliveries"], 3);
    let none = Request::post("/local/dead-letters/99/replay");
    assert_eq!(
        answered(&pages, none, Value::Null).await.0,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn a_page_of_another_site_puts_nothing() {
    let bus = bus();
    let event = json!({"source": "elsewhere", "detail-type": "Nothing", "detail": {}});
    let request = Request::post("/local/events").header("sec-fetch-site", "cross-site");
    let (status, _) = answered(&bus.pages(), request, event).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    for event in [
        json!([]),
        json!({"source": "a"}),
        json!({"source": "a", "detail-type": "b", "detail": 1}),
    ] {
        let (status, _) = answered(&bus.pages(), Request::post("/local/events"), event).await;
        assert_eq!(status, StatusCode::BAD_REQUEST);
    }
    assert_eq!(bus.last().len(), 0);
}
