//! Requests as data: sent to the functions in this process, or as the event that Lambda would be given.

use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::Request as HttpRequest;
use axum::http::Response;
use chrono::Utc;
use local::gateway::event::{Received, event};
use local::{Claims, Gateway, Role, Tokens};
use serde_json::{Value, json};

use super::Failed;

/// How often a request is sent at most that is told to try later.
const MOST_SENT: u32 = 30;

/// A request of the business's owner.
#[derive(Debug, Clone)]
pub(super) struct Request {
    method: &'static str,
    path: String,
    content_type: &'static str,
    body: String,
    headers: Vec<(&'static str, String)>,
}

impl Request {
    fn new(method: &'static str, path: impl Into<String>) -> Self {
        Self {
            method,
            path: path.into(),
            content_type: "application/json",
            body: String::new(),
            headers: Vec::new(),
        }
    }

    pub(super) fn get(path: impl Into<String>) -> Self {
        Self::new("GET", path)
    }

    pub(super) fn post(path: impl Into<String>, body: &Value) -> Self {
        Self {
            body: body.to_string(),
            ..Self::new("POST", path)
        }
    }

    pub(super) fn put(path: impl Into<String>, body: &Value) -> Self {
        Self {
            body: body.to_string(),
            ..Self::new("PUT", path)
        }
    }

    pub(super) fn csv(path: impl Into<String>, file: String) -> Self {
        Self {
            content_type: "text/csv",
            body: file,
            ..Self::new("POST", path)
        }
    }

    pub(super) fn key(mut self, key: impl Into<String>) -> Self {
        self.headers.push(("idempotency-key", key.into()));
        self
    }

    pub(super) fn if_match(mut self, version: u64) -> Self {
        self.headers.push(("if-match", format!("\"{version}\"")));
        self
    }

    fn http(&self, bearer: Option<&str>) -> Result<HttpRequest, Failed> {
        let request = HttpRequest::builder().method(self.method).uri(&self.path);
        let mut request = request.header("user-agent", "carnet-bench");
        if !self.body.is_empty() {
            request = request.header("content-type", self.content_type);
        }
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        if let Some(token) = bearer {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        Ok(request.body(Body::from(self.body.clone()))?)
    }

    pub(super) fn path(&self) -> &str {
        &self.path
    }

    /// The event that API Gateway makes of it.
    pub(super) fn event(&self, claims: &Claims) -> Result<String, Failed> {
        let (parts, _) = self.http(Some(&"x".repeat(900)))?.into_parts();
        let claims = serde_json::to_value(claims)?;
        let path = parts.uri.path().to_owned();
        let event = event(
            &parts,
            self.body.as_bytes(),
            &Received {
                route_key: &format!("{} {path}", self.method),
                path: &path,
                parameters: Vec::new(),
                claims: claims.as_object().ok_or("claims are an object")?,
                id: "JKJaXmPLvHcESHA=",
                trace: "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700",
                at: Utc::now(),
                source: IpAddr::V4(Ipv4Addr::LOCALHOST),
            },
        );
        Ok(event.to_string())
    }
}

/// The functions in this process, and who calls them.
pub(super) struct Door {
    pub(super) gateway: Gateway,
    token: String,
    pub(super) claims: Claims,
}

impl Door {
    /// The owner's, whose account is called as Cognito calls accounts.
    pub(super) fn new(gateway: Gateway, tokens: &Tokens, business: &str) -> Result<Self, Failed> {
        let account = "0f8fad5b-d9cb-469f-a165-70867728950e";
        Self::of(gateway, tokens, Claims::new(Role::Owner, business, account))
    }

    /// Somebody else's.
    pub(super) fn of(gateway: Gateway, tokens: &Tokens, claims: Claims) -> Result<Self, Failed> {
        Ok(Self {
            gateway,
            token: tokens.mint(&claims)?,
            claims,
        })
    }

    /// What is answered, whatever it is.
    pub(super) async fn answer(&self, request: &Request) -> Result<(u16, Value), Failed> {
        let response = self.gateway.call(request.http(Some(&self.token))?).await;
        read(response).await
    }

    /// The same of a request that is sent again as long as it is told to try later, and when it is told to;
    /// and how often it was sent.
    pub(super) async fn insist(&self, request: &Request) -> Result<(Value, u32), Failed> {
        for sent in 1..=MOST_SENT {
            let response = self.gateway.call(request.http(Some(&self.token))?).await;
            let later = response.headers().get("retry-after");
            let later = later.map(|seconds| seconds.to_str().map(str::parse));
            let (status, body) = read(response).await?;
            match later {
                Some(seconds) if status == 503 => {
                    tokio::time::sleep(Duration::from_secs(seconds??)).await;
                }
                _ => {
                    succeeded(status, &body, request)?;
                    return Ok((body, sent));
                }
            }
        }
        Err(format!("{} was given up {MOST_SENT} times", request.path).into())
    }

    /// What is answered, which must be a success.
    pub(super) async fn send(&self, request: &Request) -> Result<Value, Failed> {
        let (status, body) = self.answer(request).await?;
        succeeded(status, &body, request)?;
        Ok(body)
    }
}

/// An answer of a function behind API Gateway.
pub(super) fn of_lambda(answer: &Value, request: &Request) -> Result<Value, Failed> {
    let status = answer["statusCode"].as_u64().unwrap_or_default();
    let body = answer["body"].as_str().unwrap_or_default();
    let body = serde_json::from_str(body).unwrap_or_else(|_| json!(body));
    succeeded(u16::try_from(status)?, &body, request)?;
    Ok(body)
}

fn succeeded(status: u16, body: &Value, request: &Request) -> Result<(), Failed> {
    match status {
        200..300 => Ok(()),
        _ => Err(format!("{} {}: {status} {body}", request.method, request.path).into()),
    }
}

async fn read(response: Response<Body>) -> Result<(u16, Value), Failed> {
    let status = response.status().as_u16();
    let bytes = to_bytes(response.into_body(), usize::MAX).await?;
    Ok((status, serde_json::from_slice(&bytes).unwrap_or_default()))
}

/// The id of what an answer shows.
pub(super) fn id(body: &Value) -> Result<String, Failed> {
    let id = body["id"].as_str();
    Ok(id.ok_or_else(|| format!("{body} has no id"))?.to_owned())
}
