//! Settings.

mod get;
mod put;

use serde_json::{Value, json};

fn settings(name: &str) -> Value {
    json!({
        "name": name, "time_zone": "Europe/Bucharest",
        "deduct_at": "completion", "no_show": "release",
        "late_cancel": {"forfeit_percent": 50}, "cancel_window_hours": 24,
        "return_grace_days": 7, "auto_apply": true, "expiring_days": [30, 7],
        "event_sources": ["bookings.example", "till.example"],
    })
}
