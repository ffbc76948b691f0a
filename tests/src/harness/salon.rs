//! A small salon to test in: what most tests need before they begin.

use serde_json::{Value, json};

use super::World;

/// Where the units of a pool are, as it is shown: together they are what was granted.
pub(crate) const ACCOUNTS: [&str; 7] = [
    "available",
    "held",
    "used",
    "forfeited",
    "expired",
    "refunded",
    "transferred",
];

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
        self.template(Self::visits_body(quantity, services)).await
    }

    pub(super) fn visits_body(quantity: u64, services: &[&str]) -> Value {
        let services: Vec<Value> = services
            .iter()
            .map(|id| json!({"service_id": id}))
            .collect();
        json!({
            "name": "Paket", "kind": "visits", "quantity": quantity, "services": services,
            "price": lira(100_000), "validity": {"count": 6, "unit": "months"},
        })
    }

    /// A template of credit for everything, for ever.
    pub(crate) async fn credit(&self, amount: u64) -> String {
        let body = json!({
            "name": "Kredi", "kind": "credit", "credit": lira(amount), "price": lira(amount),
        });
        id(&self.world.post("/v1/package-templates", body).ok().await)
    }

    /// A template of these fields.
    pub(crate) async fn template(&self, body: Value) -> String {
        id(&self.world.post("/v1/package-templates", body).ok().await)
    }

    /// Sells Ayşe visits to these services.
    pub(crate) async fn sell_visits(&self, quantity: u64, services: &[&str]) -> String {
        let template = self.visits(quantity, services).await;
        self.sell(&self.ayse, &template).await
    }

    /// Sells Ayşe what a template of these fields grants.
    pub(crate) async fn sell_as(&self, body: Value) -> String {
        let template = self.template(body).await;
        self.sell(&self.ayse, &template).await
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

    /// Cancels, completes or misses a booking.
    pub(crate) async fn resolve(&self, id: &str, verb: &str) -> Value {
        let path = format!("/v1/bookings/{id}/{verb}");
        self.world.post(&path, json!({})).ok().await
    }

    /// Ayşe's own token, her account bound to her record.
    pub(crate) async fn ayses_token(&self) -> String {
        self.claimed("ayses-account", "ayse@example.com").await
    }

    /// The token of another customer, who holds nothing.
    pub(crate) async fn fatmas_token(&self) -> String {
        self.customer("Fatma", "fatma@example.com").await;
        self.claimed("fatmas-account", "fatma@example.com").await
    }

    async fn claimed(&self, account: &str, email: &str) -> String {
        let token = self.world.customer_token(account, email);
        let claim = self.world.call("POST", "/v1/me/claim");
        claim.by(&token).ok().await;
        token
    }

    pub(crate) async fn package(&self, id: &str) -> Value {
        self.world.get(&format!("/v1/packages/{id}")).ok().await
    }

    pub(crate) async fn wallet(&self) -> Value {
        self.world
            .get(&format!("/v1/customers/{}/wallet", self.ayse))
            .ok()
            .await
    }

    /// (available, held, used, forfeited) of the only pool of a package of Ayşe's.
    pub(crate) async fn pool(&self, package: &str) -> (u64, u64, u64, u64) {
        let package = self.package(package).await;
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

/// The package that pays for a service of a booking, and how many units; none if nothing does.
pub(crate) fn paid_by(booking: &Value, service: usize) -> Option<(&str, u64)> {
    let draw = &booking["services"][service]["paid_by"];
    Some((draw["package_id"].as_str()?, draw["units"].as_u64()?))
}

pub(crate) fn lira(amount_minor: u64) -> Value {
    json!({"amount_minor": amount_minor, "currency": "TRY"})
}

pub(crate) fn id(body: &Value) -> String {
    body["id"].as_str().unwrap().to_owned()
}
