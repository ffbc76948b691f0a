//! Services.

mod archive;
mod create;
mod edit;
mod list;

use serde_json::{Value, json};

use crate::harness::lira;

fn manicure() -> Value {
    json!({
        "name": "Manikür", "list_price": lira(60_000),
        "tax_basis_points": 2000, "duration_minutes": 45,
    })
}
