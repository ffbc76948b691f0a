//! Requests that do something for a package, each on a package of its own.

use serde_json::{Value, json};

use super::{Business, Holder, Request, id, lira};

impl Business<'_> {
    /// A package that may be given and shared, and for which nothing is to be paid; its id.
    pub(super) async fn new_package(&self, of: &Holder) -> String {
        let mut template = self.template_body();
        template["price"] = lira(0);
        template["transferable"] = json!(true);
        template["max_members"] = json!(2);
        let template = id(&self.sent("POST /v1/package-templates", template).await);
        let sale = json!({"customer_id": of.id, "template_id": template});
        let sale = Request::new("POST /v1/packages").body(sale);
        let sale = sale.header("idempotency-key", self.fresh("key"));
        id(&sale.call(self.world).by(&self.owner).ok().await)
    }

    /// What `request` needs to be carried out.
    pub(super) async fn care(&self, request: Request, way: &str, of: &Holder) -> Request {
        let package = self.new_package(of).await;
        let other = match of.id == self.one.id {
            true => &self.another.id,
            false => &self.one.id,
        };
        let verb = request.path.rsplit('/').next().unwrap().to_owned();
        let mut body = match verb.as_str() {
            "adjustments" if way == "correction)" => json!({"units": -1, "reason": "correction"}),
            "adjustments" => json!({"pool": 0, "units": 1, "reason": "goodwill"}),
            "top-ups" => json!({"pools": [{"pool": 0, "units": 5}], "price": lira(10_000)}),
            "freeze" => json!({"until": "2026-12-01"}),
            "unfreeze" => {
                self.on(&package, "freeze", json!({})).await;
                json!({})
            }
            "extend" => json!({"expires_on": "2027-12-31"}),
            "transfers" => {
                json!({"to_customer_id": other, "pools": [{"pool": 0, "units": 1}]})
            }
            "members" if way == "removal)" => {
                self.on(&package, "members", json!({"add": [other]})).await;
                json!({"add": [], "remove": [other]})
            }
            "members" => json!({"add": [other], "remove": []}),
            "void" => json!({"reason": "mistake"}),
            "refund-quotes" => json!({"policy": "pro-rata"}),
            "refunds" => {
                let policy = json!({"policy": "used-at-list"});
                let quote = self.on(&package, "refund-quotes", policy).await;
                json!({"quote_id": quote["id"]})
            }
            verb => panic!("{verb} is new: say here how a request of it looks"),
        };
        body["customer_id"] = json!(of.id);
        let key = self.fresh("key");
        request
            .at(&package)
            .header("idempotency-key", key)
            .body(body)
    }

    /// Does something for a package; the answer.
    pub(super) async fn on(&self, package: &str, verb: &str, body: Value) -> Value {
        let request = Request::new(&format!("POST /v1/packages/{package}/{verb}")).body(body);
        let request = request.header("idempotency-key", self.fresh("key"));
        request.call(self.world).by(&self.owner).ok().await
    }
}
