//! Answers to what could be done.

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use infra::{Cursor, List, Page, PageRequest};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Problem;

/// A JSON answer.
#[derive(Debug)]
pub struct Answer<T> {
    status: StatusCode,
    body: T,
    version: Option<u64>,
    replayed: bool,
}

impl<T> Answer<T> {
    /// 200.
    pub fn ok(body: T) -> Self {
        Self {
            status: StatusCode::OK,
            body,
            version: None,
            replayed: false,
        }
    }

    /// 201.
    pub fn created(body: T) -> Self {
        Self {
            status: StatusCode::CREATED,
            ..Self::ok(body)
        }
    }

    /// With the ETag of this version.
    #[must_use]
    pub fn version(self, version: u64) -> Self {
        Self {
            version: Some(version),
            ..self
        }
    }

    /// With `Idempotent-Replayed: true` where the request had been carried out before.
    #[must_use]
    pub fn replayed(self, replayed: bool) -> Self {
        Self { replayed, ..self }
    }
}

impl<T: Serialize> IntoResponse for Answer<T> {
    fn into_response(self) -> Response {
        let mut response = (self.status, axum::Json(self.body)).into_response();
        let etag = self
            .version
            .map(|version| HeaderValue::try_from(format!("\"{version}\"")));
        if let Some(Ok(etag)) = etag {
            response.headers_mut().insert(header::ETAG, etag);
        }
        if self.replayed {
            let name = HeaderName::from_static("idempotent-replayed");
            response
                .headers_mut()
                .insert(name, HeaderValue::from_static("true"));
        }
        response
    }
}

/// Which part of a list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// Goes on where the page that gave this `next_cursor` ended.
    pub cursor: Option<String>,
    /// At most so many, 1 to 100; 50 if left out.
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<u16>,
}

impl ListQuery {
    /// # Errors
    /// `malformed-cursor` (400), then `malformed-limit` (400).
    pub fn page(&self, list: List) -> Result<PageRequest, Problem> {
        self.limited(list, (50, 100))
    }

    /// A page of what has more than a line: at most 40, and 40 if the limit is left out.
    ///
    /// # Errors
    /// The same.
    pub fn page_of_40(&self, list: List) -> Result<PageRequest, Problem> {
        self.limited(list, (40, 40))
    }

    /// A page of what each has something of its own beside it, which is read with it: at most five, and five
    /// if the limit is left out.
    ///
    /// # Errors
    /// The same.
    pub fn page_of_5(&self, list: List) -> Result<PageRequest, Problem> {
        self.limited(list, (5, 5))
    }

    fn limited(&self, list: List, (usual, most): (u16, u16)) -> Result<PageRequest, Problem> {
        let decode = |cursor| Cursor::decode(cursor, list);
        let after = self.cursor.as_deref().map(decode).transpose();
        let after =
            after.map_err(|error| Problem::new(400, "malformed-cursor", error.to_string()))?;
        let limit = self.limit.unwrap_or(usual);
        if !(1..=most).contains(&limit) {
            let detail = format!("limit is a number from 1 to {most}");
            return Err(Problem::new(400, "malformed-limit", detail));
        }
        Ok(PageRequest { after, limit })
    }
}

/// A part of a list.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct PageOf<T> {
    /// The part.
    pub items: Vec<T>,
    /// Where the next part begins; null at the end.
    pub next_cursor: Option<String>,
}

impl<T> PageOf<T> {
    /// A page, each item as clients see it.
    pub fn of<U>(page: Page<U>, view: impl Fn(U) -> T) -> Self {
        Self {
            items: page.items.into_iter().map(view).collect(),
            next_cursor: page.next.map(|cursor| cursor.encode()),
        }
    }
}
