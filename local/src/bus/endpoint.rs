//! The bus as the SDK sees it: PutEvents over HTTP, in AWS's JSON 1.1.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use chrono::DateTime;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::{Bus, NAME, Put};
use crate::Problem;
use crate::gateway::within_grace;

/// What one request takes at most.
const MOST_EVENTS: usize = 10;

/// Where the SDK puts events. Dropping it stops it too, without waiting.
#[derive(Debug)]
pub struct Endpoint {
    address: String,
    bus: Arc<OnceLock<Bus>>,
    refusing: Refusing,
    stop: oneshot::Sender<()>,
    server: JoinHandle<()>,
}

/// What a test wants to see refused.
type Refusing = Arc<Mutex<Option<Refusal>>>;

/// What of an event's detail makes the bus refuse it.
#[derive(Debug, Clone)]
struct Refusal {
    what: String,
    /// Whether the whole request is refused for it.
    request: bool,
}

#[derive(Debug, Clone)]
struct Behind {
    bus: Arc<OnceLock<Bus>>,
    refusing: Refusing,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Request {
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Entry {
    #[serde(default)]
    source: Option<String>,
    #[serde(default)]
    detail_type: Option<String>,
    #[serde(default)]
    detail: Option<String>,
    #[serde(default)]
    event_bus_name: Option<String>,
    #[serde(default)]
    time: Option<f64>,
}

impl Endpoint {
    /// Listens on a free port of this machine's loopback address. It takes nothing before
    /// [`Endpoint::serve`].
    ///
    /// # Errors
    /// [`Problem::Port`].
    pub async fn listen() -> Result<Self, Problem> {
        let problem = |reason| Problem::Port { port: 0, reason };
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.map_err(problem)?;
        let address = listener.local_addr().map_err(problem)?;
        let behind = Behind {
            bus: Arc::default(),
            refusing: Arc::default(),
        };
        let (bus, refusing) = (behind.bus.clone(), behind.refusing.clone());
        let router = Router::new()
            .route("/", post(put_events))
            .with_state(behind);
        let (stop, stopped) = oneshot::channel::<()>();
        let server = tokio::spawn(async move {
            let server = axum::serve(listener, router).with_graceful_shutdown(async {
                // A dropped sender means stop, too.
                let _ = stopped.await;
            });
            if let Err(error) = server.await {
                tracing::error!(%error, "the event bus stopped");
            }
        });
        Ok(Self {
            address: format!("http://{address}"),
            bus,
            refusing,
            stop,
            server,
        })
    }

    /// Where it answers.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Gives what is put to `bus` from now on.
    pub fn serve(&self, bus: Bus) {
        let _ = self.bus.set(bus);
    }

    /// Refuses every event whose detail contains this from now on, as the real bus refuses one now and
    /// then; none is refused without it.
    pub fn refuse(&self, what: Option<&str>) {
        self.refuse_from_now_on(what, false);
    }

    /// Refuses every request with an event whose detail contains this, as the real bus refuses one in
    /// which something is not valid; none is refused without it.
    pub fn refuse_requests(&self, what: Option<&str>) {
        self.refuse_from_now_on(what, true);
    }

    fn refuse_from_now_on(&self, what: Option<&str>, request: bool) {
        let mut refusing = self.refusing.lock().unwrap_or_else(PoisonError::into_inner);
        *refusing = what.map(|what| Refusal {
            what: what.to_owned(),
            request,
        });
    }

    /// Lets requests under way finish, then stops.
    pub async fn stop(self) {
        let _ = self.stop.send(());
        within_grace(self.server).await;
    }
}

impl Behind {
    /// Whether an event of this detail is refused, or a request for it.
    fn refuses(&self, detail: &str, request: bool) -> bool {
        let refusing = self.refusing.lock().unwrap_or_else(PoisonError::into_inner);
        let mut refused = refusing.iter().filter(|refusal| refusal.request == request);
        refused.any(|refusal| detail.contains(&refusal.what))
    }
}

async fn put_events(State(behind): State<Behind>, headers: HeaderMap, body: String) -> Response {
    let target = headers
        .get("x-amz-target")
        .and_then(|target| target.to_str().ok());
    if target != Some("AWSEvents.PutEvents") {
        return refused(
            "UnknownOperationException",
            "only PutEvents is understood here",
        );
    }
    let request: Request = match serde_json::from_str(&body) {
        Ok(request) => request,
        Err(error) => return refused("SerializationException", &error.to_string()),
    };
    let Some(bus) = behind.bus.get() else {
        return refused("ResourceNotFoundException", "the bus has not begun");
    };
    if !(1..=MOST_EVENTS).contains(&request.entries.len()) {
        return refused("ValidationException", "1 to 10 entries are put at once");
    }
    let details = request
        .entries
        .iter()
        .filter_map(|entry| entry.detail.as_deref());
    if details
        .into_iter()
        .any(|detail| behind.refuses(detail, true))
    {
        return refused("ValidationException", "as it should, in this test");
    }
    let mut answers = Vec::new();
    for entry in request.entries {
        let answer = match taken(&behind, bus, entry).await {
            Ok(id) => json!({"EventId": id}),
            Err((code, message)) => json!({"ErrorCode": code, "ErrorMessage": message}),
        };
        answers.push(answer);
    }
    let failed = answers
        .iter()
        .filter(|answer| answer.get("ErrorCode").is_some())
        .count();
    amz(
        StatusCode::OK,
        json!({"FailedEntryCount": failed, "Entries": answers}),
    )
}

async fn taken(behind: &Behind, bus: &Bus, entry: Entry) -> Result<String, (&'static str, String)> {
    let missing = |what: &str| ("InvalidArgument", format!("{what} is missing"));
    let text = entry.detail.ok_or_else(|| missing("Detail"))?;
    let detail: Value = serde_json::from_str(&text)
        .ok()
        .filter(Value::is_object)
        .ok_or_else(|| ("MalformedDetail", "Detail is no JSON object".to_owned()))?;
    if entry.event_bus_name.as_deref() != Some(NAME) {
        return Err(("InvalidArgument", "there is no such bus".to_owned()));
    }
    if behind.refuses(&text, false) {
        return Err(("InternalFailure", "as it should, in this test".to_owned()));
    }
    let millis = entry.time.map(|seconds| (seconds * 1000.0).round());
    #[expect(clippy::cast_possible_truncation, reason = "a time in this century")]
    let at = millis.and_then(|millis| DateTime::from_timestamp_millis(millis as i64));
    let put = Put {
        id: None,
        source: entry.source.ok_or_else(|| missing("Source"))?,
        detail_type: entry.detail_type.ok_or_else(|| missing("DetailType"))?,
        at,
        detail,
    };
    let put = bus.put(put).await;
    put.map(|accepted| accepted.id)
        .map_err(|problem| ("InternalFailure", problem.to_string()))
}

fn refused(code: &str, message: &str) -> Response {
    amz(
        StatusCode::BAD_REQUEST,
        json!({"__type": code, "message": message}),
    )
}

fn amz(status: StatusCode, body: Value) -> Response {
    let kind = [("content-type", "application/x-amz-json-1.1")];
    (status, kind, Json(body).into_response().into_body()).into_response()
}
