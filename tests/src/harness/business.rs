//! A business with everything in it.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use aws_sdk_dynamodb::types::{AttributeValue, Select};
use infra::{client, table};
use local::{Claims, Role};
use serde_json::{Value, json};

use super::{Request, TABLE, World, id};

/// Already begun, and still of today: such an appointment can be moved, cancelled, completed, missed.
pub(super) const BEGUN: &str = "2026-11-22T07:00:00Z";

/// What a business and the people in it are called.
pub(super) struct Cast {
    pub(super) name: &'static str,
    pub(super) service: &'static str,
    people: [(&'static str, &'static str); 2],
}

const HERE: Cast = Cast {
    name: "Gül Güzellik",
    service: "Manikür",
    people: [
        ("Ayşe Yılmaz", "ayse@example.com"),
        ("Mehmet Kaya", "mehmet@example.com"),
    ],
};

const NEXT_DOOR: Cast = Cast {
    name: "Forta Gym",
    service: "Personal Training",
    people: [
        ("Ioana Pop", "ioana@example.com"),
        ("Andrei Radu", "andrei@example.com"),
    ],
};

/// Two customers with a package and an account each, a service, a template.
pub(crate) struct Business<'w> {
    pub(crate) world: &'w World,
    pub(crate) id: String,
    pub(crate) owner: String,
    pub(crate) service: String,
    pub(crate) template: String,
    /// The customer that requests are about.
    pub(crate) one: Holder,
    pub(crate) another: Holder,
    pub(super) cast: Cast,
    /// The accounts of the two customers while they are to claim their records.
    claimants: Mutex<Option<[String; 2]>>,
    fresh: AtomicU32,
}

/// A customer with a package.
#[derive(Debug, Clone, Default)]
pub(crate) struct Holder {
    pub(crate) id: String,
    pub(crate) token: String,
    pub(crate) package: String,
}

impl<'w> Business<'w> {
    /// The world's own.
    pub(crate) async fn open(world: &'w World) -> Self {
        Self::with(world, world.business.clone(), HERE).await
    }

    /// Another one behind the same gateway, which has all that the first one has.
    pub(crate) async fn next_door(world: &'w World) -> Self {
        Self::with(world, format!("{}-next-door", world.business), NEXT_DOOR).await
    }

    async fn with(world: &'w World, id: String, cast: Cast) -> Self {
        let mut business = Self {
            owner: world.token_of(&id, Role::Owner),
            world,
            id,
            service: String::new(),
            template: String::new(),
            one: Holder::default(),
            another: Holder::default(),
            cast,
            claimants: Mutex::default(),
            fresh: AtomicU32::new(0),
        };
        business.sent("PUT /v1/settings", business.settings()).await;
        business.service = business.new_service().await;
        business.template = business.new_template().await;
        business.one = business.holder(0).await;
        business.another = business.holder(1).await;
        business
    }

    async fn holder(&self, index: usize) -> Holder {
        let (name, email) = self.cast.people[index];
        let person = json!({"name": name, "email": email, "phone": "+90 532 000 00 00"});
        let customer = id(&self.sent("POST /v1/customers", person).await);
        let token = self.account(&format!("account-{index}"), email);
        let claim = self.world.call("POST", "/v1/me/claim");
        claim.by(&token).ok().await;
        let sale = json!({"customer_id": customer, "template_id": self.template});
        let sale = Request::new("POST /v1/packages").body(sale);
        let sale = sale.header("idempotency-key", self.fresh("key"));
        let package = id(&sale.call(self.world).by(&self.owner).ok().await);
        Holder {
            id: customer,
            token,
            package,
        }
    }

    fn account(&self, name: &str, email: &str) -> String {
        let claims = Claims::new(Role::Customer, &self.id, name).with_email(email);
        self.world.tokens().mint(&claims).unwrap()
    }

    /// Where the route is the claim, there are two accounts with records that wait for them; for any other
    /// route the customers have claimed theirs.
    pub(crate) async fn await_claims(&self, route: &str) {
        let claimants = match route {
            "POST /v1/me/claim" => Some([self.claimant().await, self.claimant().await]),
            _ => None,
        };
        *self.claimants.lock().unwrap() = claimants;
    }

    async fn claimant(&self) -> String {
        let account = self.fresh("claimant");
        let email = format!("{account}@example.com");
        let person = json!({"name": "Selin Aydın", "email": email});
        self.sent("POST /v1/customers", person).await;
        self.account(&account, &email)
    }

    /// A token of one of the two customers, who send the last request that was made.
    pub(crate) fn token_of_customer(&self, index: usize) -> String {
        let claimants = self.claimants.lock().unwrap();
        match (&*claimants, index) {
            (Some(claimants), index) => claimants[index].clone(),
            (None, 0) => self.one.token.clone(),
            (None, _) => self.another.token.clone(),
        }
    }

    /// Sent by the owner; the answer.
    pub(crate) async fn sent(&self, route: &str, body: Value) -> Value {
        let call = Request::new(route).body(body).call(self.world);
        call.by(&self.owner).ok().await
    }

    /// A token of who may use the route.
    pub(crate) fn sender(&self, route: &str) -> &str {
        match route.contains("/v1/me") {
            true => &self.one.token,
            false => &self.owner,
        }
    }

    /// A name that was not used before.
    pub(crate) fn fresh(&self, kind: &str) -> String {
        let number = self.fresh.fetch_add(1, Ordering::Relaxed);
        format!("{kind}-{number}")
    }

    pub(crate) async fn new_service(&self) -> String {
        id(&self.sent("POST /v1/services", self.service_body()).await)
    }

    pub(crate) async fn new_template(&self) -> String {
        let body = self.template_body();
        id(&self.sent("POST /v1/package-templates", body).await)
    }

    /// A new offer of the template; its package.
    pub(crate) async fn new_offer(&self, to: &Holder) -> String {
        let body = json!({"customer_id": to.id, "template_id": self.template, "offer": {}});
        let offer = Request::new("POST /v1/packages").body(body);
        let offer = offer.header("idempotency-key", self.fresh("key"));
        id(&offer.call(self.world).by(&self.owner).ok().await)
    }

    /// A new booking of what has begun, that holds a visit; its id.
    pub(crate) async fn new_booking(&self, of: &Holder) -> String {
        self.booked(of, BEGUN, "auto").await
    }

    /// A new booking that nothing pays for; its id.
    pub(crate) async fn new_unpaid_booking(&self, of: &Holder) -> String {
        self.booked(of, BEGUN, "none").await
    }

    pub(super) async fn booked(&self, of: &Holder, starts_at: &str, pay_with: &str) -> String {
        let booking = self.fresh("booking");
        let body = json!({
            "booking_id": booking, "customer_id": of.id, "starts_at": starts_at,
            "services": [{"service_id": self.service}], "pay_with": pay_with,
        });
        self.sent("POST /v1/bookings", body).await;
        booking
    }

    /// How many entries its journal has.
    pub(crate) async fn entries(&self) -> usize {
        let partition = AttributeValue::S(format!("B#{}", self.id));
        let query = client::at(&self.world.endpoint).query().table_name(TABLE);
        let query = query
            .index_name(table::BY_BUSINESS.name)
            .key_condition_expression("#pk = :pk")
            .expression_attribute_names("#pk", table::BY_BUSINESS.partition)
            .expression_attribute_values(":pk", partition)
            .select(Select::Count);
        let mut pages = query.into_paginator().send();
        let mut count = 0;
        while let Some(page) = pages.next().await {
            count += usize::try_from(page.unwrap().count).unwrap();
        }
        count
    }

    /// What nobody else may be told: its names, its people, its ids.
    pub(crate) fn secrets(&self) -> Vec<&str> {
        let holders = [&self.one, &self.another];
        let ids = holders
            .iter()
            .flat_map(|holder| [&holder.id, &holder.package]);
        let mut secrets = vec![self.id.as_str(), self.cast.name, self.cast.service];
        secrets.extend(
            self.cast
                .people
                .iter()
                .flat_map(|(name, email)| [*name, *email]),
        );
        secrets.extend(ids.map(String::as_str));
        secrets.extend([self.service.as_str(), self.template.as_str()]);
        secrets
    }
}
