//! Requests about quotas and renewals that succeed.

use serde_json::{Value, json};

use super::business::BEGUN;
use super::{Business, Holder, Request, id, lira};

impl Business<'_> {
    /// A request of a route about quotas and renewals; none for any other route.
    pub(super) async fn quota_request(&self, route: &str, of: &Holder) -> Option<Request> {
        let request = Request::new(route);
        Some(match route {
            "GET /v1/quotas" => request,
            "POST /v1/quotas" => request.body(quota_body("sales")),
            "POST /v1/quotas (count)" => {
                let mut body = quota_body("sales");
                body.as_object_mut().unwrap().remove("target_amount");
                body["target_count"] = json!(5);
                Request::new("POST /v1/quotas").body(body)
            }
            "GET /v1/quotas/{id}" => request.at(&self.new_quota("sales").await),
            "PUT /v1/quotas/{id}" => request
                .at(&self.new_quota("sales").await)
                .if_match(1)
                .body(quota_body("sales")),
            "POST /v1/quotas/{id}/close" => request.at(&self.new_quota("sales").await),
            "POST /v1/opportunities/{id}/quota" => self.linking(of).await,
            "POST /v1/opportunities/{id}/quota (none)" => {
                let linking = self.linking(of).await;
                let linked = linking.clone().call(self.world).by(&self.owner);
                let linked = id(&linked.ok().await);
                let request = Request::new("POST /v1/opportunities/{id}/quota");
                let none = json!({"quota_id": null});
                request.at(&linked).if_match(2).body(none)
            }
            "POST /v1/packages/{id}/renewal" => {
                let body = json!({"representative_id": "sales"});
                request.at(&self.half_used(of).await).body(body)
            }
            _ => return None,
        })
    }

    /// That a new opportunity counts for a new quota.
    async fn linking(&self, of: &Holder) -> Request {
        let body = json!({
            "customer_id": of.id, "title": "Gelin", "estimate": lira(1000),
            "representative_id": "sales",
        });
        let opened = id(&self.sent("POST /v1/opportunities", body).await);
        let body = json!({"quota_id": self.new_quota("sales").await});
        let request = Request::new("POST /v1/opportunities/{id}/quota");
        request.at(&opened).if_match(1).body(body)
    }

    /// A quota whose last day is over; its id.
    async fn new_quota(&self, representative: &str) -> String {
        id(&self
            .sent("POST /v1/quotas", quota_body(representative))
            .await)
    }

    /// A package of four visits, two of which are used today; its id.
    async fn half_used(&self, of: &Holder) -> String {
        let mut template = self.template_body();
        template["quantity"] = json!(4);
        let template = id(&self.sent("POST /v1/package-templates", template).await);
        let package = self.sell(of, &template).await;
        for _ in 0..2 {
            self.used_once(of, &package).await;
        }
        package
    }

    /// A visit of a package is used today.
    pub(crate) async fn used_once(&self, of: &Holder, package: &str) {
        let services = json!([{"service_id": self.service}]);
        let walk_in = json!({"services": services, "starts_at": BEGUN, "pay_with": [package]});
        let route = format!("POST /v1/bookings/{}/complete", self.fresh("walk-in"));
        let body = json!({"customer_id": of.id, "walk_in": walk_in});
        self.sent(&route, body).await;
    }
}

fn quota_body(representative: &str) -> Value {
    json!({
        "name": "Ekim 2026", "representative_id": representative,
        "from": "2026-10-01", "to": "2026-10-31", "target_amount": lira(100_000),
    })
}
