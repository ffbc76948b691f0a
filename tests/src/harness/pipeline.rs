//! Requests of the pipeline that succeed.

use serde_json::{Value, json};

use super::{Business, Holder, Request, id, lira};

impl Business<'_> {
    /// A request of a route of the pipeline; none for any other route.
    pub(super) async fn pipeline_request(&self, route: &str, of: &Holder) -> Option<Request> {
        let (plain, way) = route.split_once(" (").unwrap_or((route, ""));
        let request = Request::new(plain);
        Some(match plain {
            "GET /v1/opportunities"
            | "GET /v1/settings/pipeline"
            | "GET /v1/stage-schemes"
            | "GET /v1/companies" => request,
            "POST /v1/opportunities" => request.body(self.opportunity(of)),
            "GET /v1/opportunities/{id}" => request.at(&self.new_opportunity(of).await),
            "POST /v1/opportunities/{id}/duplicate" => request.at(&self.new_opportunity(of).await),
            "PATCH /v1/opportunities/{id}" => {
                let body = json!({
                    "title": "Another one", "forecast": "commit", "recurs": {"every_months": 6},
                });
                self.change(request, of).await.body(body)
            }
            "POST /v1/opportunities/{id}/stage" => {
                self.change(request, of).await.body(json!({"stage": 2}))
            }
            "POST /v1/opportunities/{id}/close" => {
                let body = json!({"outcome": "lost", "reason": "price", "note": "Too much."});
                self.change(request, of).await.body(body)
            }
            "POST /v1/opportunities/{id}/suspend" => {
                let body = json!({"resume_on": "2027-01-15"});
                self.change(request, of).await.body(body)
            }
            "POST /v1/opportunities/{id}/resume" => {
                let body = json!({"resume_on": "2027-01-15"});
                let opportunity = self.after("suspend", body, of).await;
                request.at(&opportunity).if_match(2)
            }
            "POST /v1/opportunities/{id}/reopen" => {
                let opportunity = self.after("close", json!({"outcome": "won"}), of).await;
                let body = json!({"reason": "mistake", "stage": 1});
                request.at(&opportunity).if_match(2).body(body)
            }
            "POST /v1/opportunities/{id}/assign" => {
                let body = json!({"representative_id": "somebody-else"});
                self.change(request, of).await.body(body)
            }
            "POST /v1/opportunities/{id}/lines" => {
                let body = json!({"lines": [self.line()]});
                self.change(request, of).await.body(body)
            }
            "POST /v1/opportunities/{id}/links" if way == "company)" => {
                let company = self.new_company().await;
                let body = json!({"company_id": company, "role": "venue"});
                self.change(request, of).await.body(body)
            }
            "POST /v1/opportunities/{id}/links" => {
                let link = self.link().await;
                self.change(request, of).await.body(link)
            }
            "DELETE /v1/opportunities/{id}/links/{party_id}" => {
                let link = self.link().await;
                let path = plain.replace("{party_id}", link["customer_id"].as_str().unwrap());
                let opportunity = self.after("links", link, of).await;
                Request::new(&path).at(&opportunity).if_match(2)
            }
            "PUT /v1/settings/pipeline" => {
                let body = json!({
                    "lost_reasons": [{"code": "price", "name": "Too expensive"}],
                    "abandoned_reasons": [{"code": "no-contact", "name": "Never reached"}],
                    "reopen_reasons": [{"code": "mistake", "name": "By mistake"}],
                });
                let read = self.world.get("/v1/settings/pipeline").by(&self.owner);
                let etag = read.send().await.etag;
                match etag {
                    Some(etag) => request.header("if-match", etag),
                    None => request,
                }
                .body(body)
            }
            "POST /v1/stage-schemes" => request.body(self.scheme()),
            "GET /v1/stage-schemes/{id}" | "POST /v1/stage-schemes/{id}/archive" => {
                request.at(&self.new_scheme().await)
            }
            "PUT /v1/stage-schemes/{id}" => {
                let request = request.at(&self.new_scheme().await);
                request.if_match(1).body(self.scheme())
            }
            "POST /v1/companies" => request.body(company()),
            "GET /v1/companies/{id}" => request.at(&self.new_company().await),
            "PUT /v1/companies/{id}" => {
                let body = json!({"name": "Düğün Evi", "tax_id": "1234567890"});
                let request = request.at(&self.new_company().await);
                request.if_match(1).body(body)
            }
            _ => return None,
        })
    }

    /// A change of a new opportunity, which nobody has changed.
    async fn change(&self, request: Request, of: &Holder) -> Request {
        request.at(&self.new_opportunity(of).await).if_match(1)
    }

    fn line(&self) -> Value {
        json!({"service_id": self.service, "quantity": 2, "discount": {"percent": 10}})
    }

    fn opportunity(&self, of: &Holder) -> Value {
        json!({
            "customer_id": of.id, "title": "Gelin paketi", "estimate": lira(900_000),
            "scheme_id": "sch_00000000000000000000000000", "lines": [self.line()],
            "tags": ["bridal"], "recurs": {"every_months": 12},
        })
    }

    /// A new opportunity, which the owner works on; its id.
    pub(crate) async fn new_opportunity(&self, of: &Holder) -> String {
        let body = self.opportunity(of);
        id(&self.sent("POST /v1/opportunities", body).await)
    }

    /// A new opportunity that something was done to; its id.
    async fn after(&self, verb: &str, body: Value, of: &Holder) -> String {
        let opportunity = self.new_opportunity(of).await;
        let route = format!("POST /v1/opportunities/{opportunity}/{verb}");
        let done = Request::new(&route).if_match(1).body(body);
        done.call(self.world).by(&self.owner).ok().await;
        opportunity
    }

    /// A link to a new person.
    async fn link(&self) -> Value {
        let name = json!({"name": "Elif Demir"});
        let person = id(&self.sent("POST /v1/customers", name).await);
        json!({"customer_id": person, "role": "mother", "primary": true})
    }

    fn scheme(&self) -> Value {
        json!({
            "name": self.fresh("Scheme"),
            "stages": [{
                "name": "New", "phase": "pre_win", "probability_percent": 10,
                "forecast": "pipeline", "rotting_days": 7, "requires": ["amount"],
            }, {
                "name": "Delivery", "phase": "post_win", "probability_percent": 100,
                "forecast": "commit", "reached_by": "first_capture",
            }],
        })
    }

    async fn new_scheme(&self) -> String {
        id(&self.sent("POST /v1/stage-schemes", self.scheme()).await)
    }

    pub(crate) async fn new_company(&self) -> String {
        id(&self.sent("POST /v1/companies", company()).await)
    }
}

fn company() -> Value {
    json!({
        "name": "Gelin Evi Ltd.", "email": "info@example.com", "phone": "+90 212 000 00 00",
        "note": "Two rooms.",
    })
}
