//! Parts of a request, parsed once, here.

use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use domain::IdempotencyKey;
use serde::de::DeserializeOwned;

use super::Problem;

/// A JSON body.
#[derive(Debug)]
pub struct Json<T>(pub T);

/// A JSON body that may be left out.
#[derive(Debug)]
pub struct SentJson<T>(pub T);

/// The path's parameter.
#[derive(Debug)]
pub struct Path<T>(pub T);

/// The query's parameters.
#[derive(Debug)]
pub struct Query<T>(pub T);

/// The version an edit is based on: the `If-Match` header, an ETag that was given out.
#[derive(Debug)]
pub struct IfMatch(pub Option<u64>);

/// The `Idempotency-Key` header, which must be there.
#[derive(Debug)]
pub struct Key(pub IdempotencyKey);

/// The `Idempotency-Key` header, if it was sent.
#[derive(Debug)]
pub struct OptionalKey(pub Option<IdempotencyKey>);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        match axum::Json::<T>::from_request(request, state).await {
            Ok(axum::Json(body)) => Ok(Self(body)),
            Err(rejection) => Err(body_problem(&rejection)),
        }
    }
}

impl<T: DeserializeOwned + Default, S: Send + Sync> FromRequest<S> for SentJson<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        let bytes = axum::body::Bytes::from_request(Request::new(body), state).await;
        let bytes = bytes.map_err(|_| too_large())?;
        if bytes.is_empty() {
            return Ok(Self(T::default()));
        }
        let request = Request::from_parts(parts, bytes.into());
        Json::from_request(request, state)
            .await
            .map(|Json(body)| Self(body))
    }
}

fn too_large() -> Problem {
    Problem::new(
        413,
        "body-too-large",
        "the body is larger than 64 KiB: send less at once",
    )
}

fn body_problem(rejection: &JsonRejection) -> Problem {
    match rejection {
        JsonRejection::JsonDataError(_) => Problem::new(422, "invalid-body", rejection.body_text()),
        JsonRejection::JsonSyntaxError(_) => {
            Problem::new(400, "malformed-json", rejection.body_text())
        }
        JsonRejection::MissingJsonContentType(_) => Problem::new(
            415,
            "json-required",
            "send the body as JSON, with Content-Type: application/json",
        ),
        // The set of rejections is open; what is left is a body that could not be read in full.
        JsonRejection::BytesRejection(_) | _ => too_large(),
    }
}

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path: Result<axum::extract::Path<T>, PathRejection> =
            axum::extract::Path::from_request_parts(parts, state).await;
        let axum::extract::Path(parameter) = path.map_err(|rejection| {
            Problem::new(
                400,
                "malformed-id",
                format!("the path: {}", rejection.body_text()),
            )
        })?;
        Ok(Self(parameter))
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let query: Result<axum::extract::Query<T>, QueryRejection> =
            axum::extract::Query::from_request_parts(parts, state).await;
        let axum::extract::Query(parameters) = query
            .map_err(|rejection| Problem::new(400, "malformed-query", rejection.body_text()))?;
        Ok(Self(parameters))
    }
}

fn single<'h>(headers: &'h HeaderMap, name: &str) -> Result<Option<&'h str>, ()> {
    let mut values = headers.get_all(name).iter();
    let first = values
        .next()
        .map(|value| value.to_str().map_err(|_| ()))
        .transpose()?;
    if values.next().is_some() {
        Err(())
    } else {
        Ok(first)
    }
}

impl IfMatch {
    /// # Errors
    /// `if-match-required` (428) when the header was not sent.
    pub fn required(self) -> Result<u64, Problem> {
        self.0.ok_or_else(|| {
            Problem::new(
                428,
                "if-match-required",
                "an edit needs If-Match: send the ETag of the version you read",
            )
        })
    }
}

impl<S: Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let malformed = || {
            Problem::new(
                400,
                "malformed-if-match",
                "If-Match is one ETag as it was given out, such as \"3\"",
            )
        };
        let Some(etag) = single(&parts.headers, "if-match").map_err(|()| malformed())? else {
            return Ok(Self(None));
        };
        let number = etag
            .strip_prefix('"')
            .and_then(|rest| rest.strip_suffix('"'));
        let version = number.and_then(|digits| digits.parse::<u64>().ok());
        // A version below the last one leaves room for the next.
        let version = version.filter(|version| (1..u64::MAX).contains(version));
        version
            .map(|version| Self(Some(version)))
            .ok_or_else(malformed)
    }
}

impl<S: Sync> FromRequestParts<S> for OptionalKey {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let malformed = || {
            Problem::new(
                400,
                "malformed-idempotency-key",
                "Idempotency-Key is 1 to 255 printable ASCII characters, such as a UUID",
            )
        };
        let key = single(&parts.headers, "idempotency-key").map_err(|()| malformed())?;
        key.map(|key| key.parse().map_err(|_| malformed()))
            .transpose()
            .map(Self)
    }
}

impl<S: Sync> FromRequestParts<S> for Key {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let OptionalKey(key) = OptionalKey::from_request_parts(parts, state).await?;
        key.map(Self).ok_or_else(|| {
            Problem::new(
                400,
                "idempotency-key-required",
                "this moves money or units: send an Idempotency-Key, the same one when you retry",
            )
        })
    }
}
