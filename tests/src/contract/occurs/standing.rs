//! What has to be there before a request can be refused for it.

use local::Role;
use serde_json::{Value, json};

use super::{Sent, Stage, set};
use crate::harness::{Request, id, lira};

/// The stage scheme that every business begins with.
const FIRST: &str = "sch_00000000000000000000000000";

/// A draft that would be sent after its last day: the clock is moved.
pub(super) async fn lapsed_draft(stage: &Stage<'_>) -> Sent {
    let request = stage.quote("POST /v1/quotes/{id}/send", &[]).await;
    stage.world().set_clock("2027-01-05T08:00:00Z");
    stage.by_owner(&request)
}

impl Stage<'_> {
    /// Carried out by the owner; the answer.
    async fn done(&self, request: &Request) -> Value {
        let call = request.call(self.world());
        call.by(&self.business.owner).ok().await
    }

    /// What is made by a body; its id.
    pub(super) async fn made(&self, route: &str, body: Value) -> String {
        let request = Request::new(route).body(body);
        let key = self.business.fresh("key");
        id(&self.done(&request.header("idempotency-key", key)).await)
    }

    pub(super) async fn archived_service(&self) -> String {
        let service = self.business.new_service().await;
        let archive = Request::new("POST /v1/services/{id}/archive");
        self.done(&archive.at(&service)).await;
        service
    }

    pub(super) async fn archived_template(&self) -> String {
        let template = self.business.new_template().await;
        let archive = Request::new("POST /v1/package-templates/{id}/archive");
        self.done(&archive.at(&template)).await;
        template
    }

    pub(super) async fn erase(&self, customer: &str) {
        let erase = Request::new("POST /v1/customers/{id}/erase").at(customer);
        self.done(&erase.body(json!({"confirm": customer}))).await;
    }

    pub(super) async fn erased(&self) -> String {
        let name = json!({"name": "Elif Demir"});
        let customer = self.made("POST /v1/customers", name).await;
        self.erase(&customer).await;
        customer
    }

    /// The e-mail address of a customer.
    pub(super) async fn email(&self, customer: &str) -> String {
        let found = Request::new("GET /v1/customers/{id}").at(customer);
        let found = self.done(&found).await;
        found["email"].as_str().unwrap().to_owned()
    }

    /// The route about a booking that something was done to.
    pub(super) async fn resolved(&self, route: &str, verb: &str) -> Request {
        let booking = self.business.new_booking(&self.business.one).await;
        let done = Request::new(&format!("POST /v1/bookings/{{id}}/{verb}"));
        self.done(&done.at(&booking)).await;
        Request::new(route).at(&booking)
    }

    /// The same request about something else.
    pub(super) fn about(&self, route: &str, valid: Request, id: &str) -> Request {
        Request {
            path: Request::new(route).at(id).path,
            ..valid
        }
    }

    /// A package that was sold and not used.
    pub(super) async fn package(&self) -> String {
        let sale = self.valid("POST /v1/packages").await;
        id(&self.done(&sale).await)
    }

    pub(super) async fn voided(&self) -> String {
        let void = self.valid("POST /v1/packages/{id}/void").await;
        self.done(&void).await;
        part(&void, 3)
    }

    /// That a payment in cash came back.
    pub(super) async fn cash(&self, route: &str, valid: Request) -> Request {
        let paying = self.valid("POST /v1/packages/{id}/payments").await;
        let paying = set(paying, "method", "cash");
        let paid = self.done(&paying).await;
        let entry = paid["payment"]["entry_id"].as_str().unwrap();
        let route = route.replace("{entry_id}", entry);
        self.about(&route, valid, &part(&paying, 3))
    }

    /// The refund of a package that was given something since its quote.
    pub(super) async fn outdated(&self, refund: Request) -> Request {
        let adjust = self.valid("POST /v1/packages/{id}/adjustments").await;
        let route = "POST /v1/packages/{id}/adjustments";
        let adjust = self.about(route, adjust, &part(&refund, 3));
        self.done(&adjust).await;
        refund
    }

    async fn changed(&self, opportunity: &str, verb: &str, version: u64, body: Value) {
        let change = Request::new(&format!("POST /v1/opportunities/{{id}}/{verb}"));
        let change = change.at(opportunity).if_match(version).body(body);
        self.done(&change).await;
    }

    pub(super) async fn lost(&self) -> String {
        let opportunity = self.business.new_opportunity(&self.business.one).await;
        let closing = json!({"outcome": "lost", "reason": "price"});
        self.changed(&opportunity, "close", 1, closing).await;
        opportunity
    }

    /// That what was won for a quota is handed over.
    pub(super) async fn counted(&self, route: &str) -> Request {
        let linking = self.valid("POST /v1/opportunities/{id}/quota").await;
        let opportunity = id(&self.done(&linking).await);
        let won = json!({"outcome": "won"});
        self.changed(&opportunity, "close", 2, won).await;
        let to = json!({"representative_id": "somebody-else"});
        Request::new(route).at(&opportunity).if_match(3).body(to)
    }

    /// That the only link is taken away in a stage that asks for one.
    pub(super) async fn needed_link(&self) -> Request {
        let mut scheme = self.valid("POST /v1/stage-schemes").await.body.unwrap();
        scheme["stages"] = json!([
            {"name": "New", "phase": "pre_win", "probability_percent": 10, "forecast": "pipeline"},
            {"name": "Met", "phase": "pre_win", "probability_percent": 20, "forecast": "pipeline",
                "requires": ["link"]},
        ]);
        let made = self
            .done(&Request::new("POST /v1/stage-schemes").body(scheme))
            .await;
        let customer = self.business.one.id.as_str();
        let body = json!({"customer_id": customer, "title": "Gelin", "estimate": lira(1000),
            "scheme_id": made["id"]});
        let opportunity = self.made("POST /v1/opportunities", body).await;
        let party = self.business.another.id.as_str();
        let link = json!({"customer_id": party, "role": "mother"});
        self.changed(&opportunity, "links", 1, link).await;
        let stage = json!({"stage": made["stages"][1]["number"]});
        self.changed(&opportunity, "stage", 2, stage).await;
        let path = format!("DELETE /v1/opportunities/{opportunity}/links/{party}");
        Request::new(&path).if_match(3)
    }

    /// The route about an activity that something was done to.
    pub(super) async fn activity(&self, route: &str, verb: &str) -> Request {
        let change = "PATCH /v1/opportunities/{id}/activities/{activity_id}";
        let planned = self.valid(change).await;
        let done = Request::new(&format!("POST {}/{verb}", planned.path));
        self.done(&done).await;
        let rest = route.split("{activity_id}").nth(1).unwrap();
        let (method, _) = route.split_once(' ').unwrap();
        let request = Request::new(&format!("{method} {}{rest}", planned.path));
        match method {
            "PATCH" => Request {
                body: planned.body,
                ..request
            }
            .if_match(2),
            _ => request,
        }
    }

    /// The route about a quote that was drafted, and then this.
    pub(super) async fn quote(&self, route: &str, verbs: &[&str]) -> Request {
        let drafted = self.valid("PUT /v1/quotes/{id}").await;
        let quote = part(&drafted, 3);
        for verb in verbs {
            let done = Request::new(&format!("POST /v1/quotes/{quote}/{verb}"));
            self.done(&done).await;
        }
        let request = Request::new(route).at(&quote);
        match route.starts_with("PUT") {
            true => Request {
                body: drafted.body,
                ..request
            },
            false => request,
        }
    }

    /// One of a scheme's stages is to come after the win.
    pub(super) async fn other_phase(&self, route: &str) -> Request {
        let scheme = self.valid("POST /v1/stage-schemes").await;
        let made = self.done(&scheme).await;
        let mut body = scheme.body.unwrap();
        body["stages"] = json!([
            {"name": "First", "phase": "pre_win", "probability_percent": 1, "forecast": "pipeline"},
            {"name": "New", "phase": "post_win", "probability_percent": 100, "forecast": "commit",
                "number": made["stages"][0]["number"]},
        ]);
        let request = Request::new(route).at(made["id"].as_str().unwrap());
        request.if_match(1).body(body)
    }

    /// The owner of a business beside this one, which has its settings and nothing else.
    async fn owner_beside(&self, name: &str) -> String {
        let business = format!("{}-{name}", self.business.id);
        let owner = self.world().token_of(&business, Role::Owner);
        let settings = self.valid("PUT /v1/settings").await.without("if-match");
        settings.call(self.world()).by(&owner).ok().await;
        owner
    }

    /// One scheme more than a business may have.
    pub(super) async fn one_more_scheme(&self, route: &str) -> Sent {
        let owner = self.owner_beside("full").await;
        for _ in 1..20 {
            let scheme = self.valid(route).await;
            scheme.call(self.world()).by(&owner).ok().await;
        }
        self.by(&owner, &self.valid(route).await)
    }

    pub(super) async fn last_scheme(&self, route: &str) -> Sent {
        let owner = self.owner_beside("with-one-scheme").await;
        self.by(&owner, &Request::new(route).at(FIRST))
    }
}

/// A part of a request's path, such as an id.
fn part(request: &Request, index: usize) -> String {
    request.path.split('/').nth(index).unwrap().to_owned()
}
