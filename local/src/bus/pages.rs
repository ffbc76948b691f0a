//! What is looked at in a browser: the events as they happen, and what was set aside.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Bus, Put};

const EVENTS: &str = include_str!("events.html");
const DEAD_LETTERS: &str = include_str!("dead_letters.html");

impl Bus {
    /// Its pages. They exist on this machine only, and ask for no token.
    pub fn pages(&self) -> Router {
        Router::new()
            .route("/local/events", get(events).post(put))
            .route("/local/dead-letters", get(dead_letters))
            .route("/local/dead-letters/{id}/replay", post(replay))
            .with_state(self.clone())
    }
}

/// An event that another system would put.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Another {
    source: String,
    #[serde(rename = "detail-type")]
    detail_type: String,
    detail: Value,
    // What else an example has; the bus gives its own.
    #[serde(default, rename = "version")]
    _version: Option<String>,
    #[serde(default)]
    id: Option<String>,
    #[serde(default, rename = "account")]
    _account: Option<String>,
    #[serde(default, rename = "time")]
    _time: Option<String>,
    #[serde(default, rename = "region")]
    _region: Option<String>,
    #[serde(default, rename = "resources")]
    _resources: Option<Vec<String>>,
}

async fn events(State(bus): State<Bus>, headers: HeaderMap) -> Response {
    match wants_json(&headers) {
        true => Json(json!({"events": bus.last()})).into_response(),
        false => Html(EVENTS).into_response(),
    }
}

async fn put(State(bus): State<Bus>, headers: HeaderMap, body: String) -> Response {
    if is_of_another_site(&headers) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let another: Another = match serde_json::from_str(&body) {
        Ok(another) => another,
        Err(error) => return said(StatusCode::BAD_REQUEST, &error.to_string()),
    };
    if !another.detail.is_object() {
        return said(StatusCode::BAD_REQUEST, "detail is no JSON object");
    }
    let put = Put {
        id: another.id,
        source: another.source,
        detail_type: another.detail_type,
        at: None,
        detail: another.detail,
    };
    match bus.put(put).await {
        Ok(accepted) => (StatusCode::ACCEPTED, Json(accepted)).into_response(),
        Err(problem) => said(StatusCode::INTERNAL_SERVER_ERROR, &problem.to_string()),
    }
}

async fn dead_letters(State(bus): State<Bus>, headers: HeaderMap) -> Response {
    match wants_json(&headers) {
        true => Json(json!({"dead_letters": bus.letters.all()})).into_response(),
        false => Html(DEAD_LETTERS).into_response(),
    }
}

async fn replay(State(bus): State<Bus>, headers: HeaderMap, Path(id): Path<u64>) -> Response {
    if is_of_another_site(&headers) {
        return StatusCode::FORBIDDEN.into_response();
    }
    match bus.replay(id).await {
        true => StatusCode::NO_CONTENT.into_response(),
        false => said(
            StatusCode::NOT_FOUND,
            "nothing of this number was set aside",
        ),
    }
}

fn said(status: StatusCode, what: &str) -> Response {
    (status, Json(json!({"message": what}))).into_response()
}

fn wants_json(headers: &HeaderMap) -> bool {
    let accepted = headers.get("accept").and_then(|value| value.to_str().ok());
    accepted.is_some_and(|accepted| accepted.contains("application/json"))
}

/// Whether a page of another site sent it: there is no token that would keep it out.
pub(crate) fn is_of_another_site(headers: &HeaderMap) -> bool {
    let site = headers
        .get("sec-fetch-site")
        .and_then(|value| value.to_str().ok());
    site.is_some_and(|site| site != "same-origin" && site != "none")
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::body::{Body, to_bytes};
    use axum::http::{Request, StatusCode};
    use functions::{App, BUS_FUNCTIONS, Clock};
    use serde_json::{Value, json};
    use tower::ServiceExt;

    use crate::bus::{Bus, DeadLetters};
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
        let function = BUS_FUNCTIONS[0].name;
        for (source, given_to) in [
            ("elsewhere", json!([function])),
            ("nobody-asked", json!([])),
        ] {
            let event =
                json!({"source": source, "detail-type": "Nothing", "detail": {"version": 1}});
            let (status, put) = answered(&pages, Request::post("/local/events"), event).await;
            assert_eq!(status, StatusCode::ACCEPTED);
            assert_eq!(put["id"].as_str().unwrap().len(), 36);
            assert_eq!(put["given_to"], given_to);
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
}
