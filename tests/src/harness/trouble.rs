//! The kinds of trouble, and how a database in trouble answers.

use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use serde_json::{Value, json};

use super::silence;

/// What happens to one request, a transaction or any other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// Another transaction is writing the same item, of several the last one; nothing is written. Reads and
    /// batches have no such conflict.
    Conflict,
    /// The same transaction is still under way; nothing is written.
    InProgress,
    /// Refused for its rate; nothing is written.
    Throttled,
    /// Refused for the rate of its table; nothing is written.
    Exceeded,
    /// Answered with a 500; nothing is written.
    Broken,
    /// Answered with a 500 after it was written.
    BrokenLate,
    /// The connection breaks before the request arrives; nothing is written.
    LostRequest,
    /// The connection breaks after it was written.
    LostAnswer,
    /// No answer comes in the time that an attempt has; nothing is written.
    Silence,
    /// No answer comes in the time that an attempt has, and it was written.
    SilenceLate,
    /// No answer ever comes, nor is the time of the attempt over; nothing is written.
    Endless,
}

impl Trouble {
    /// What comes of a request in such trouble.
    pub(super) fn meet(
        self,
        action: &str,
        request: HttpRequest,
        inner: &SharedHttpConnector,
    ) -> HttpConnectorFuture {
        let conflict = conflict(action, &request);
        if self == Self::Conflict && conflict.is_none() {
            return inner.call(request);
        }
        let arrives = matches!(
            self,
            Self::BrokenLate | Self::LostAnswer | Self::SilenceLate
        );
        let sent = arrives.then(|| inner.call(request));
        HttpConnectorFuture::new(async move {
            if let Some(sent) = sent {
                sent.await?;
            }
            match self {
                Self::Conflict => Ok(answered(400, conflict.unwrap_or_default().to_string())),
                Self::InProgress => Ok(refused("TransactionInProgressException")),
                Self::Throttled => Ok(refused("ThrottlingException")),
                Self::Exceeded => Ok(refused("ProvisionedThroughputExceededException")),
                Self::Broken | Self::BrokenLate => Ok(broken()),
                Self::LostRequest | Self::LostAnswer => {
                    Err(ConnectorError::io("the connection broke".into()))
                }
                Self::Silence | Self::SilenceLate => silence::kept().await,
                Self::Endless => std::future::pending().await,
            }
        })
    }
}

/// How a conflict is told, where there can be one.
fn conflict(action: &str, request: &HttpRequest) -> Option<Value> {
    match action {
        "TransactWriteItems" => {
            let body: Value = serde_json::from_slice(request.body().bytes()?).ok()?;
            let items = body["TransactItems"].as_array()?.len();
            let mut reasons = vec![json!({"Code": "None"}); items];
            *reasons.last_mut()? = json!({"Code": "TransactionConflict"});
            let mut told = problem("TransactionCanceledException");
            told["CancellationReasons"] = json!(reasons);
            Some(told)
        }
        "PutItem" | "UpdateItem" | "DeleteItem" => Some(problem("TransactionConflictException")),
        _ => None,
    }
}

/// A refusal of the database.
pub(super) fn refused(code: &str) -> HttpResponse {
    answered(400, problem(code).to_string())
}

fn problem(code: &str) -> Value {
    json!({"__type": format!("com.amazonaws.dynamodb.v20120810#{code}")})
}

/// A failure of the database's own.
fn broken() -> HttpResponse {
    answered(500, problem("InternalServerError").to_string())
}

/// An answer as DynamoDB gives them.
pub(super) fn answered(status: u16, body: impl Into<SdkBody>) -> HttpResponse {
    let status = status.try_into().unwrap();
    let mut response = HttpResponse::new(status, body.into());
    response
        .headers_mut()
        .insert("content-type", "application/x-amz-json-1.0");
    response
}
