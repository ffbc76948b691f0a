//! Parts of a request, parsed once, here.

use axum::body::Bytes;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use domain::{IdempotencyKey, Object};
use serde::de::{DeserializeOwned, IgnoredAny};

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
        let json = is_json(request.headers());
        let bytes = body(request, state).await?;
        if json {
            parse(&bytes).map(Self)
        } else {
            Err(not_json())
        }
    }
}

impl<T: DeserializeOwned + Default, S: Send + Sync> FromRequest<S> for SentJson<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let json = is_json(request.headers());
        let bytes = body(request, state).await?;
        match (bytes.is_empty(), json) {
            (true, _) => Ok(Self(T::default())),
            // Documented as nothing.
            (false, true) if bytes.trim_ascii() == b"null" => Ok(Self(T::default())),
            (false, true) => parse(&bytes).map(Self),
            (false, false) => Err(not_json()),
        }
    }
}

async fn body<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Problem> {
    Bytes::from_request(request, state).await.map_err(|_| {
        Problem::new(
            413,
            "body-too-large",
            "the body is larger than 64 KiB: send less at once",
        )
    })
}

fn is_json(headers: &HeaderMap) -> bool {
    let content_type = single(headers, "content-type")
        .ok()
        .flatten()
        .unwrap_or_default();
    let media_type = content_type.split(';').next().unwrap_or_default().trim();
    media_type.eq_ignore_ascii_case("application/json")
}

fn not_json() -> Problem {
    Problem::new(
        415,
        "json-required",
        "send the body as JSON, with Content-Type: application/json",
    )
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let read: Result<Object<T>, _> = serde_path_to_error::deserialize(&mut json);
    let read = read.map_err(|error| {
        let path = error.path().to_string();
        let error = error.into_inner();
        (
            if path == "." {
                String::new()
            } else {
                format!("{path}: ")
            },
            error,
        )
    });
    match read.and_then(|read| json.end().map(|()| read).map_err(|e| (String::new(), e))) {
        Ok(Object(read)) => Ok(read),
        // The parser calls some wrong types a syntax error too.
        Err((path, error)) if is_valid_json(bytes) => {
            let detail = format!("the body is not what is taken here: {path}{error}");
            Err(Problem::new(422, "invalid-body", detail))
        }
        Err((_, error)) => Err(Problem::new(
            400,
            "malformed-json",
            format!("the body is not JSON: {error}"),
        )),
    }
}

fn is_valid_json(bytes: &[u8]) -> bool {
    // What is skipped is not checked to be UTF-8.
    std::str::from_utf8(bytes).is_ok_and(|text| serde_json::from_str::<IgnoredAny>(text).is_ok())
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
        let axum::extract::Query(parameters) = query.map_err(|rejection| {
            Problem::new(400, "malformed-query", query_text(&rejection.body_text()))
        })?;
        Ok(Self(parameters))
    }
}

/// What is wrong with the query, without the words of the library that found it.
fn query_text(text: &str) -> String {
    let what = text.split_once(": ").map_or(text, |(_, what)| what);
    format!("the query is not what is taken here: {what}")
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
        let version = number.and_then(|digits| {
            let version = digits.parse::<u64>().ok()?;
            // As it was given out, so neither "+3" nor "03".
            (version.to_string() == digits).then_some(version)
        });
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
                "Idempotency-Key is sent once, and is 1 to 255 printable ASCII characters without \
                 a comma, such as a UUID",
            )
        };
        let key = single(&parts.headers, "idempotency-key").map_err(|()| malformed())?;
        // API Gateway joins a header that came twice with a comma: that would be another key.
        match key.map(|key| (key.contains(','), key.parse())) {
            None => Ok(Self(None)),
            Some((false, Ok(key))) => Ok(Self(Some(key))),
            Some((true, _) | (_, Err(_))) => Err(malformed()),
        }
    }
}

impl OptionalKey {
    /// # Errors
    /// `idempotency-key-required` (400) when the header was not sent.
    pub fn required(self) -> Result<IdempotencyKey, Problem> {
        self.0.ok_or_else(|| {
            Problem::new(
                400,
                "idempotency-key-required",
                "this moves money or units: send an Idempotency-Key, the same one when you retry",
            )
        })
    }
}

impl<S: Sync> FromRequestParts<S> for Key {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let key = OptionalKey::from_request_parts(parts, state).await?;
        key.required().map(Self)
    }
}
