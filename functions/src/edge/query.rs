//! Parameters that an operation does not have are refused, not ignored: whoever asks for a wallet as
//! of yesterday must not be shown today's.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use utoipa::openapi::RefOr;
use utoipa::openapi::path::{Operation, ParameterIn};

use super::Problem;

/// Tells what the document says of an operation.
pub type Described = fn() -> Operation;

/// Whether the operation documents parameters in the query.
fn takes_some(operation: &Operation) -> bool {
    let mut parameters = operation.parameters.iter().flatten();
    parameters.any(|parameter| match parameter {
        RefOr::T(parameter) => parameter.parameter_in == ParameterIn::Query,
        RefOr::Ref(_) => false,
    })
}

/// Refuses a query on an operation that documents none. The operation is described only where there is a query.
pub async fn no_stray_query(
    State(described): State<Described>,
    request: Request,
    next: Next,
) -> Response {
    let sent = request.uri().query().is_some_and(|query| !query.is_empty());
    if sent && !takes_some(&described()) {
        let detail = "this operation takes no query parameters: leave them out";
        return Problem::new(400, "malformed-query", detail).into_response();
    }
    next.run(request).await
}
