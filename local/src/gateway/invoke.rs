//! Calling a function as Lambda does: an event in, the answer's JSON out, through its own adapter.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::Body;
use axum::http::Response;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use lambda_http::request::LambdaRequest;
use lambda_http::{Adapter, Context, LambdaEvent, Service};
use serde::Deserialize;
use tokio::task::AbortHandle;

use super::answer::Refused;

/// The answer as a function gives it to API Gateway (payload format 2.0).
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    status_code: u16,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    #[serde(default)]
    cookies: Vec<String>,
    body: Option<String>,
    #[serde(default)]
    is_base64_encoded: bool,
}

/// The calls under way.
#[derive(Debug, Clone, Default)]
pub(super) struct Calls(Arc<Mutex<Vec<AbortHandle>>>);

impl Calls {
    /// Ends every one where it stands.
    pub(super) fn end(&self) {
        for call in self.under_way().drain(..) {
            call.abort();
        }
    }

    fn add(&self, call: AbortHandle) {
        let mut calls = self.under_way();
        calls.retain(|call| !call.is_finished());
        calls.push(call);
    }

    fn under_way(&self) -> MutexGuard<'_, Vec<AbortHandle>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Calls the function behind `router` with `event`. It runs to its end even if the client goes away.
///
/// # Errors
/// [`Refused::Failed`] when the function panics or its answer is not one.
pub(super) async fn invoke(
    router: Router,
    event: String,
    context: Context,
    calls: &Calls,
) -> Result<Response<Body>, Refused> {
    let request: LambdaRequest = serde_json::from_str(&event).map_err(failed)?;
    let call = async move {
        // Apart from the await: the adapter may not cross it to another thread.
        let call = Adapter::from(router).call(LambdaEvent::new(request, context));
        call.await
    };
    let call = tokio::spawn(call);
    calls.add(call.abort_handle());
    let answer = call.await.map_err(failed)?;
    let answer = answer.map_err(failed)?;
    let answer = serde_json::to_string(&answer).map_err(failed)?;
    response(serde_json::from_str(&answer).map_err(failed)?)
}

fn response(answer: Answer) -> Result<Response<Body>, Refused> {
    let body = match (answer.body, answer.is_base64_encoded) {
        (None, _) => Body::empty(),
        (Some(text), false) => Body::from(text),
        (Some(text), true) => Body::from(STANDARD.decode(text).map_err(failed)?),
    };
    let mut response = Response::builder().status(answer.status_code);
    for (name, value) in answer.headers {
        response = response.header(name, value);
    }
    for cookie in answer.cookies {
        response = response.header("set-cookie", cookie);
    }
    response.body(body).map_err(failed)
}

fn failed(error: impl std::error::Error) -> Refused {
    tracing::error!(error = crate::problem::chain(&error), "a function failed");
    Refused::Failed
}

#[cfg(test)]
mod tests {
    use axum::body::{Bytes, to_bytes};
    use axum::extract::Path;
    use axum::http::HeaderMap;
    use axum::routing::post;
    use serde_json::json;

    use super::*;

    async fn called(router: Router, body: &str) -> Result<(HeaderMap, Bytes), Refused> {
        let event = json!({
            "version": "2.0",
            "rawPath": "/things/ş 1",
            "rawQueryString": "",
            "headers": {"host": "localhost"},
            "requestContext": {"stage": "$default", "http": {"method": "POST"}},
            "body": body,
            "isBase64Encoded": true,
        });
        let response = invoke(
            router,
            event.to_string(),
            Context::default(),
            &Calls::default(),
        )
        .await?;
        let (parts, body) = response.into_parts();
        Ok((parts.headers, to_bytes(body, usize::MAX).await.unwrap()))
    }

    #[tokio::test]
    async fn a_function_gets_the_bytes_that_were_sent_and_gives_bytes_back() {
        let reversed = |Path(id): Path<String>, body: Bytes| async move {
            let reversed: Vec<u8> = body.iter().rev().copied().collect();
            (
                [
                    ("x-id", id.len().to_string()),
                    ("set-cookie", "a=1".to_owned()),
                ],
                reversed,
            )
        };
        let router = Router::new().route("/things/{id}", post(reversed));
        let (headers, body) = called(router, "/wA=").await.unwrap();
        assert_eq!(body, [0x00, 0xff].as_slice());
        assert_eq!(headers["x-id"], "4");
        assert_eq!(headers["set-cookie"], "a=1");
    }

    #[tokio::test]
    async fn a_function_that_panics_has_failed() {
        #[expect(
            unreachable_code,
            reason = "axum wants to know what it would have answered"
        )]
        let panics = || async {
            panic!("as it should, in this test");
            ""
        };
        let router = Router::new().route("/things/{id}", post(panics));
        assert_eq!(called(router, "").await.unwrap_err(), Refused::Failed);
    }
}
