//! Parameters that an operation does not have are refused, not ignored: whoever asks for a wallet as
//! of yesterday must not be shown today's.

use std::collections::HashSet;
use std::sync::Arc;

use axum::extract::{MatchedPath, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use utoipa::openapi::path::{Operation, ParameterIn};
use utoipa::openapi::{OpenApi, RefOr};

use super::Problem;

/// The operations that take query parameters, by the function's own document.
#[derive(Debug)]
pub struct Queries(HashSet<(Method, String)>);

impl Queries {
    /// Those of `document`, of what is read and of what is sent with POST.
    pub fn of(document: &OpenApi) -> Self {
        let takes_some = |operation: &Operation| {
            let mut parameters = operation.parameters.iter().flatten();
            parameters.any(|parameter| match parameter {
                RefOr::T(parameter) => parameter.parameter_in == ParameterIn::Query,
                RefOr::Ref(_) => false,
            })
        };
        let mut queries = HashSet::new();
        for (path, item) in &document.paths.paths {
            for (method, operation) in [(Method::GET, &item.get), (Method::POST, &item.post)] {
                if operation.as_ref().is_some_and(takes_some) {
                    queries.insert((method, path.clone()));
                }
            }
        }
        Self(queries)
    }
}

/// Refuses a query on an operation that documents none.
pub async fn no_stray_query(
    State(queries): State<Arc<Queries>>,
    path: MatchedPath,
    request: Request,
    next: Next,
) -> Response {
    let sent = request.uri().query().is_some_and(|query| !query.is_empty());
    let operation = (request.method().clone(), path.as_str().to_owned());
    let taken = queries.0.contains(&operation);
    if sent && !taken {
        let detail = "this operation takes no query parameters: leave them out";
        return Problem::new(400, "malformed-query", detail).into_response();
    }
    next.run(request).await
}
