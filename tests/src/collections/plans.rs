//! A salon that sells in instalments by direct debit, in euro.

use serde_json::{Value, json};

use crate::harness::{Call, Salon};

pub(crate) const IBAN: &str = "DE89370400440532013000";

pub(crate) struct Plans<'s> {
    pub(crate) salon: &'s Salon,
    template: String,
}

pub(crate) fn euro(amount_minor: u64) -> Value {
    json!({"amount_minor": amount_minor, "currency": "EUR"})
}

pub(crate) fn creditor() -> Value {
    json!({"name": "Gül Güzellik", "iban": IBAN, "creditor_id": "DE98ZZZ09999999999"})
}

pub(crate) fn mandate(reference: &str) -> Value {
    json!({
        "reference": reference, "iban": "AT61 1904 3002 3457 3201", "holder": "Zeynep Hürrem",
        "signed_on": "2026-11-20",
    })
}

impl<'s> Plans<'s> {
    /// With a creditor account, and ten visits for 600.00 in six instalments on the first.
    pub(crate) async fn of(salon: &'s Salon) -> Self {
        let put = salon.world.call("PUT", "/v1/settings/creditor");
        put.json(creditor()).ok().await;
        let template = Self::template(salon, euro(60_000)).await;
        Self { salon, template }
    }

    pub(crate) async fn template(salon: &Salon, price: Value) -> String {
        let services = json!([{"service_id": salon.manicure}]);
        salon
            .template(json!({
                "name": "On Ziyaret", "kind": "visits", "quantity": 10, "services": services,
                "price": price,
                "instalments": {"count": 6, "monthly_day": 1, "direct_debit": true},
            }))
            .await
    }

    pub(crate) async fn sell(&self, customer: &str) -> String {
        self.salon.sell(customer, &self.template).await
    }

    /// Gives a first mandate.
    pub(crate) async fn sign(&self, customer: &str, reference: &str) {
        let path = format!("/v1/customers/{customer}/mandate");
        let put = self.salon.world.call("PUT", &path);
        put.json(mandate(reference)).ok().await;
    }

    pub(crate) fn collect(&self, day: &str, key: &str) -> Call {
        let body = json!({"collect_on": day});
        self.salon.world.post("/v1/collections", body).key(key)
    }

    /// The file of the same collection.
    pub(crate) async fn file(&self, day: &str, key: &str) -> String {
        let call = self.collect(day, key).header("accept", "application/xml");
        let answer = call.send().await;
        assert_eq!(
            (answer.status, answer.content_type.as_str()),
            (200, "application/xml"),
            "{answer:?}"
        );
        answer.body.as_str().unwrap().to_owned()
    }

    pub(crate) async fn dry(&self, day: &str) -> Value {
        let body = json!({"collect_on": day, "dry_run": true});
        self.salon.world.post("/v1/collections", body).ok().await
    }
}
