//! `/local/set-aside`: what fell due and failed so often that it is not tried any more, and trying it again.
//! Nothing of this is deployed.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use functions::App;
use infra::Fault;
use serde_json::{Value, json};
use tokio::sync::Notify;

use crate::bus::is_of_another_site;

type Shared = (App, Arc<Notify>);

/// The route that shows it, and puts all of it on the agenda again; who waits for `moved` is told of that.
pub(crate) fn router(app: App, moved: Arc<Notify>) -> Router {
    Router::new()
        .route("/local/set-aside", get(show).post(retry))
        .with_state((app, moved))
}

async fn show(State((app, _)): State<Shared>) -> Response {
    let shown = async {
        let found = app.store.set_aside().await?;
        let shown = found.iter().map(|found| match &found.due {
            Ok(item) => json!({
                "business_id": item.business, "of": item.of.to_string(),
                "what": item.due.what.name(), "at": item.due.at, "reason": found.reason(),
            }),
            Err(_) => json!({"unreadable": found.place(), "reason": found.reason()}),
        });
        Ok(json!({"set_aside": shown.collect::<Vec<Value>>()}))
    };
    answer(shown.await)
}

async fn retry(State((app, moved)): State<Shared>, headers: HeaderMap) -> Response {
    if is_of_another_site(&headers) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let tried = async {
        let mut again = 0;
        for found in app.store.set_aside().await? {
            let tried = app.store.retry_set_aside(&found, app.clock.now()).await?;
            again += u32::from(tried);
        }
        Ok(json!({"again": again}))
    };
    let tried = tried.await;
    moved.notify_one();
    answer(tried)
}

fn answer(said: Result<Value, Fault>) -> Response {
    match said {
        Ok(said) => Json(said).into_response(),
        Err(fault) => (
            StatusCode::INTERNAL_SERVER_ERROR,
            format!("{}\n", fault.cause()),
        )
            .into_response(),
    }
}
