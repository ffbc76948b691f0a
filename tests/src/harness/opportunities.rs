//! Requests about opportunities that succeed.

use serde_json::json;

use super::{Business, Holder, Request, lira};

impl Business<'_> {
    /// A request of a route about opportunities; none for any other route.
    pub(super) async fn opportunity_request(&self, route: &str, of: &Holder) -> Option<Request> {
        let (plain, _) = route.split_once(" (").unwrap_or((route, ""));
        let request = Request::new(plain);
        Some(match plain {
            "GET /v1/opportunities" => request,
            "POST /v1/opportunities" => {
                request
                    .header("idempotency-key", self.fresh("key"))
                    .body(json!({
                        "customer_id": of.id, "title": "Gelin paketi", "estimate": lira(500_000),
                    }))
            }
            "GET /v1/opportunities/{id}" => request.at(&self.new_opportunity(&of.id).await),
            "PATCH /v1/opportunities/{id}" => request
                .at(&self.new_opportunity(&of.id).await)
                .if_match(1)
                .body(json!({"title": "Nişan paketi"})),
            "POST /v1/opportunities/{id}/stage" => request
                .at(&self.new_opportunity(&of.id).await)
                .if_match(1)
                .body(json!({"stage": 2})),
            _ => return None,
        })
    }
}
