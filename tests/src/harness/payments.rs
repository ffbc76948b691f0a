//! Requests about payments, mandates and collections that succeed.

use serde_json::{Value, json};

use super::{Business, Holder, Request, id, lira};

/// The next first of a month.
const FIRST: &str = "2026-12-01";

impl Business<'_> {
    /// A request of a route about money that was or will be paid; none for any other route.
    pub(super) async fn payment_request(&self, route: &str, of: &Holder) -> Option<Request> {
        let (plain, way) = route.split_once(" (").unwrap_or((route, ""));
        let request = Request::new(plain);
        Some(match plain {
            "GET /v1/packages/{id}/payments" => request.at(&of.package),
            "POST /v1/packages/{id}/payments" => {
                let request = self.payment(of);
                if way == "again)" {
                    request.call(self.world).by(&self.owner).ok().await;
                }
                request
            }
            "POST /v1/packages/{id}/payments/{entry_id}/return" => {
                // Of another package than the one the other requests are about: it is blocked by it.
                let of = &self.with_another_package(of).await;
                let paid = self.payment(of).call(self.world).by(&self.owner).ok().await;
                let entry = paid["payment"]["entry_id"].as_str().unwrap();
                let request = Request::new(&plain.replace("{entry_id}", entry));
                let body = json!({"customer_id": of.id, "reason": "AM04"});
                request.at(&of.package).body(body)
            }
            "POST /v1/packages/{id}/debits/{debit_id}/reject" => {
                let collected = self.collection(of, Request::new("POST /v1/collections"));
                let collected = collected.await.call(self.world).by(&self.owner).ok().await;
                let debit = &collected["debits"][0];
                let path = plain.replace("{debit_id}", debit["end_to_end_id"].as_str().unwrap());
                let body = json!({"customer_id": debit["customer_id"], "reason": "AC04"});
                let package = debit["package_id"].as_str().unwrap();
                Request::new(&path).at(package).body(body)
            }
            "GET /v1/customers/{id}/mandate" => request.at(&of.id),
            "PUT /v1/customers/{id}/mandate" => self.mandate(of).await,
            "DELETE /v1/customers/{id}/mandate" => {
                self.sign(of).await;
                request.at(&of.id)
            }
            "GET /v1/settings/creditor" => {
                self.creditor().await;
                request
            }
            "PUT /v1/settings/creditor" => {
                let version = self.creditor().await;
                request.if_match(version).body(creditor())
            }
            "POST /v1/collections" => self.collection(of, request).await,
            _ => return None,
        })
    }

    fn payment(&self, of: &Holder) -> Request {
        let body = json!({
            "customer_id": of.id, "amount": lira(100), "method": "card", "reference": "R-1",
        });
        let request = Request::new("POST /v1/packages/{id}/payments").at(&of.package);
        request
            .header("idempotency-key", self.fresh("key"))
            .body(body)
    }

    async fn etag(&self, path: &str) -> Option<u64> {
        let answer = self.world.get(path).by(&self.owner).send().await;
        answer.etag?.trim_matches('"').parse().ok()
    }

    /// Another mandate than the one there is.
    async fn mandate(&self, of: &Holder) -> Request {
        let version = self.etag(&format!("/v1/customers/{}/mandate", of.id)).await;
        let body = json!({
            "reference": self.fresh("M"), "iban": "DE89 3704 0044 0532 0130 00",
            "bic": "COBADEFFXXX", "holder": "Hesap Sahibi", "signed_on": "2026-11-20",
        });
        let request = Request::new("PUT /v1/customers/{id}/mandate").at(&of.id);
        match version {
            Some(version) => request.if_match(version).body(body),
            None => request.body(body),
        }
    }

    async fn sign(&self, of: &Holder) {
        let request = self.mandate(of).await;
        request.call(self.world).by(&self.owner).ok().await;
    }

    /// There is one; its version.
    async fn creditor(&self) -> u64 {
        if let Some(version) = self.etag("/v1/settings/creditor").await {
            return version;
        }
        self.sent("PUT /v1/settings/creditor", creditor()).await;
        1
    }

    /// A collection of one debit.
    async fn collection(&self, of: &Holder, request: Request) -> Request {
        self.creditor().await;
        self.sign(of).await;
        let dry = json!({"collect_on": FIRST, "dry_run": true});
        let due = self.sent("POST /v1/collections", dry).await;
        if due["debits"].as_array().unwrap().is_empty() {
            self.sell_in_instalments(of).await;
        }
        let body = json!({"collect_on": FIRST, "dry_run": false});
        request
            .header("idempotency-key", self.fresh("key"))
            .body(body)
    }

    async fn sell_in_instalments(&self, of: &Holder) {
        let mut template = self.template_body();
        template["price"] = json!({"amount_minor": 120_000, "currency": "EUR"});
        template["instalments"] = json!({"count": 2, "monthly_day": 1, "direct_debit": true});
        let template = id(&self.sent("POST /v1/package-templates", template).await);
        self.sell(of, &template).await;
    }

    async fn with_another_package(&self, of: &Holder) -> Holder {
        Holder {
            package: self.sell(of, &self.template).await,
            ..of.clone()
        }
    }

    pub(super) async fn sell(&self, of: &Holder, template: &str) -> String {
        let sale = json!({"customer_id": of.id, "template_id": template});
        let sale = Request::new("POST /v1/packages").body(sale);
        let sale = sale.header("idempotency-key", self.fresh("key"));
        id(&sale.call(self.world).by(&self.owner).ok().await)
    }
}

fn creditor() -> Value {
    json!({
        "name": "Gül Güzellik GmbH", "iban": "DE89370400440532013000",
        "bic": "COBADEFFXXX", "creditor_id": "DE98ZZZ09999999999",
    })
}
