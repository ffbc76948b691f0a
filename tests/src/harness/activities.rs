//! Requests about opportunities' activities and journals that succeed.

use serde_json::{Value, json};

use super::{Business, Holder, Request, id, lira};

/// Who answers for the opportunities: the sales of the table of rights.
const REPRESENTATIVE: &str = "sales";

impl Business<'_> {
    /// A request of a route about activities, or about what happened to opportunities; none for any
    /// other route.
    pub(super) async fn activity_request(&self, route: &str, of: &Holder) -> Option<Request> {
        let (plain, way) = route.split_once(" (").unwrap_or((route, ""));
        let request = Request::new(plain);
        Some(match plain {
            "POST /v1/opportunities/{id}/activities" => {
                let opportunity = self.opportunity_of_sales(&of.id).await;
                let body = match way {
                    "planned)" => self.planned(),
                    _ => json!({
                        "kind": "call", "subject": "Arama", "text": "Fiyatı konuştuk",
                        "done_at": "2026-11-22T07:30:00Z", "with": [{"customer_id": of.id}],
                        "link": {"role": "decision-maker"},
                    }),
                };
                request
                    .at(&opportunity)
                    .header("idempotency-key", self.fresh("key"))
                    .body(body)
            }
            "GET /v1/opportunities/{id}/activities" | "GET /v1/opportunities/{id}/journal" => {
                let (opportunity, _) = self.new_activity(of).await;
                request.at(&opportunity)
            }
            "PATCH /v1/opportunities/{id}/activities/{activity_id}" => {
                let (opportunity, activity) = self.new_activity(of).await;
                let body = json!({
                    "assignee_id": "somebody", "due_at": "2026-11-25T10:00:00Z",
                    "remind_at": "2026-11-25T09:00:00Z", "subject": "Tekrar ara", "text": "Öğleden sonra",
                });
                Request::new(&plain.replace("{activity_id}", &activity))
                    .at(&opportunity)
                    .if_match(1)
                    .body(body)
            }
            "POST /v1/opportunities/{id}/activities/{activity_id}/complete" => {
                let (opportunity, activity) = self.new_activity(of).await;
                let body = json!({"text": "Tamam", "done_at": "2026-11-22T07:30:00Z"});
                Request::new(&plain.replace("{activity_id}", &activity))
                    .at(&opportunity)
                    .body(body)
            }
            "POST /v1/opportunities/{id}/activities/{activity_id}/cancel" => {
                let (opportunity, activity) = self.new_activity(of).await;
                Request::new(&plain.replace("{activity_id}", &activity)).at(&opportunity)
            }
            "GET /v1/activities" => request,
            "GET /v1/customers/{id}/opportunities" => {
                self.new_activity(of).await;
                request.at(&of.id)
            }
            _ => return None,
        })
    }

    fn planned(&self) -> Value {
        json!({
            "kind": "task", "subject": "Ara", "text": "Sabah", "due_at": "2026-11-24T10:00:00Z",
            "remind_at": "2026-11-24T09:00:00Z", "assignee_id": REPRESENTATIVE,
        })
    }

    /// A new opportunity of a customer; its id.
    pub(super) async fn opportunity_of_sales(&self, customer: &str) -> String {
        let body = json!({
            "customer_id": customer, "title": "Gelin paketi", "description": "Haziran",
            "estimate": lira(500_000), "representative_id": REPRESENTATIVE,
        });
        id(&self.sent("POST /v1/opportunities", body).await)
    }

    /// A new opportunity of a customer with something to do; the ids of both.
    async fn new_activity(&self, of: &Holder) -> (String, String) {
        self.planned_for(&of.id).await
    }

    pub(super) async fn planned_for(&self, customer: &str) -> (String, String) {
        let opportunity = self.opportunity_of_sales(customer).await;
        let route = format!("POST /v1/opportunities/{opportunity}/activities");
        let activity = id(&self.sent(&route, self.planned()).await);
        (opportunity, activity)
    }
}
