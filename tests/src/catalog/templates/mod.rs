//! Package templates.

mod archive;
mod contents;
mod create;
mod edit;
mod kinds;
mod list;
mod shop;

use serde_json::{Value, json};

use crate::harness::{Salon, lira};

/// Ten manicures for six months.
fn visits(salon: &Salon) -> Value {
    json!({
        "name": "10 Manikür", "kind": "visits", "quantity": 10, "price": lira(500_000),
        "services": [{"service_id": salon.manicure}],
        "validity": {"count": 6, "unit": "months"},
    })
}

/// Credit for everything, for ever.
fn credit() -> Value {
    json!({"name": "Kredi", "kind": "credit", "credit": lira(100_000), "price": lira(90_000)})
}

fn with(mut body: Value, field: &str, value: Value) -> Value {
    body[field] = value;
    body
}

fn without(mut body: Value, field: &str) -> Value {
    body.as_object_mut().unwrap().remove(field);
    body
}
