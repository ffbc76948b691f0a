//! The problems that operations answer with, status by status.
//!
//! What every operation has, and what follows from what an operation takes, is put down here once; a
//! handler says only what nothing but the handler knows: [`Missing`], [`Conflict`], [`Invalid`].

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Response, ResponseBuilder};
use utoipa::{IntoResponses, ToSchema};

use super::ProblemBody;

/// What the gateway answers where a request does not reach its function, or the function no client.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(super) struct GatewayMessage {
    /// What is wrong, in a few words.
    #[schema(example = "Unauthorized")]
    pub message: String,
}

/// What every operation may answer with.
#[derive(Debug)]
pub struct Problems;

/// 404, although the path names nothing: what the body names, or the caller has, is not there.
#[derive(Debug)]
pub struct Missing;

/// 409: what is there stands in the way.
#[derive(Debug)]
pub struct Conflict;

/// 422, although there is no body: the parameters do not go together, or with what is there.
#[derive(Debug)]
pub struct Invalid;

type Responses = BTreeMap<String, RefOr<Response>>;

impl IntoResponses for Problems {
    fn responses() -> Responses {
        of(&[400, 401, 403, 500, 503])
    }
}

impl IntoResponses for Missing {
    fn responses() -> Responses {
        // Its path is a route's: the gateway knows it.
        BTreeMap::from([("404".to_owned(), RefOr::T(problem(404, false)))])
    }
}

impl IntoResponses for Conflict {
    fn responses() -> Responses {
        of(&[409])
    }
}

impl IntoResponses for Invalid {
    fn responses() -> Responses {
        of(&[422])
    }
}

/// The problems of these statuses.
pub(super) fn of(statuses: &[u16]) -> Responses {
    let problem = |status: &u16| {
        // The gateway refuses some of them itself, 404 for an id that ends the path or makes it another.
        let of_gateway = matches!(status, 400 | 401 | 404 | 413 | 500 | 503);
        (status.to_string(), RefOr::T(problem(*status, of_gateway)))
    };
    statuses.iter().map(problem).collect()
}

fn problem(status: u16, of_gateway: bool) -> Response {
    let what = match status {
        400 => "It cannot be read: a parameter, a header or the body is malformed.",
        401 => "The token is missing or not accepted.",
        403 => "The caller may not do this.",
        404 => "It is not there, or not the caller's.",
        409 => "What is there stands in the way.",
        412 => "It was changed since the ETag was given out.",
        413 => "The body is too large.",
        415 => "The body is not declared as what is taken.",
        422 => "It can be read, but is not what is taken here.",
        428 => "If-Match is missing.",
        500 => "The service failed: it has been recorded.",
        _ => "Busy: send the same request again after Retry-After.",
    };
    let content = |name: &str| {
        let schema = Ref::from_schema_name(name);
        ContentBuilder::new().schema(Some(schema)).build()
    };
    let response = ResponseBuilder::new()
        .description(match status {
            400..500 => format!("{what} Nothing was written."),
            _ => what.to_owned(),
        })
        .content("application/problem+json", content(&ProblemBody::name()));
    match of_gateway {
        true => response.content("application/json", content(&GatewayMessage::name())),
        false => response,
    }
    .build()
}
