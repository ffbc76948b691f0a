//! Settings.

mod get;
mod put;

use serde_json::{Value, json};

fn settings(name: &str) -> Value {
    json!({
        "name": name, "time_zone": "Europe/Bucharest",
        "deduct_at": "completion", "no_show": "release",
    })
}
