//! A request, and checks of its answer.

use reqwest::RequestBuilder;
use serde_json::Value;

use super::documented::undocumented;

pub(crate) struct Call {
    request: RequestBuilder,
    token: Option<String>,
}

/// What came back.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Value,
    pub(crate) etag: Option<String>,
    pub(crate) replayed: bool,
    pub(crate) content_type: String,
}

impl Call {
    pub(crate) fn new(request: RequestBuilder) -> Self {
        Self {
            request,
            token: None,
        }
    }

    pub(crate) fn by(self, token: &str) -> Self {
        Self {
            token: Some(token.to_owned()),
            ..self
        }
    }

    pub(crate) fn anonymous(self) -> Self {
        Self {
            token: None,
            ..self
        }
    }

    pub(crate) fn header(self, name: &str, value: impl AsRef<str>) -> Self {
        Self {
            request: self.request.header(name, value.as_ref()),
            ..self
        }
    }

    pub(crate) fn key(self, key: &str) -> Self {
        self.header("idempotency-key", key)
    }

    pub(crate) fn if_match(self, version: u64) -> Self {
        self.header("if-match", format!("\"{version}\""))
    }

    pub(crate) fn json(self, body: Value) -> Self {
        Self {
            request: self.request.json(&body),
            ..self
        }
    }

    pub(crate) fn raw(self, content_type: &str, body: impl Into<reqwest::Body>) -> Self {
        let request = self.request.header("content-type", content_type).body(body);
        Self { request, ..self }
    }

    pub(crate) async fn send(self) -> Answer {
        let request = match &self.token {
            Some(token) => self.request.bearer_auth(token),
            None => self.request,
        };
        let (client, request) = request.build_split();
        let request = request.unwrap();
        let (method, path) = (request.method().clone(), request.url().path().to_owned());
        let response = client.execute(request).await.unwrap();
        let text = |name| {
            response
                .headers()
                .get(name)
                .map(|v| v.to_str().unwrap().to_owned())
        };
        let (status, etag) = (response.status().as_u16(), text("etag"));
        let replayed = text("idempotent-replayed").is_some_and(|value| value == "true");
        let content_type = text("content-type").unwrap_or_default();
        let bytes = response.bytes().await.unwrap();
        let body = serde_json::from_slice(&bytes)
            .unwrap_or_else(|_| Value::String(String::from_utf8_lossy(&bytes).into_owned()));
        let answer = Answer {
            status,
            body,
            etag,
            replayed,
            content_type,
        };
        let mistakes = undocumented(&method, &path, &answer);
        assert_eq!(mistakes, [""; 0], "{method} {path}: {answer:?}");
        answer
    }

    /// Sends it and expects success; the body.
    #[track_caller]
    pub(crate) fn ok(self) -> impl Future<Output = Value> {
        let caller = std::panic::Location::caller();
        async move {
            let answer = self.send().await;
            assert!(
                (200..300).contains(&answer.status),
                "at {caller}: {answer:?}"
            );
            answer.body
        }
    }

    /// Sends it and expects a problem with this status and code, and a sentence that says something.
    #[track_caller]
    pub(crate) fn refused(self, status: u16, code: &str) -> impl Future<Output = Value> {
        let caller = std::panic::Location::caller();
        async move {
            let answer = self.send().await;
            let got = (
                answer.status,
                answer.body["code"].as_str().unwrap_or_default(),
            );
            assert_eq!(got, (status, code), "at {caller}: {answer:?}");
            assert_eq!(
                answer.content_type, "application/problem+json",
                "at {caller}"
            );
            assert_eq!(answer.body["status"], answer.status, "at {caller}");
            assert!(
                answer.body["detail"].as_str().unwrap_or_default().len() > 20,
                "at {caller}"
            );
            answer.body
        }
    }
}
