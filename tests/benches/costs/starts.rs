//! What each function takes to start, beside a bare one: time, memory, the size of its binary.

use std::path::PathBuf;

use functions::{BUS_FUNCTIONS, Clock, FUNCTIONS, STREAM_FUNCTIONS, TIMED_FUNCTIONS};
use serde_json::{Value, json};

use super::database::Database;
use super::lambda::Instance;
use super::operations::Operation;
use super::request::{Request, of_lambda};
use super::settings::Settings;
use super::shop::Shop;
use super::stats::Sorted;
use super::tls::Tls;
use super::warm::environment;
use super::{BUSINESS, Failed};

/// What the bare function is called, and the one that opens its connection while it starts.
pub(super) const BARE: &str = "bare";
pub(super) const BARE_OPEN: &str = "bare, connected";
/// What makes it one.
const OPENS: &str = "BARE_OPENS";

/// What starting a function takes.
#[derive(Debug, Clone)]
pub(super) struct Start {
    pub(super) name: String,
    /// From its start until it waits for its first event, in milliseconds.
    pub(super) init: Sorted,
    /// The processor time of that, in milliseconds.
    pub(super) init_cpu: Sorted,
    /// Its first event, in milliseconds.
    pub(super) first: Sorted,
    /// The most memory it held until it had answered that, in MiB.
    pub(super) memory: Sorted,
    /// Of the binary, in MiB.
    pub(super) size: f64,
}

/// One function that is started again and again.
struct Started {
    name: String,
    binary: PathBuf,
    environment: Vec<(String, String)>,
    /// init, its processor time, first event, memory
    taken: Vec<[f64; 4]>,
}

/// Starts every function that is among the binaries so many times, one after the other, again and again.
pub(super) async fn measure(
    settings: &Settings,
    tls: &Tls,
    database: &Database,
    times: u64,
) -> Result<Vec<Start>, Failed> {
    let business = format!("{BUSINESS}-starts");
    let shop = Shop::open(&database.endpoint, &business, Clock::system()).await?;
    let endpoint = tls.before(&database.endpoint).await?;
    let environment = environment(tls, &endpoint);
    let names = [BARE, BARE_OPEN].into_iter().chain(names());
    let mut all: Vec<Started> = names
        .map(|name| {
            let mut environment = environment.clone();
            let binary = settings.binaries.join(match name {
                BARE_OPEN => BARE,
                name => name,
            });
            if name == BARE_OPEN {
                environment.push((OPENS.to_owned(), "1".to_owned()));
            }
            Started {
                name: name.to_owned(),
                binary,
                environment,
                taken: Vec::new(),
            }
        })
        .filter(|started| started.binary.exists())
        .collect();
    for time in 0..times {
        for started in &mut all {
            started.once(&shop).await?;
        }
        println!("starts: {} of {times}", time + 1);
    }
    all.into_iter().map(Started::said).collect()
}

fn names() -> impl Iterator<Item = &'static str> {
    let api = FUNCTIONS.iter().map(|function| function.name);
    let bus = BUS_FUNCTIONS.iter().map(|function| function.name);
    let stream = STREAM_FUNCTIONS.iter().map(|function| function.name);
    let timed = TIMED_FUNCTIONS.iter().map(|function| function.name);
    api.chain(bus).chain(stream).chain(timed)
}

impl Started {
    async fn once(&mut self, shop: &Shop) -> Result<(), Failed> {
        let first = First::of(&self.name, shop).await?;
        let mut instance = Instance::start(&self.binary, &self.environment).await?;
        let invoked = instance.invoke(first.event).await;
        let invoked = invoked.map_err(|error| format!("{}: {error}", self.name))?;
        if let Some(request) = &first.request {
            of_lambda(&invoked.answer, request)?;
        }
        let millis = |time: std::time::Duration| time.as_secs_f64() * 1e3;
        self.taken.push([
            millis(instance.init),
            millis(instance.init_cpu),
            millis(invoked.took),
            instance.peak_memory()? as f64 / f64::from(1 << 20),
        ]);
        Ok(())
    }

    fn said(self) -> Result<Start, Failed> {
        let of = |place: usize| self.taken.iter().map(|taken| taken[place]).collect();
        Ok(Start {
            init: of(0),
            init_cpu: of(1),
            first: of(2),
            memory: of(3),
            size: std::fs::metadata(&self.binary)?.len() as f64 / f64::from(1 << 20),
            name: self.name,
        })
    }
}

/// The first event of a function.
struct First {
    event: String,
    request: Option<Request>,
}

impl First {
    /// One that has it work with the table, except for those of the stream: their first batch is empty.
    async fn of(name: &str, shop: &Shop) -> Result<Self, Failed> {
        let operation = |operation: Operation| async move { operation.prepare(shop).await };
        let request = match name {
            "catalog" => Request::get("/v1/settings"),
            "customers" => Request::get(format!("/v1/customers/{}", shop.customer)),
            "wallet" => operation(Operation::Wallet).await?,
            "package-sales" => operation(Operation::Sell).await?,
            "package-care" => operation(Operation::Adjust).await?,
            "booking-redemption" => operation(Operation::BookNamed).await?,
            "appointment-completion" => operation(Operation::Complete).await?,
            "opportunity-updates" => operation(Operation::OpenOpportunity).await?,
            "reports" => Request::get("/v1/reports/liability"),
            "collections" => creditor(shop).await?,
            "imports" => Request::csv("/v1/imports/packages", file(shop)),
            "inbound-events" => return Ok(Self::unanswered(&booked_elsewhere(shop))),
            "follow-journal" | "publish-events" => {
                return Ok(Self::unanswered(&json!({"Records": []})));
            }
            _ => return Ok(Self::unanswered(&json!({}))),
        };
        Ok(Self {
            event: request.event(&shop.door.claims)?,
            request: Some(request),
        })
    }

    fn unanswered(event: &Value) -> Self {
        Self {
            event: event.to_string(),
            request: None,
        }
    }
}

/// The account for direct debits, once there is one.
async fn creditor(shop: &Shop) -> Result<Request, Failed> {
    let path = "/v1/settings/creditor";
    let (status, _) = shop.door.answer(&Request::get(path)).await?;
    if status == 404 {
        let creditor = json!({
            "name": "Gül Güzellik", "iban": "DE89370400440532013000",
            "creditor_id": "DE98ZZZ09999999999",
        });
        shop.send(&Request::put(path, &creditor)).await?;
    }
    Ok(Request::get(path))
}

/// A package of ten visits that runs already.
fn file(shop: &Shop) -> String {
    let head = "email,name,package,kind,services,quantity,used,price,currency,sold_on,id";
    let (person, service) = (shop.fresh(), &shop.services[0]);
    let line = format!(
        "{person}@example.com,Ada,Eski Paket,visits,{service},10,2,1000.00,TRY,2026-01-15,{person}"
    );
    format!("{head}\n{line}\n")
}

fn booked_elsewhere(shop: &Shop) -> Value {
    let appointment = shop.appointment(&shop.customer, json!("auto"));
    let detail = json!({
        "version": 1, "business_id": shop.business, "booking_id": appointment["booking_id"],
        "customer_id": shop.customer, "services": [shop.services[0]],
        "starts_at": appointment["starts_at"], "pay_with": "auto",
        "occurred_at": appointment["starts_at"],
    });
    json!({
        "version": "0", "id": shop.fresh(), "detail-type": "AppointmentBooked",
        "source": "elsewhere.example", "account": "123456789012",
        "time": appointment["starts_at"], "region": "eu-central-1", "resources": [],
        "detail": detail,
    })
}
