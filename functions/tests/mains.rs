//! The mains, started as Lambda starts them: against a runtime API that hands out one invocation.

#![cfg(test)]

use std::process::{Command, Stdio};
use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::routing::{get, post};
use functions::{BUS_FUNCTIONS, FUNCTIONS, STREAM_FUNCTIONS, TIMED_FUNCTIONS};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::{Mutex, mpsc};

/// A request without a verified token, as API Gateway sends it.
fn invocation() -> Value {
    json!({
        "version": "2.0", "routeKey": "GET /v1/nothing", "rawPath": "/v1/nothing",
        "rawQueryString": "", "headers": {"host": "localhost"}, "isBase64Encoded": false,
        "requestContext": {
            "accountId": "1", "apiId": "a", "domainName": "localhost", "domainPrefix": "a",
            "http": {
                "method": "GET", "path": "/v1/nothing", "protocol": "HTTP/1.1",
                "sourceIp": "127.0.0.1", "userAgent": "test",
            },
            "requestId": "r-1", "routeKey": "$default", "stage": "$default",
            "time": "22/Nov/2026:08:00:00 +0000", "timeEpoch": 1_795_334_400_000_u64,
        },
    })
}

/// What the log has where something is counted.
const COUNTED: &str = "\"Namespace\":\"Carnet/test\"";

type Answers = mpsc::UnboundedSender<Value>;
type Once = Arc<Mutex<Option<Value>>>;

async fn next(State((once, _)): State<(Once, Answers)>) -> (HeaderMap, String) {
    let Some(invocation) = once.lock().await.take() else {
        // Lambda, too, lets a function wait for its next invocation.
        return std::future::pending().await;
    };
    let headers = [
        ("lambda-runtime-aws-request-id", "r-1"),
        ("lambda-runtime-deadline-ms", "4102444800000"),
        (
            "lambda-runtime-invoked-function-arn",
            "arn:aws:lambda:eu-central-1:1:function:f",
        ),
    ];
    let headers = headers.map(|(name, value)| {
        (
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        )
    });
    (HeaderMap::from_iter(headers), invocation.to_string())
}

async fn answered(State((_, answers)): State<(Once, Answers)>, body: String) -> StatusCode {
    answers.send(serde_json::from_str(&body).unwrap()).unwrap();
    StatusCode::ACCEPTED
}

fn main_of(name: &str) -> Command {
    let here = std::env::current_exe().unwrap();
    let binary = here.parent().unwrap().parent().unwrap().join(name);
    let mut command = Command::new(binary);
    command
        .env_clear()
        .envs([
            ("AWS_REGION", "eu-central-1"),
            ("AWS_ACCESS_KEY_ID", "x"),
            ("AWS_SECRET_ACCESS_KEY", "x"),
            ("AWS_LAMBDA_FUNCTION_NAME", name),
            ("AWS_LAMBDA_FUNCTION_VERSION", "1"),
            ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256"),
            ("AWS_LAMBDA_LOG_STREAM_NAME", "s"),
            ("AWS_LAMBDA_LOG_GROUP_NAME", "g"),
            // Nobody listens there: opening the connection early must not be needed to start.
            ("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:1"),
            ("AWS_ENDPOINT_URL_EVENTBRIDGE", "http://127.0.0.1:1"),
            ("CARNET_BUS", "carnet"),
            ("CARNET_METRICS", "Carnet/test"),
        ])
        .stdin(Stdio::null());
    command
}

/// What a main answers to an invocation, and what it says meanwhile.
async fn answered_by(name: &str, invocation: Value) -> (Value, String) {
    let (sender, mut answers) = mpsc::unbounded_channel();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let api = Router::new()
        .route("/2018-06-01/runtime/invocation/next", get(next))
        .route(
            "/2018-06-01/runtime/invocation/r-1/response",
            post(answered),
        )
        .route("/2018-06-01/runtime/invocation/r-1/error", post(answered))
        .with_state((Arc::new(Mutex::new(Some(invocation))), sender));
    let server = tokio::spawn(async move { axum::serve(listener, api).await });
    let mut child = main_of(name)
        .env("AWS_LAMBDA_RUNTIME_API", &address)
        .env("CARNET_TABLE", "carnet")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let answer = answers.recv().await.unwrap();
    child.kill().unwrap();
    let said = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
    server.abort();
    (answer, said)
}

#[tokio::test]
async fn every_main_answers_an_invocation_and_logs_it_without_its_path() {
    for function in FUNCTIONS {
        let (answer, said) = answered_by(function.name, invocation()).await;
        assert_eq!(answer["statusCode"], 404, "{}: {answer}", function.name);
        let body: Value = serde_json::from_str(answer["body"].as_str().unwrap()).unwrap();
        assert_eq!(body["code"], "no-such-route");
        let line: Value = serde_json::from_str(said.lines().last().unwrap()).unwrap();
        assert_eq!(
            (&line["request_id"], &line["status"]),
            (&json!("r-1"), &json!(404))
        );
        assert_eq!(line["code"], "no-such-route");
        assert!(said.contains(COUNTED), "{said}");
        assert!(
            !said.contains("/v1/nothing") && !said.contains("127.0.0.1"),
            "{said}"
        );
    }
}

#[tokio::test]
async fn every_main_behind_the_stream_answers_a_batch_and_says_where_it_failed() {
    let record = |sequence: &str, keys: Value| {
        json!({
            "eventID": "1", "eventName": "INSERT", "awsRegion": "eu-central-1",
            "eventSource": "aws:dynamodb", "eventVersion": "1.1",
            "dynamodb": {"Keys": keys, "NewImage": keys, "SequenceNumber": sequence, "SizeBytes": 1,
                "StreamViewType": "NEW_AND_OLD_IMAGES"},
        })
    };
    let other = record("41", json!({"PK": {"S": "OTHER"}, "SK": {"S": "OTHER"}}));
    let unreadable = record("42", json!({"PK": {"S": "OTHER"}}));
    for function in STREAM_FUNCTIONS {
        let (answer, said) =
            answered_by(function.name, json!({"Records": [other, unreadable]})).await;
        assert_eq!(
            answer,
            json!({"batchItemFailures": [{"itemIdentifier": "42"}]})
        );
        let line: Value = serde_json::from_str(said.lines().last().unwrap()).unwrap();
        assert_eq!(
            (&line["records"], &line["sequence"]),
            (&json!(2), &json!("42")),
            "{said}"
        );
    }
}

#[tokio::test]
async fn every_main_behind_the_bus_says_why_it_does_not_take_an_event() {
    let event = json!({
        "version": "0", "id": "e-1", "detail-type": "Nothing", "source": "elsewhere.example",
        "time": "2026-11-22T08:00:00Z", "detail": {"name": "Deniz"},
    });
    for function in BUS_FUNCTIONS {
        let (answer, said) = answered_by(function.name, event.clone()).await;
        // What the record of an event that is set aside shows.
        assert_eq!(answer["errorType"], "unknown-event");
        let message = "unknown-event: no event \"Nothing\" is taken";
        assert_eq!(answer["errorMessage"], message);
        // The runtime says it once more, in its own words.
        let line: Value = serde_json::from_str(said.lines().next().unwrap()).unwrap();
        assert_eq!(
            (&line["id"], &line["code"]),
            (&json!("e-1"), &json!("unknown-event"))
        );
        assert!(!said.contains("Deniz"), "{said}");
        assert!(said.contains(COUNTED), "{said}");
    }
}

#[tokio::test]
async fn every_main_on_a_schedule_answers_a_tick_and_says_what_it_could_not_do() {
    let tick = json!({"source": "aws.events", "detail-type": "Scheduled Event", "detail": {}});
    for function in TIMED_FUNCTIONS {
        let (answer, said) = answered_by(function.name, tick.clone()).await;
        assert!(answer["errorMessage"].is_string(), "{answer}");
        // The runtime says it once more, in its own words.
        let line: Value = serde_json::from_str(said.lines().next().unwrap()).unwrap();
        assert_eq!(line["function"], function.name, "{said}");
    }
}

/// The names of all functions there are.
fn all() -> Vec<&'static str> {
    let mut names = Vec::from(FUNCTIONS.map(|function| function.name));
    names.extend(STREAM_FUNCTIONS.map(|function| function.name));
    names.extend(BUS_FUNCTIONS.map(|function| function.name));
    names.extend(TIMED_FUNCTIONS.map(|function| function.name));
    names
}

/// Its memory was measured so, and follows from it (`functions/build.rs`). 2 is an executable of the ELF
/// format that lies where it was linked to, 3 one that may lie anywhere.
#[cfg(target_os = "linux")]
#[test]
fn every_main_is_linked_to_a_fixed_address() {
    for name in all() {
        let binary = std::fs::read(main_of(name).get_program()).unwrap();
        assert_eq!(binary[..4], *b"\x7fELF", "{name}");
        let kind = u16::from_le_bytes([binary[16], binary[17]]);
        assert_eq!(kind, 2, "{name}");
    }
}

/// What a request would otherwise wait for: opened while Lambda starts the function, before it asks for
/// its first invocation.
#[tokio::test]
async fn every_main_opens_its_connection_before_its_first_invocation() {
    for name in all() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        // A runtime API that nobody answers at: no invocation is ever handed out.
        let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut child = main_of(name)
            .env(
                "AWS_LAMBDA_RUNTIME_API",
                silent.local_addr().unwrap().to_string(),
            )
            .env("CARNET_TABLE", "carnet")
            .env("AWS_ENDPOINT_URL_DYNAMODB", &address)
            .env("AWS_ENDPOINT_URL_EVENTBRIDGE", &address)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let opened = tokio::select! {
            opened = listener.accept() => opened.map(|_| ()),
            asked = silent.accept() => panic!("{name} asked for an invocation first: {asked:?}"),
        };
        child.kill().unwrap();
        child.wait().unwrap();
        opened.unwrap();
    }
}

#[test]
fn a_main_without_its_table_says_so_and_ends() {
    for name in all() {
        let output = main_of(name)
            .env("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:1")
            .output();
        let output = output.unwrap();
        assert!(!output.status.success());
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains("CARNET_TABLE is not set"), "{said}");
    }
}
