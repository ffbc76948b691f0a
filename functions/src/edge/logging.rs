//! One line per request: what was asked and how it ended. Never who it was about.

use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use lambda_http::request::RequestContext;

use super::problem::Logged;
use crate::App;

/// Logs each request once it is answered. The route is the template, so that no id is logged.
pub async fn log_request(State(app): State<App>, request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map(|path| path.as_str().to_owned());
    let id = match request.extensions().get::<RequestContext>() {
        Some(RequestContext::ApiGatewayV2(context)) => context.request_id.clone(),
        Some(_) | None => None,
    };
    let started = Instant::now();
    let response = next.run(request).await;
    let status = response.status().as_u16();
    let problem = response.extensions().get::<Logged>();
    let code = problem.map(|problem| problem.code);
    let cause = problem.and_then(|problem| problem.cause.as_deref());
    let took_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    if let Some(code) = code {
        app.store.metrics().refused(code);
    }
    let request_id = id.as_deref();
    let route = route.as_deref();
    if status >= 500 {
        tracing::error!(request_id, %method, route, status, code, cause, took_ms, "request");
    } else {
        tracing::info!(request_id, %method, route, status, code, took_ms, "request");
    }
    response
}
