//! A body of CSV.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::header;

use crate::edge::Problem;

/// A body that is declared as CSV.
#[derive(Debug)]
pub(super) struct Csv(pub(super) Bytes);

impl<S: Send + Sync> FromRequest<S> for Csv {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let declared = request.headers().get(header::CONTENT_TYPE);
        let declared = declared.and_then(|value| value.to_str().ok());
        let media_type = declared.and_then(|declared| declared.split(';').next());
        let csv = media_type.is_some_and(|kind| kind.trim().eq_ignore_ascii_case("text/csv"));
        if !csv {
            return Err(Problem::new(
                415,
                "csv-required",
                "send the file as it is, with Content-Type: text/csv",
            ));
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|_| {
            Problem::new(
                413,
                "body-too-large",
                "the file is larger than 4 MiB: split it, each part with the same first line",
            )
        })?;
        Ok(Self(bytes))
    }
}
