//! Taking an event.

use serde_json::Value;

use crate::App;
use crate::bus_function::{Rejected, Taken};

/// Takes an event by what it is.
pub(super) fn take(_: &App, event: Value) -> Taken<'_> {
    Box::pin(async move {
        let kind = event.get("detail-type").and_then(Value::as_str);
        Err(Rejected::new(
            "unknown-event",
            format!(
                "no event {} is taken",
                kind.unwrap_or("without a detail-type")
            ),
        ))
    })
}
