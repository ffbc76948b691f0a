//! Selling packages.

mod accept;
mod apply_to;
mod buy;
mod decline;
mod get;
mod given_back;
mod list;
mod offer;
mod payments;
mod refused;
mod sell;
mod terms;

use serde_json::{Value, json};

use crate::harness::{Call, Salon, id};

/// Offers Ayşe a template, with these fields beside; the package.
async fn offered(salon: &Salon, template: &str, fields: Value) -> String {
    let mut body = json!({"customer_id": salon.ayse, "template_id": template, "offer": {}});
    for (name, value) in fields.as_object().unwrap() {
        body[name] = value.clone();
    }
    let key = format!("{:x}", infra::random_128().unwrap());
    id(&salon.world.post("/v1/packages", body).key(&key).ok().await)
}

/// Accepts or declines an offer, under the key `verb`.
fn answer(salon: &Salon, package: &str, verb: &str) -> Call {
    let path = format!("/v1/packages/{package}/{verb}");
    let body = json!({"customer_id": salon.ayse});
    salon.world.post(&path, body).key(verb)
}
