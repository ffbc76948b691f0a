//! Events of other systems, as the bus gives them to the function that takes them.

use functions::{App, BUS_FUNCTIONS};
use serde_json::{Value, json};

use super::{Salon, World};

/// The source of everything that Stripe tells here.
pub(crate) const STRIPE: &str = "aws.partner/stripe.com/ed_test_1";

/// An event as EventBridge delivers it.
pub(crate) fn event(id: &str, source: &str, kind: &str, detail: &Value) -> Value {
    json!({
        "version": "0", "id": id, "detail-type": kind, "source": source,
        "account": "123456789012", "time": "2026-11-22T08:00:00Z", "region": "eu-central-1",
        "resources": [], "detail": detail,
    })
}

/// Gives an event to the function; the code of what it is rejected with.
pub(crate) async fn taken_by(app: &App, event: Value) -> Result<(), String> {
    let mut functions = BUS_FUNCTIONS.into_iter();
    let function = functions.find(|function| function.name == "inbound-events");
    let taken = function.unwrap().call(app, event).await;
    taken.map_err(|rejected| {
        assert!(rejected.to_string().starts_with(rejected.code));
        rejected.code.to_owned()
    })
}

impl World {
    /// Gives an event to the function; the code of what it is rejected with.
    pub(crate) async fn take(&self, event: Value) -> Result<(), String> {
        taken_by(&self.app, event).await
    }

    /// An event of a system of its own, with an id like no other.
    pub(crate) async fn tell(&self, kind: &str, detail: &Value) -> Result<(), String> {
        self.tell_from("elsewhere.example", kind, detail).await
    }

    pub(crate) async fn tell_from(
        &self,
        source: &str,
        kind: &str,
        detail: &Value,
    ) -> Result<(), String> {
        let id = format!("{:032x}", infra::random_128().unwrap());
        self.take(event(&id, source, kind, detail)).await
    }
}

impl Salon {
    /// The detail of an event about an appointment of Ayşe's.
    pub(crate) fn told(&self, booking: &str, starts_at: &str, occurred_at: &str) -> Value {
        json!({
            "version": 1, "business_id": self.world.business, "booking_id": booking,
            "customer_id": self.ayse, "services": [self.manicure], "starts_at": starts_at,
            "pay_with": "auto", "occurred_at": occurred_at,
        })
    }

    /// The detail of an event about a payment of a package.
    pub(crate) fn money(&self, package: &str, payment: &str, amount_minor: u64) -> Value {
        json!({
            "version": 1, "business_id": self.world.business, "reference": package,
            "payment_id": payment, "occurred_at": "2026-11-22T07:30:00Z",
            "amount": {"amount_minor": amount_minor, "currency": "TRY"},
        })
    }

    /// A package of ten manicures that Ayşe bought online for 5000 lira and has not paid for.
    pub(crate) async fn purchase(&self) -> String {
        let template = self
            .template(json!({
                "name": "10 Manikür", "kind": "visits", "quantity": 10,
                "price": {"amount_minor": 500_000, "currency": "TRY"},
                "services": [{"service_id": self.manicure}], "online": true,
            }))
            .await;
        let token = self.ayses_token().await;
        let bought = self
            .world
            .post("/v1/me/packages", json!({"template_id": template}));
        let bought = bought.by(&token).key(&template).ok().await;
        assert_eq!(bought["status"], "pending-payment");
        super::id(&bought)
    }
}
