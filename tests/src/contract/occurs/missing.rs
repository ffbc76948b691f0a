//! What is not there, although the path names nothing.

use local::Role;
use serde_json::json;

use super::{Sent, Stage, set};
use crate::harness::Request;

pub(super) async fn of(stage: &Stage<'_>, route: &str) -> Option<Sent> {
    let nobody = "cus_01JD2Y3Z4A5B6C7D8E9F0G1H2J";
    let valid = stage.valid(route).await;
    let unregistered = |sub: &str| {
        let email = format!("{sub}@example.com");
        stage.world().customer_token(sub, &email)
    };
    let request = match route {
        "POST /v1/bookings"
        | "POST /v1/bookings/series"
        | "POST /v1/redemption-quotes"
        | "POST /v1/packages"
        | "POST /v1/opportunities" => set(valid, "customer_id", nobody),
        "POST /v1/me/packages" => set(valid, "template_id", "tpl_01JD2Y3Z4A5B6C7D8E9F0G1H2J"),
        "POST /v1/package-templates" => {
            let services = json!([{"service_id": "svc_01JD2Y3Z4A5B6C7D8E9F0G1H2J"}]);
            set(valid, "services", services)
        }
        "POST /v1/me/claim" | "GET /v1/me" | "GET /v1/me/wallet" => {
            return Some(stage.by(&unregistered("nobody"), &valid));
        }
        "GET /v1/settings" | "GET /v1/settings/creditor" => return Some(unsettled(stage, &valid)),
        "GET /v1/opportunities" => return Some(unsettled(stage, &valid.query("stage=1"))),
        _ => return None,
    };
    Some(stage.by_sender(route, &request))
}

/// By the owner of a business that has not said how it works.
pub(super) fn unsettled(stage: &Stage<'_>, request: &Request) -> Sent {
    let business = format!("{}-unsettled", stage.business.id);
    stage.by(&stage.world().token_of(&business, Role::Owner), request)
}
