//! What pages of other origins may do, as the template says.

use axum::http::{HeaderName, Method};
use serde_norway::Value;

/// The API's CORS configuration, without its origins: locally any origin may call.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cors {
    /// Methods that may be used.
    pub allow_methods: Vec<Method>,
    /// Headers that may be sent.
    pub allow_headers: Vec<HeaderName>,
    /// Headers that may be read.
    pub expose_headers: Vec<HeaderName>,
    /// How long a preflight's answer may be kept.
    pub max_age_seconds: u64,
}

pub(super) fn read_cors(cors: &Value) -> Result<Cors, String> {
    Ok(Cors {
        allow_methods: names(cors, "AllowMethods")?,
        allow_headers: names(cors, "AllowHeaders")?,
        expose_headers: names(cors, "ExposeHeaders")?,
        max_age_seconds: cors.get("MaxAge").and_then(Value::as_u64).unwrap_or(0),
    })
}

fn names<T: std::str::FromStr>(cors: &Value, list: &str) -> Result<Vec<T>, String> {
    let listed = cors
        .get(list)
        .and_then(Value::as_sequence)
        .into_iter()
        .flatten();
    listed
        .map(|name| {
            let parsed = name.as_str().and_then(|name| name.parse().ok());
            parsed
                .ok_or_else(|| format!("CorsConfiguration's {list} has something other than names"))
        })
        .collect()
}
