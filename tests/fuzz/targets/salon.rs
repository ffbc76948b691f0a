//! A salon of one service, one template and one customer, who has a package.

use std::hash::{DefaultHasher, Hash, Hasher};

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use functions::{App, Clock};
use infra::{Store, client, table};
use local::database::Embedded;
use local::{Claims, Gateway, Role, Template, Tokens};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

const NOW: &str = "2026-11-22T08:00:00Z";
const TABLE: &str = "carnet";

pub struct Salon {
    pub gateway: Gateway,
    pub runtime: Runtime,
    token: String,
    /// What stands for an id, and the id.
    ids: Vec<(&'static str, String)>,
    // Dropping it would stop the database.
    _database: Embedded,
}

impl Salon {
    pub fn open() -> Self {
        let runtime = Runtime::new().unwrap();
        let (gateway, database) = runtime.block_on(serve());
        let tokens = Tokens::new(*b"a key that only the fuzzer knows");
        let claims = Claims::new(Role::Owner, "salon", "owner");
        let mut salon = Self {
            token: tokens.mint(&claims).unwrap(),
            gateway,
            runtime,
            ids: Vec::new(),
            _database: database,
        };
        salon.furnish();
        salon
    }

    /// The request of a case; none if it is not one that HTTP can carry.
    pub fn request(&self, text: &str) -> Option<Request> {
        let mut text = text.to_owned();
        for (name, id) in &self.ids {
            text = text.replace(name, id);
        }
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        let (line, body) = text.split_once('\n').unwrap_or((&text, ""));
        let (method, path) = line.split_once(' ')?;
        let kind = match path.starts_with("/v1/imports") {
            true => "text/csv",
            false => "application/json",
        };
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("authorization", format!("Bearer {}", self.token))
            .header("idempotency-key", format!("key-{:x}", hasher.finish()))
            .header("if-match", "\"1\"");
        let request = match body.is_empty() {
            true => request.body(Body::empty()),
            false => request
                .header("content-type", kind)
                .body(Body::from(body.to_owned())),
        };
        request
            .ok()
            .filter(|request| request.uri().path().starts_with("/v1/"))
    }

    fn furnish(&mut self) {
        let settings = json!({
            "name": "Salon Derya", "time_zone": "Europe/Istanbul",
            "deduct_at": "booking", "no_show": "forfeit",
        });
        self.made("PUT /v1/settings", &settings);
        let price = json!({"amount_minor": 60_000, "currency": "TRY"});
        let service = json!({
            "name": "Manikür", "list_price": price, "tax_basis_points": 2000,
            "duration_minutes": 45,
        });
        let service = self.made("POST /v1/services", &service);
        self.ids.push(("<service>", service));
        let template = json!({
            "name": "Manikür Paket", "kind": "visits", "quantity": 10, "price": price,
            "services": [{"service_id": "<service>"}],
        });
        let template = self.made("POST /v1/package-templates", &template);
        self.ids.push(("<template>", template));
        let customer = json!({"name": "Ayşe Yılmaz", "email": "ayse@example.com"});
        let customer = self.made("POST /v1/customers", &customer);
        self.ids.push(("<customer>", customer));
        let sale = json!({"customer_id": "<customer>", "template_id": "<template>"});
        let package = self.made("POST /v1/packages", &sale);
        self.ids.push(("<package>", package));
        let booking = json!({
            "booking_id": "b-1", "customer_id": "<customer>", "starts_at": "2026-11-22T07:00:00Z",
            "services": [{"service_id": "<service>"}], "pay_with": "auto",
        });
        self.made("POST /v1/bookings", &booking);
        let opportunity = json!({
            "customer_id": "<customer>", "title": "Gelin paketi", "estimate": price,
            "scheme_id": "sch_00000000000000000000000000",
        });
        let opportunity = self.made("POST /v1/opportunities", &opportunity);
        self.ids.push(("<opportunity>", opportunity));
    }

    /// Sends it; the id of what was made.
    fn made(&self, route: &str, body: &Value) -> String {
        let mut request = self.request(&format!("{route}\n{body}")).unwrap();
        // Nothing was read that could have changed.
        request.headers_mut().remove("if-match");
        let (status, body) = self.runtime.block_on(async {
            let answer = self.gateway.call(request).await;
            let (parts, body) = answer.into_parts();
            (parts.status, to_bytes(body, usize::MAX).await.unwrap())
        });
        assert!(status.is_success(), "{route}: {status} {body:?}");
        let made: Value = serde_json::from_slice(&body).unwrap();
        made["id"].as_str().unwrap_or_default().to_owned()
    }
}

async fn serve() -> (Gateway, Embedded) {
    let database = Embedded::memory().await.unwrap();
    let client = client::at(database.endpoint());
    table::create(&client, TABLE).await.unwrap();
    let app = App {
        store: Store::new(client, TABLE),
        clock: Clock::fixed(NOW.parse().unwrap()),
        bus: None,
    };
    let template = concat!(env!("CARGO_MANIFEST_DIR"), "/../../template.yaml");
    let template = Template::read(template.as_ref()).unwrap();
    let tokens = Tokens::new(*b"a key that only the fuzzer knows");
    (Gateway::new(&template, &app, tokens).unwrap(), database)
}
