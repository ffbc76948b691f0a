//! A small salon to test in: what most tests need before they begin.

use serde_json::{Value, json};

use super::World;

/// A business with settings, two services and one customer.
pub(crate) struct Salon {
    pub(crate) world: World,
    pub(crate) manicure: String,
    pub(crate) massage: String,
    pub(crate) ayse: String,
}

impl Salon {
    /// Holds at booking, forfeits on a no-show.
    pub(crate) async fn open() -> Self {
        Self::with("booking", "forfeit").await
    }

    pub(crate) async fn with(deduct_at: &str, no_show: &str) -> Self {
        Self::within(World::new().await, deduct_at, no_show).await
    }

    pub(crate) async fn within(world: World, deduct_at: &str, no_show: &str) -> Self {
        let settings = json!({
            "name": "Gül Güzellik", "time_zone": "Europe/Istanbul",
            "deduct_at": deduct_at, "no_show": no_show,
        });
        world.call("PUT", "/v1/settings").json(settings).ok().await;
        let mut salon = Self {
            world,
            manicure: String::new(),
            massage: String::new(),
            ayse: String::new(),
        };
        salon.manicure = salon.service("Manikür", 60_000).await;
        salon.massage = salon.service("Masaj", 150_000).await;
        salon.ayse = salon.customer("Ayşe Yılmaz", "ayse@example.com").await;
        salon
    }

    pub(crate) async fn service(&self, name: &str, price: u64) -> String {
        let body = json!({
            "name": name, "list_price": lira(price),
            "tax_basis_points": 2000, "duration_minutes": 45,
        });
        id(&self.world.post("/v1/services", body).ok().await)
    }

    pub(crate) async fn customer(&self, name: &str, email: &str) -> String {
        let body = json!({"name": name, "email": email});
        id(&self.world.post("/v1/customers", body).ok().await)
    }

    /// A template of visits to these services, valid for six months.
    pub(crate) async fn visits(&self, quantity: u64, services: &[&str]) -> String {
        let services: Vec<Value> = services
            .iter()
            .map(|id| json!({"service_id": id}))
            .collect();
        let body = json!({
            "name": "Paket", "kind": "visits", "quantity": quantity, "services": services,
            "price": lira(100_000), "validity": {"count": 6, "unit": "months"},
        });
        id(&self.world.post("/v1/package-templates", body).ok().await)
    }

    /// A template of credit for everything, for ever.
    pub(crate) async fn credit(&self, amount: u64) -> String {
        let body = json!({
            "name": "Kredi", "kind": "credit", "credit": lira(amount), "price": lira(amount),
        });
        id(&self.world.post("/v1/package-templates", body).ok().await)
    }

    /// Sells a template to a customer; the package's id.
    pub(crate) async fn sell(&self, customer: &str, template: &str) -> String {
        let body = json!({"customer_id": customer, "template_id": template});
        let key = format!("{:x}", infra::random_128().unwrap());
        id(&self.world.post("/v1/packages", body).key(&key).ok().await)
    }

    /// The body of a booking for Ayşe, tomorrow.
    pub(crate) fn booking(&self, id: &str, services: &[&str], pay_with: Value) -> Value {
        let services: Vec<Value> = services
            .iter()
            .map(|id| json!({"service_id": id}))
            .collect();
        json!({
            "booking_id": id, "customer_id": self.ayse, "services": services,
            "starts_at": "2026-11-23T10:00:00Z", "pay_with": pay_with,
        })
    }

    pub(crate) async fn book(&self, id: &str, services: &[&str], pay_with: Value) -> Value {
        let body = self.booking(id, services, pay_with);
        self.world.post("/v1/bookings", body).ok().await
    }

    pub(crate) async fn wallet(&self) -> Value {
        self.world
            .get(&format!("/v1/customers/{}/wallet", self.ayse))
            .ok()
            .await
    }

    /// (available, held, used, forfeited) of the only pool of a package of Ayşe's.
    pub(crate) async fn pool(&self, package: &str) -> (u64, u64, u64, u64) {
        let package = self
            .world
            .get(&format!("/v1/packages/{package}"))
            .ok()
            .await;
        let pool = &package["pools"][0];
        let units = |name: &str| pool[name].as_u64().unwrap();
        (
            units("available"),
            units("held"),
            units("used"),
            units("forfeited"),
        )
    }
}

pub(crate) fn lira(amount_minor: u64) -> Value {
    json!({"amount_minor": amount_minor, "currency": "TRY"})
}

pub(crate) fn id(body: &Value) -> String {
    body["id"].as_str().unwrap().to_owned()
}
