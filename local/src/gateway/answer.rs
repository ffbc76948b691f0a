//! What the gateway answers itself, in API Gateway's words.

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// Why a request does not reach a function, or a function no client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refused {
    /// The path is not UTF-8 under its encoding.
    Malformed,
    /// The token is missing or not accepted.
    Unauthorized,
    /// No route has this method and path.
    NotFound,
    /// The body is larger than API Gateway takes.
    TooLarge,
    /// The function failed.
    Failed,
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let (status, message) = match self {
            Refused::Malformed => (StatusCode::BAD_REQUEST, "Bad Request"),
            Refused::Unauthorized => (StatusCode::UNAUTHORIZED, "Unauthorized"),
            Refused::NotFound => (StatusCode::NOT_FOUND, "Not Found"),
            Refused::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "Request Entity Too Large"),
            Refused::Failed => (StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error"),
        };
        let mut response = (status, Json(json!({"message": message}))).into_response();
        if self == Refused::Unauthorized {
            let bearer = header::HeaderValue::from_static("Bearer");
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, bearer);
        }
        response
    }
}
