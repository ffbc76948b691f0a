//! Requests about quotes that succeed.

use serde_json::{Value, json};

use super::{Business, Holder, Request, id, lira};

impl Business<'_> {
    /// A request of a route about quotes; none for any other route.
    pub(super) async fn quote_request(&self, route: &str, of: &Holder) -> Option<Request> {
        let (plain, way) = route.split_once(" (").unwrap_or((route, ""));
        let request = Request::new(plain);
        let draft = self.quote_body();
        Some(match plain {
            "GET /v1/opportunities/{id}/quotes" => {
                let opportunity = self.quoted_opportunity(of).await;
                self.drafted(&opportunity, draft).await;
                request.at(&opportunity)
            }
            "POST /v1/opportunities/{id}/quotes" => {
                let opportunity = self.quoted_opportunity(of).await;
                let body = match way {
                    "own lines)" => json!({}),
                    _ => draft,
                };
                request.at(&opportunity).body(body)
            }
            "PUT /v1/quotes/{id}" => {
                let opportunity = self.quoted_opportunity(of).await;
                let quote = self.drafted(&opportunity, draft.clone()).await;
                request.at(&quote).if_match(1).body(draft)
            }
            "POST /v1/quotes/{id}/send" => {
                let opportunity = self.quoted_opportunity(of).await;
                request.at(&self.drafted(&opportunity, draft).await)
            }
            "POST /v1/quotes/{id}/primary" => {
                let opportunity = self.quoted_opportunity(of).await;
                self.sent_quote(&opportunity, draft.clone()).await;
                request.at(&self.sent_quote(&opportunity, draft).await)
            }
            "POST /v1/quotes/{id}/accept" => {
                let opportunity = self.quoted_opportunity(of).await;
                self.drafted(&opportunity, draft.clone()).await;
                let draft = match way {
                    "services alone)" => json!({"lines": [{"service_id": self.service}]}),
                    _ => draft,
                };
                request.at(&self.sent_quote(&opportunity, draft).await)
            }
            "GET /v1/quotes/{id}"
            | "POST /v1/quotes/{id}/revise"
            | "POST /v1/quotes/{id}/withdraw"
            | "POST /v1/quotes/{id}/reject" => {
                let opportunity = self.quoted_opportunity(of).await;
                request.at(&self.sent_quote(&opportunity, draft).await)
            }
            _ => return None,
        })
    }

    /// A package and a service, with everything that can be said of them.
    fn quote_body(&self) -> Value {
        json!({
            "lines": [
                {"template_id": self.template, "quantity": 2, "unit_price": lira(90_000),
                    "discount": {"percent": 10}},
                {"service_id": self.service, "discount": {"amount": lira(1_000)}},
            ],
            "valid_until": "2026-12-31",
            "deposit": {"amount": lira(50_000)},
            "instalments": {"count": 3, "monthly_day": 31},
            "note": self.fresh("Teklif"),
        })
    }

    /// An opportunity with a line, of whom the callers of the business named sales answer for.
    async fn quoted_opportunity(&self, of: &Holder) -> String {
        let body = json!({
            "customer_id": of.id, "title": self.fresh("Gelin"), "estimate": lira(100_000),
            "lines": [{"template_id": self.template}], "representative_id": "sales",
        });
        id(&self.sent("POST /v1/opportunities", body).await)
    }

    async fn drafted(&self, opportunity: &str, body: Value) -> String {
        let route = format!("POST /v1/opportunities/{opportunity}/quotes");
        id(&self.sent(&route, body).await)
    }

    async fn sent_quote(&self, opportunity: &str, body: Value) -> String {
        let quote = self.drafted(opportunity, body).await;
        let send = Request::new("POST /v1/quotes/{id}/send").at(&quote);
        send.call(self.world).by(&self.owner).ok().await;
        quote
    }
}
