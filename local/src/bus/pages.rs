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
    #[serde(default, rename = "id")]
    _id: Option<String>,
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
        source: another.source,
        detail_type: another.detail_type,
        at: None,
        detail: another.detail,
    };
    match bus.put(put).await {
        Ok(id) => (StatusCode::ACCEPTED, Json(json!({"id": id}))).into_response(),
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
fn is_of_another_site(headers: &HeaderMap) -> bool {
    let site = headers
        .get("sec-fetch-site")
        .and_then(|value| value.to_str().ok());
    site.is_some_and(|site| site != "same-origin" && site != "none")
}
