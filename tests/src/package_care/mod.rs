//! What is done for packages that were sold.

mod adjust;
mod extend;
mod freeze;
mod members;
mod refund;
mod repeated;
mod top_up;
mod transfer;
mod void;

use serde_json::{Value, json};

use crate::harness::{Call, Salon, lira};

/// A request to do something for a package, under a key of its own.
pub(crate) fn care(salon: &Salon, package: &str, verb: &str, body: Value) -> Call {
    let key = format!("{:x}", infra::random_128().unwrap());
    let path = format!("/v1/packages/{package}/{verb}");
    salon.world.post(&path, body).key(&key)
}

/// Ayşe's package of so many manicures for so many lira, which may be given and shared.
pub(crate) async fn sold(salon: &Salon, quantity: u64, price: u64) -> String {
    salon.sell_as(template(salon, quantity, price)).await
}

pub(crate) fn template(salon: &Salon, quantity: u64, price: u64) -> Value {
    json!({
        "name": "Paket", "kind": "visits", "quantity": quantity, "price": lira(price * 100),
        "services": [{"service_id": salon.manicure}], "transferable": true, "max_members": 2,
        "validity": {"count": 30, "unit": "days"},
    })
}

/// (granted, available, worth) of the only pool of a package.
fn granted(package: &Value) -> (u64, u64, u64) {
    let pool = &package["pools"][0];
    let number = |value: &Value| value.as_u64().unwrap();
    (
        number(&pool["granted"]),
        number(&pool["available"]),
        number(&pool["worth"]["amount_minor"]),
    )
}
