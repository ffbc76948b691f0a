//! Lambda in little: starts a function's binary, hands it events by the runtime API, takes its answers.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::{Path as Captured, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use chrono::{TimeDelta, Utc};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::Mutex;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::task::AbortHandle;

use super::{Failed, cpu};

/// How long a function may be silent.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long a function gets to come to rest once it has asked for more.
const REST: Duration = Duration::from_millis(2);

/// What the function says, and when.
struct Said {
    at: Instant,
    what: Saying,
}

enum Saying {
    /// It waits for an event.
    Idle,
    Answer(String),
    Failure(String),
}

/// What the runtime API knows.
struct Api {
    events: Mutex<Receiver<String>>,
    said: Sender<Said>,
}

/// One running function.
pub(super) struct Instance {
    child: Child,
    server: AbortHandle,
    events: Sender<String>,
    said: Receiver<Said>,
    /// From its start until it waited for its first event.
    pub(super) init: Duration,
    /// The processor time of that.
    pub(super) init_cpu: Duration,
}

/// One event that was answered.
pub(super) struct Invocation {
    pub(super) answer: Value,
    pub(super) took: Duration,
    pub(super) cpu: Duration,
}

impl Instance {
    /// Starts a binary and waits until it is ready.
    pub(super) async fn start(
        binary: &Path,
        environment: &[(String, String)],
    ) -> Result<Self, Failed> {
        let (events, taken) = channel(1);
        let (said, hears) = channel(4);
        let api = Api {
            events: Mutex::new(taken),
            said,
        };
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let serve = axum::serve(listener, router(api));
        let server = tokio::spawn(serve.into_future()).abort_handle();
        let name = binary.file_name().unwrap_or_default();
        let mut command = Command::new(binary);
        command
            .env_clear()
            .envs(environment.iter().map(|(name, value)| (name, value)))
            .env("AWS_LAMBDA_RUNTIME_API", address.to_string())
            .env("AWS_LAMBDA_FUNCTION_NAME", name)
            .env("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST")
            .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256")
            .env("AWS_LAMBDA_LOG_GROUP_NAME", "bench")
            .env("AWS_LAMBDA_LOG_STREAM_NAME", "bench")
            .stdin(Stdio::null())
            .stdout(Stdio::null());
        let started = Instant::now();
        let child = command.spawn()?;
        let mut instance = Self {
            child,
            server,
            events,
            said: hears,
            init: Duration::ZERO,
            init_cpu: Duration::ZERO,
        };
        instance.init = instance.idle().await? - started;
        tokio::time::sleep(REST).await;
        instance.init_cpu = instance.cpu()?;
        Ok(instance)
    }

    /// Has it handle an event.
    pub(super) async fn invoke(&mut self, event: String) -> Result<Invocation, Failed> {
        let before = self.cpu()?;
        let began = Instant::now();
        self.events.send(event).await?;
        let (at, answer) = match self.hear().await? {
            Said {
                at,
                what: Saying::Answer(answer),
            } => (at, answer),
            Said {
                what: Saying::Failure(why),
                ..
            } => return Err(why.into()),
            Said {
                what: Saying::Idle, ..
            } => return Err("an event was not answered".into()),
        };
        self.idle().await?;
        tokio::time::sleep(REST).await;
        Ok(Invocation {
            answer: serde_json::from_str(&answer)?,
            took: at - began,
            cpu: cpu::between(before, self.cpu()?)?,
        })
    }

    /// The most memory it has held at once, in bytes.
    pub(super) fn peak_memory(&self) -> Result<u64, Failed> {
        cpu::peak_memory(self.child.id())
    }

    fn cpu(&self) -> Result<Duration, Failed> {
        cpu::of(self.child.id())
    }

    async fn idle(&mut self) -> Result<Instant, Failed> {
        match self.hear().await? {
            Said {
                at,
                what: Saying::Idle,
            } => Ok(at),
            Said {
                what: Saying::Failure(why),
                ..
            } => Err(why.into()),
            Said {
                what: Saying::Answer(_),
                ..
            } => Err("it answered twice".into()),
        }
    }

    async fn hear(&mut self) -> Result<Said, Failed> {
        let said = tokio::time::timeout(PATIENCE, self.said.recv()).await;
        let said = said.map_err(|_| "a function is silent")?;
        Ok(said.ok_or("a function has ended")?)
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        // It may have ended by itself. It goes before what it listens to, of which it would complain.
        let _ = self.child.kill();
        let _ = self.child.wait();
        self.server.abort();
    }
}

fn router(api: Api) -> Router {
    Router::new()
        .route("/2018-06-01/runtime/invocation/next", get(next))
        .route("/2018-06-01/runtime/invocation/{id}/response", post(answer))
        .route("/2018-06-01/runtime/invocation/{id}/error", post(failure))
        .route("/2018-06-01/runtime/init/error", post(no_start))
        .with_state(Arc::new(api))
}

impl Api {
    /// Notes what was said; who listens no more is of no matter.
    async fn say(&self, what: Saying) -> StatusCode {
        let at = Instant::now();
        let _ = self.said.send(Said { at, what }).await;
        StatusCode::ACCEPTED
    }
}

async fn next(State(api): State<Arc<Api>>) -> Response {
    api.say(Saying::Idle).await;
    let Some(event) = api.events.lock().await.recv().await else {
        return StatusCode::GONE.into_response();
    };
    let deadline = Utc::now() + TimeDelta::seconds(15);
    let id = format!(
        "{:032x}",
        Utc::now().timestamp_nanos_opt().unwrap_or_default()
    );
    let headers = [
        ("content-type", "application/json".to_owned()),
        ("lambda-runtime-aws-request-id", id),
        (
            "lambda-runtime-deadline-ms",
            deadline.timestamp_millis().to_string(),
        ),
        (
            "lambda-runtime-invoked-function-arn",
            "arn:aws:lambda:eu-central-1:000000000000:function:bench".to_owned(),
        ),
        (
            "lambda-runtime-trace-id",
            "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=0".to_owned(),
        ),
    ];
    (headers, event).into_response()
}

async fn answer(
    State(api): State<Arc<Api>>,
    Captured(_): Captured<String>,
    body: String,
) -> StatusCode {
    api.say(Saying::Answer(body)).await
}

async fn failure(
    State(api): State<Arc<Api>>,
    Captured(_): Captured<String>,
    body: String,
) -> StatusCode {
    api.say(Saying::Failure(body)).await
}

async fn no_start(State(api): State<Arc<Api>>, body: String) -> StatusCode {
    api.say(Saying::Failure(body)).await
}
