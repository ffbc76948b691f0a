//! For every route a request that succeeds.

use serde_json::{Value, json};

use super::business::BEGUN;
use super::{Business, Holder, Request, id, lira};

const TOMORROW: &str = "2026-11-23T10:00:00Z";

impl Business<'_> {
    async fn version(&self, path: &str) -> u64 {
        let answer = self.world.get(path).by(&self.owner).send().await;
        answer.etag.unwrap().trim_matches('"').parse().unwrap()
    }

    /// A request of this route about `of` that succeeds, whatever was sent before. What stands in
    /// parentheses after the route is another way to use it.
    pub(crate) async fn request(&self, route: &str, of: &Holder) -> Request {
        let (plain, way) = route.split_once(" (").unwrap_or((route, ""));
        let request = Request::new(plain);
        self.await_claims(plain).await;
        let services = json!([{"service_id": self.service}]);
        if let Some(request) = self.payment_request(route, of).await {
            return request;
        }
        if let Some(request) = self.pipeline_request(route, of).await {
            return request;
        }
        if let Some(request) = self.quote_request(route, of).await {
            return request;
        }
        if let Some(request) = self.quota_request(route, of).await {
            return request;
        }
        if let Some(request) = self.activity_request(route, of).await {
            return request;
        }
        match plain {
            "GET /v1/settings" | "GET /v1/services" | "GET /v1/package-templates" => request,
            "GET /v1/customers" | "GET /v1/journal" => request,
            "GET /v1/reports/liability"
            | "GET /v1/reports/roll-forward"
            | "GET /v1/reports/sales"
            | "GET /v1/reports/utilisation"
            | "GET /v1/reports/breakage"
            | "GET /v1/reports/pipeline"
            | "GET /v1/reports/forecast"
            | "GET /v1/reports/wins"
            | "GET /v1/reports/funnel"
            | "GET /v1/reports/representatives" => request,
            "GET /v1/packages" | "GET /v1/shop/package-templates" => request,
            "GET /v1/me" | "GET /v1/me/wallet" | "POST /v1/me/claim" => request,
            "PUT /v1/settings" => request
                .if_match(self.version("/v1/settings").await)
                .body(self.settings()),
            "GET /v1/services/{id}" => request.at(&self.service),
            "POST /v1/services" => request.body(self.service_body()),
            "PUT /v1/services/{id}" => request
                .at(&self.new_service().await)
                .if_match(1)
                .body(self.service_body()),
            "POST /v1/services/{id}/archive" => request.at(&self.new_service().await),
            "GET /v1/package-templates/{id}" => request.at(&self.template),
            "POST /v1/package-templates" if way == "credit)" => request.body(self.credit_body()),
            "POST /v1/package-templates" => request.body(self.template_body()),
            "PUT /v1/package-templates/{id}" => request
                .at(&self.new_template().await)
                .if_match(1)
                .body(self.template_body()),
            "POST /v1/package-templates/{id}/archive" => request.at(&self.new_template().await),
            "POST /v1/customers" => {
                let email = format!("{}@example.com", self.fresh("new"));
                request
                    .body(json!({"name": "Elif Demir", "email": email, "phone": "0212 000 00 00"}))
            }
            "PATCH /v1/customers/{id}" => request
                .at(&of.id)
                .if_match(self.version(&format!("/v1/customers/{}", of.id)).await)
                .body(json!({"phone": self.fresh("+90 212 000")})),
            "GET /v1/customers/{id}/wallet" if way == "shared)" => {
                self.share_with(of).await;
                request.at(&of.id)
            }
            "GET /v1/customers/{id}/wallet" if way == "as of)" => {
                request.at(&of.id).query("as_of=2026-11-22T08:00:00Z")
            }
            "GET /v1/customers/{id}"
            | "GET /v1/customers/{id}/wallet"
            | "GET /v1/customers/{id}/journal"
            | "GET /v1/customers/{id}/export" => request.at(&of.id),
            "POST /v1/customers/{id}/erase" => {
                let name = json!({"name": "Elif Demir"});
                let other = id(&self.sent("POST /v1/customers", name).await);
                self.planned_for(&other).await;
                request.at(&other).body(json!({"confirm": other}))
            }
            "POST /v1/imports/packages" => {
                let email = format!("{}@example.com", self.fresh("imported"));
                let head = "email,name,package,kind,quantity,price,currency,sold_on";
                let line = format!("{email},Elif Demir,Kredi,credit,900,800,TRY,2026-10-01");
                request.csv(format!("{head}\n{line}\n"))
            }
            "GET /v1/packages/{id}" | "GET /v1/packages/{id}/journal" => request.at(&of.package),
            "POST /v1/packages/{id}/accept" | "POST /v1/packages/{id}/decline" => request
                .at(&self.new_offer(of).await)
                .header("idempotency-key", self.fresh("key"))
                .body(json!({"customer_id": of.id})),
            "POST /v1/me/packages" => request
                .header("idempotency-key", self.fresh("key"))
                .body(json!({"template_id": self.template})),
            "POST /v1/packages" if way == "what is booked)" => {
                self.new_unpaid_booking(of).await;
                request
                    .header("idempotency-key", self.fresh("key"))
                    .body(json!({
                        "customer_id": of.id, "template_id": self.template,
                        "apply_to": "existing_bookings",
                    }))
            }
            "POST /v1/packages" if way == "terms)" => request
                .header("idempotency-key", self.fresh("key"))
                .body(json!({
                    "customer_id": of.id, "terms": self.template_body(),
                    "offer": {"until": "2026-12-31"}, "expires_on": "2027-12-31",
                })),
            "POST /v1/packages" => request
                .header("idempotency-key", self.fresh("key"))
                .body(json!({"customer_id": of.id, "template_id": self.template})),
            _ if plain.starts_with("POST /v1/packages/{id}/") => self.care(request, way, of).await,
            "POST /v1/bookings" | "POST /v1/redemption-quotes" => {
                let mut body = json!({
                    "starts_at": TOMORROW, "services": services, "pay_with": [of.package],
                });
                if way != "for oneself)" {
                    body["customer_id"] = json!(of.id);
                }
                if plain == "POST /v1/bookings" {
                    body["booking_id"] = json!(self.fresh("booking"));
                }
                request.body(body)
            }
            "POST /v1/bookings/{id}/complete" if way == "walk-in)" => {
                let walk_in = json!({"services": services, "starts_at": BEGUN, "pay_with": "auto"});
                let body = json!({"customer_id": of.id, "walk_in": walk_in});
                request.at(&self.fresh("walk-in")).body(body)
            }
            "GET /v1/bookings/{id}" => request.at(&self.new_booking(of).await),
            "POST /v1/bookings/{id}/reschedule" => request
                .at(&self.booked(of, TOMORROW, "auto").await)
                .body(json!({"customer_id": of.id, "starts_at": "2026-11-24T10:00:00Z"})),
            "POST /v1/bookings/{id}/cancel" => request
                .at(&self.booked(of, TOMORROW, "auto").await)
                .body(json!({"customer_id": of.id})),
            "POST /v1/bookings/{id}/complete" | "POST /v1/bookings/{id}/no-show" => request
                .at(&self.new_booking(of).await)
                .body(json!({"customer_id": of.id})),
            "POST /v1/bookings/series" => {
                let appointment = |starts_at: &str| {
                    let booking = self.fresh("booking");
                    json!({"booking_id": booking, "starts_at": starts_at, "services": services})
                };
                let mut body = json!({
                    "appointments": [appointment(TOMORROW), appointment(BEGUN)],
                    "pay_with": [of.package],
                });
                if way != "for oneself)" {
                    body["customer_id"] = json!(of.id);
                }
                request.body(body)
            }
            "POST /v1/bookings/{id}/redeem" => request
                .at(&self.new_unpaid_booking(of).await)
                .body(json!({"customer_id": of.id, "pay_with": [of.package]})),
            "POST /v1/bookings/{id}/reverse" => {
                let booking = self.new_booking(of).await;
                let route = format!("POST /v1/bookings/{booking}/complete");
                self.sent(&route, json!({})).await;
                request.at(&booking).body(json!({"customer_id": of.id}))
            }
            _ => panic!("{route} is new: say here how a request of it looks"),
        }
    }

    pub(super) fn settings(&self) -> Value {
        json!({
            "name": self.cast.name, "time_zone": "Europe/Istanbul",
            "deduct_at": "booking", "no_show": "forfeit",
        })
    }

    pub(super) fn service_body(&self) -> Value {
        json!({
            "name": self.cast.service, "list_price": lira(60_000),
            "tax_basis_points": 2000, "duration_minutes": 45,
        })
    }

    pub(super) fn template_body(&self) -> Value {
        json!({
            "name": format!("{} Paket", self.cast.service), "kind": "visits", "colour": "teal",
            "price": lira(100_000), "validity": {"count": 6, "unit": "months"},
            "quantity": 1000, "services": [{"service_id": self.service, "units": 1}],
            "online": true,
        })
    }

    pub(super) fn credit_body(&self) -> Value {
        json!({
            "name": "Kredi", "kind": "credit", "colour": "#00ff7f", "price": lira(90_000),
            "credit": lira(100_000), "validity": {"count": 1, "unit": "years"},
            "services": [{"service_id": self.service}],
        })
    }
}
