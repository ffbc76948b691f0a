//! The business that is measured, on some database.

use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, TimeDelta, Timelike, Utc};
use functions::{App, Clock};
use infra::{Bus, Meter, Store, client, table};
use local::bus::{self, DeadLetters, Endpoint};
use local::template::Mapping;
use local::{Claims, Gateway, Template, Tokens};
use serde_json::{Value, json};

use super::request::{Door, Request, id};
use super::{Failed, TABLE};

/// Of a package.
pub(super) const PRICE: u64 = 100_000;

/// A salon: three services, a template of visits to them, and people who hold packages of it.
pub(super) struct Shop {
    pub(super) endpoint: String,
    pub(super) door: Door,
    /// What the functions of this process work with.
    pub(super) app: App,
    /// Who is behind the stream.
    pub(super) mappings: Vec<Mapping>,
    pub(super) store: Store,
    pub(super) meter: Meter,
    pub(super) business: String,
    pub(super) services: Vec<String>,
    pub(super) template: String,
    /// Holds one package.
    pub(super) customer: String,
    pub(super) package: String,
    /// Holds twenty.
    pub(super) collector: String,
    /// Is sold packages.
    pub(super) buyer: String,
    clock: Clock,
    tokens: Tokens,
    /// Where the bus is, and the bus itself, which gives nothing to anybody.
    pub(super) bus: Endpoint,
    pub(super) on_bus: bus::Bus,
    run: String,
    fresh: AtomicU64,
}

impl Shop {
    /// A new one in the table of a database, which is made if it is not there.
    pub(super) async fn open(endpoint: &str, business: &str, clock: Clock) -> Result<Self, Failed> {
        let mut shop = Self::empty(endpoint, business, clock).await?;
        shop.furnish().await?;
        Ok(shop)
    }

    /// This one, in a copy of its database.
    pub(super) async fn copied(&self, endpoint: &str) -> Result<Self, Failed> {
        let empty = Self::empty(endpoint, &self.business, self.clock.clone()).await?;
        Ok(Self {
            services: self.services.clone(),
            template: self.template.clone(),
            customer: self.customer.clone(),
            package: self.package.clone(),
            collector: self.collector.clone(),
            buyer: self.buyer.clone(),
            ..empty
        })
    }

    async fn empty(endpoint: &str, business: &str, clock: Clock) -> Result<Self, Failed> {
        let client = client::at(endpoint);
        table::create(&client, TABLE).await?;
        let meter = Meter::default();
        let store = Store::new(client, TABLE).with_meter(meter.clone());
        let endpoint_of_bus = Endpoint::listen().await?;
        let app = App {
            store: store.clone(),
            clock: clock.clone(),
            bus: Some(Bus::at(endpoint_of_bus.address(), bus::NAME)),
        };
        let on_bus = bus::Bus::new(app.clone(), &[], DeadLetters::default());
        endpoint_of_bus.serve(on_bus.clone());
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../template.yaml");
        let tokens = Tokens::new(*b"a key that only this bench knows");
        let template = Template::read(path.as_ref())?;
        let gateway = Gateway::new(&template, &app, tokens.clone())?;
        Ok(Self {
            endpoint: endpoint.to_owned(),
            app,
            mappings: template.mappings.clone(),
            bus: endpoint_of_bus,
            on_bus,
            door: Door::new(gateway, &tokens, business)?,
            store,
            meter,
            business: business.to_owned(),
            services: Vec::new(),
            template: String::new(),
            customer: String::new(),
            package: String::new(),
            collector: String::new(),
            buyer: String::new(),
            clock,
            tokens,
            run: format!("{:08x}", infra::random_128()? as u32),
            fresh: AtomicU64::new(0),
        })
    }

    async fn furnish(&mut self) -> Result<(), Failed> {
        let settings = json!({
            "name": "Gül Güzellik", "time_zone": self.zone(),
            "deduct_at": "booking", "no_show": "forfeit",
        });
        let (present, _) = self.door.answer(&Request::get("/v1/settings")).await?;
        if present == 404 {
            self.send(&Request::put("/v1/settings", &settings)).await?;
        }
        for (name, price) in [
            ("Manikür", 60_000),
            ("Masaj", 150_000),
            ("Cilt Bakımı", 90_000),
        ] {
            let service = json!({
                "name": name, "list_price": lira(price),
                "tax_basis_points": 2000, "duration_minutes": 45,
            });
            self.services
                .push(self.made("/v1/services", service).await?);
        }
        let covered: Vec<Value> = self
            .services
            .iter()
            .map(|id| json!({"service_id": id}))
            .collect();
        let template = json!({
            "name": "Paket", "kind": "visits", "quantity": 50_000, "services": covered,
            "price": lira(PRICE), "validity": {"count": 6, "unit": "months"}, "transferable": true,
        });
        self.template = self.made("/v1/package-templates", template).await?;
        self.customer = self.person().await?;
        self.package = self.sold(&self.customer).await?;
        self.collector = self.person().await?;
        for _ in 0..20 {
            self.sold(&self.collector).await?;
        }
        self.buyer = self.person().await?;
        Ok(())
    }

    /// A zone in which it is far from midnight: an appointment of a minute ago is one of today.
    fn zone(&self) -> &'static str {
        match self.now().hour() {
            3..21 => "Etc/UTC",
            _ => "Asia/Tokyo",
        }
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    pub(super) async fn send(&self, request: &Request) -> Result<Value, Failed> {
        self.door.send(request).await
    }

    /// The same gateway for somebody else.
    pub(super) fn door_of(&self, claims: Claims) -> Result<Door, Failed> {
        Door::of(self.door.gateway.clone(), &self.tokens, claims)
    }

    /// Makes something; its id.
    pub(super) async fn made(&self, path: &str, body: Value) -> Result<String, Failed> {
        id(&self
            .send(&Request::post(path, &body).key(self.fresh()))
            .await?)
    }

    pub(super) async fn person(&self) -> Result<String, Failed> {
        let email = format!("{}@example.com", self.fresh());
        let person = json!({"name": "Ayşe Yılmaz", "email": email});
        self.made("/v1/customers", person).await
    }

    pub(super) fn sale(&self, customer: &str) -> Value {
        json!({"customer_id": customer, "template_id": self.template})
    }

    pub(super) async fn sold(&self, customer: &str) -> Result<String, Failed> {
        self.made("/v1/packages", self.sale(customer)).await
    }

    /// An appointment that has begun a minute ago.
    pub(super) fn appointment(&self, customer: &str, pay_with: Value) -> Value {
        let starts_at = self.now() - TimeDelta::minutes(1);
        json!({
            "booking_id": self.fresh(), "customer_id": customer,
            "services": [{"service_id": self.services[0]}],
            "starts_at": starts_at.format("%Y-%m-%dT%H:%M:%SZ").to_string(), "pay_with": pay_with,
        })
    }

    /// Books an appointment of the customer's; its id.
    pub(super) async fn booked(&self) -> Result<String, Failed> {
        let body = self.appointment(&self.customer, json!([self.package]));
        self.send(&Request::post("/v1/bookings", &body)).await?;
        let id = body["booking_id"].as_str();
        Ok(id.unwrap_or_default().to_owned())
    }

    /// A name that was not used before.
    pub(super) fn fresh(&self) -> String {
        let number = self.fresh.fetch_add(1, Ordering::Relaxed);
        format!("b{}-{number}", self.run)
    }
}

pub(super) fn lira(amount_minor: u64) -> Value {
    json!({"amount_minor": amount_minor, "currency": "TRY"})
}
