//! The kinds of trouble, and how a database in trouble answers.

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::body::SdkBody;

/// What happens to one transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// Cancelled because another transaction is writing the same item; nothing is written.
    Conflict,
    /// Refused for its rate; nothing is written.
    Throttled,
    /// Answered with a 500; nothing is written.
    Broken,
    /// Answered with a 500 after the transaction was written.
    BrokenLate,
    /// The connection breaks before the request arrives; nothing is written.
    LostRequest,
    /// The connection breaks after the transaction was written.
    LostAnswer,
    /// No answer ever comes; nothing is written.
    Silence,
}

/// A refusal of the database.
pub(super) fn refused(body: &'static str) -> HttpResponse {
    answered(400, body)
}

/// A failure of the database's own.
pub(super) fn broken() -> HttpResponse {
    answered(
        500,
        r#"{"__type":"com.amazonaws.dynamodb.v20120810#InternalServerError"}"#,
    )
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
