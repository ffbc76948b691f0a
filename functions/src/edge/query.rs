//! Parameters that an operation does not have are refused, not ignored: whoever asks for a wallet as
//! of yesterday must not be shown today's.

use std::collections::HashSet;
use std::sync::Arc;

use axum::extract::{MatchedPath, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use utoipa::openapi::path::ParameterIn;
use utoipa::openapi::{OpenApi, RefOr};

use super::Problem;

/// The paths whose GET takes query parameters, by the function's own document.
#[derive(Debug)]
pub struct Queries(HashSet<String>);

impl Queries {
    /// Those of `document`. Only what is read has queries.
    pub fn of(document: &OpenApi) -> Self {
        let paths = document.paths.paths.iter().filter(|(_, item)| {
            let parameters = item
                .get
                .iter()
                .flat_map(|operation| operation.parameters.iter());
            parameters.flatten().any(|parameter| match parameter {
                RefOr::T(parameter) => parameter.parameter_in == ParameterIn::Query,
                RefOr::Ref(_) => false,
            })
        });
        Self(paths.map(|(path, _)| path.clone()).collect())
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
    let taken = request.method() == Method::GET && queries.0.contains(path.as_str());
    if sent && !taken {
        let detail = "this operation takes no query parameters: leave them out";
        return Problem::new(400, "malformed-query", detail).into_response();
    }
    next.run(request).await
}
