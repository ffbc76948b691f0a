//! What stands in the way, verb by verb.

use serde_json::json;

use super::missing::unsettled;
use super::{Sent, Stage, set};
use crate::harness::{Request, lira};

pub(super) async fn of(stage: &Stage<'_>, route: &str) -> Option<Sent> {
    if let Some(sent) = of_pipeline(stage, route).await {
        return Some(sent);
    }
    let business = stage.business;
    let valid = stage.valid(route).await;
    let request = match route {
        _ if route.starts_with("GET /v1/reports/") => return Some(unsettled(stage, &valid)),
        "POST /v1/imports/packages" => return Some(unsettled(stage, &valid)),
        "POST /v1/bookings" | "POST /v1/redemption-quotes" => {
            let services = json!([{"service_id": stage.archived_service().await}]);
            set(valid, "services", services)
        }
        "POST /v1/bookings/series" => {
            let mut request = valid;
            let services = json!([{"service_id": stage.archived_service().await}]);
            request.body.as_mut().unwrap()["appointments"][0]["services"] = services;
            request
        }
        "POST /v1/bookings/{id}/cancel"
        | "POST /v1/bookings/{id}/reschedule"
        | "POST /v1/bookings/{id}/redeem"
        | "POST /v1/bookings/{id}/no-show" => Request {
            body: valid.body,
            ..stage.resolved(route, "complete").await
        },
        "POST /v1/bookings/{id}/complete" => Request {
            body: valid.body,
            ..stage.resolved(route, "cancel").await
        },
        "POST /v1/bookings/{id}/reverse" => {
            let booking = business.new_booking(&business.one).await;
            Request {
                body: valid.body,
                ..Request::new(route).at(&booking)
            }
        }
        "POST /v1/package-templates" | "PUT /v1/package-templates/{id}" => {
            let services = json!([{"service_id": stage.archived_service().await}]);
            set(valid, "services", services)
        }
        "POST /v1/services/{id}/archive" => Request::new(route).at(&business.service),
        "POST /v1/customers" | "PATCH /v1/customers/{id}" => {
            let taken = stage.email(&business.another.id).await;
            set(valid, "email", taken)
        }
        "POST /v1/me/claim" => {
            let taken = stage.email(&business.one.id).await;
            let second = stage.world().customer_token("a-second-account", &taken);
            return Some(stage.by(&second, &valid));
        }
        "POST /v1/me/packages" => {
            let template = "POST /v1/package-templates";
            let body = set(stage.valid(template).await, "online", false).body;
            let template = stage.made(template, body.unwrap()).await;
            set(valid, "template_id", template)
        }
        "POST /v1/packages" => set(valid, "template_id", stage.archived_template().await),
        "POST /v1/packages/{id}/accept" | "POST /v1/packages/{id}/decline" => {
            stage.about(route, valid, &stage.package().await)
        }
        "POST /v1/packages/{id}/payments" => set(valid, "amount", lira(999_999_999)),
        "POST /v1/packages/{id}/payments/{entry_id}/return" => stage.cash(route, valid).await,
        "POST /v1/packages/{id}/refunds" => stage.outdated(valid).await,
        "POST /v1/packages/{id}/renewal" => stage.about(route, valid, &stage.package().await),
        _ if route.starts_with("POST /v1/packages/{id}/") && !route.contains("debits") => {
            stage.about(route, valid, &stage.voided().await)
        }
        "PUT /v1/customers/{id}/mandate" => {
            let erased = stage.erased().await;
            let request = Request::new(route).at(&erased);
            Request {
                body: valid.body,
                ..request
            }
        }
        "POST /v1/collections" => return Some(unsettled(stage, &valid)),
        _ => return None,
    };
    Some(stage.by_sender(route, &request))
}

async fn of_pipeline(stage: &Stage<'_>, route: &str) -> Option<Sent> {
    let business = stage.business;
    let request = match route {
        "GET /v1/opportunities" => {
            return Some(unsettled(stage, &Request::new(route).query("rotting=true")));
        }
        "POST /v1/opportunities" => set(
            stage.valid(route).await,
            "customer_id",
            stage.erased().await,
        ),
        "POST /v1/opportunities/{id}/duplicate" => {
            let name = json!({"name": "Elif Demir"});
            let customer = stage.made("POST /v1/customers", name).await;
            let body = json!({"customer_id": customer, "title": "x", "estimate": lira(1)});
            let opportunity = stage.made("POST /v1/opportunities", body).await;
            stage.erase(&customer).await;
            Request::new(route).at(&opportunity)
        }
        "PATCH /v1/opportunities/{id}"
        | "POST /v1/opportunities/{id}/stage"
        | "POST /v1/opportunities/{id}/close"
        | "POST /v1/opportunities/{id}/suspend"
        | "POST /v1/opportunities/{id}/lines" => {
            let request = Request::new(route).at(&stage.lost().await).if_match(2);
            Request {
                body: stage.valid(route).await.body,
                ..request
            }
        }
        "POST /v1/opportunities/{id}/quotes" => {
            let request = Request::new(route).at(&stage.lost().await);
            Request {
                body: stage.valid(route).await.body,
                ..request
            }
        }
        "POST /v1/opportunities/{id}/resume" | "POST /v1/opportunities/{id}/reopen" => {
            let opportunity = business.new_opportunity(&business.one).await;
            let request = Request::new(route).at(&opportunity).if_match(1);
            Request {
                body: stage.valid(route).await.body,
                ..request
            }
        }
        "POST /v1/opportunities/{id}/assign" => stage.counted(route).await,
        "POST /v1/opportunities/{id}/quota" => {
            let opportunity = business.new_opportunity(&business.one).await;
            let request = Request::new(route).at(&opportunity).if_match(1);
            Request {
                body: stage.valid(route).await.body,
                ..request
            }
        }
        "POST /v1/opportunities/{id}/links" => {
            let request = stage.valid(route).await;
            set(request, "customer_id", business.one.id.as_str())
        }
        "DELETE /v1/opportunities/{id}/links/{party_id}" => stage.needed_link().await,
        "POST /v1/opportunities/{id}/activities" => {
            let mut request = stage.valid(route).await;
            request
                .body
                .as_mut()
                .unwrap()
                .as_object_mut()
                .unwrap()
                .remove("link");
            set(
                request,
                "with",
                json!([{"customer_id": business.another.id}]),
            )
        }
        "PATCH /v1/opportunities/{id}/activities/{activity_id}"
        | "POST /v1/opportunities/{id}/activities/{activity_id}/complete" => {
            stage.activity(route, "cancel").await
        }
        "POST /v1/opportunities/{id}/activities/{activity_id}/cancel" => {
            stage.activity(route, "complete").await
        }
        "PUT /v1/quotes/{id}" => stage.quote(route, &["send"]).await.if_match(2),
        "POST /v1/quotes/{id}/send" => stage.quote(route, &["send", "withdraw"]).await,
        "POST /v1/quotes/{id}/withdraw" => stage.quote(route, &["send", "reject"]).await,
        "POST /v1/quotes/{id}/accept"
        | "POST /v1/quotes/{id}/reject"
        | "POST /v1/quotes/{id}/primary"
        | "POST /v1/quotes/{id}/revise" => stage.quote(route, &[]).await,
        "PUT /v1/quotas/{id}" => set(stage.valid(route).await, "representative_id", "another"),
        "POST /v1/quotas/{id}/close" => {
            let mut body = stage.valid("POST /v1/quotas").await.body.unwrap();
            body["to"] = json!("2026-12-31");
            Request::new(route).at(&stage.made("POST /v1/quotas", body).await)
        }
        "POST /v1/stage-schemes" => return Some(stage.one_more_scheme(route).await),
        "PUT /v1/stage-schemes/{id}" => stage.other_phase(route).await,
        "POST /v1/stage-schemes/{id}/archive" => return Some(stage.last_scheme(route).await),
        _ => return None,
    };
    Some(stage.by_sender(route, &request))
}
