//! One request of the demo.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use serde_json::Value;

use crate::{Problem, Role};

/// One request.
pub(super) struct Call {
    pub(super) role: Role,
    method: Method,
    path: String,
    key: Option<String>,
    version: Option<u64>,
    body: Option<Value>,
}

impl Call {
    pub(super) fn new(role: Role, method: Method, path: &str) -> Call {
        Call {
            role,
            method,
            path: path.to_owned(),
            key: None,
            version: None,
            body: None,
        }
    }

    pub(super) fn with(self, body: Value) -> Call {
        Call {
            body: Some(body),
            ..self
        }
    }

    /// Sent again, it is done once.
    pub(super) fn once(self, key: String) -> Call {
        Call {
            key: Some(key),
            ..self
        }
    }

    /// Done on this version of what it changes.
    pub(super) fn on(self, version: u64) -> Call {
        Call {
            version: Some(version),
            ..self
        }
    }

    /// The line for an answer that is not a success.
    pub(super) fn refused(&self, status: StatusCode, answer: &Value) -> Problem {
        let said = ["detail", "title", "message"]
            .into_iter()
            .find_map(|field| answer[field].as_str());
        Problem::Demo(format!(
            "{} {} answered {}: {}",
            self.method,
            self.path,
            status.as_u16(),
            said.unwrap_or("no reason")
        ))
    }

    /// # Errors
    /// [`Problem::Demo`] for a path or key that cannot be sent.
    pub(super) fn request(&self, token: &str) -> Result<Request<Body>, Problem> {
        let mut request = Request::builder()
            .method(self.method.clone())
            .uri(&self.path)
            .header("authorization", format!("Bearer {token}"));
        if let Some(key) = &self.key {
            request = request.header("idempotency-key", key);
        }
        if let Some(version) = self.version {
            request = request.header("if-match", format!("\"{version}\""));
        }
        let body = match &self.body {
            Some(body) => {
                request = request.header("content-type", "application/json");
                Body::from(body.to_string())
            }
            None => Body::empty(),
        };
        request
            .body(body)
            .map_err(|error| Problem::Demo(error.to_string()))
    }
}
