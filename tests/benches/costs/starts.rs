//! What each function takes to start, beside a bare one: time, memory, the size of its binary.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use functions::{BUS_FUNCTIONS, Clock, FUNCTIONS, STREAM_FUNCTIONS, TIMED_FUNCTIONS};
use serde_json::json;

use super::call::Call;
use super::database::Kind;
use super::lambda::Instance;
use super::operations::Operation;
use super::request::Request;
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
    /// From its start until its first event was answered, in milliseconds.
    pub(super) both: Sorted,
    /// The most memory it held until it had answered that, in MiB.
    pub(super) memory: Sorted,
    /// Of the binary, in MiB.
    pub(super) size: f64,
    /// To a fixed address, or to lie anywhere.
    pub(super) linked: &'static str,
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
    kind: &Kind,
    times: u64,
) -> Result<Vec<Start>, Failed> {
    let business = format!("{BUSINESS}-starts");
    let database = kind.open()?;
    let shop = Shop::open(&database.endpoint, &business, Clock::system()).await?;
    let environment = environment(tls, &shop).await?;
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
        let first = first(&self.name, shop).await?;
        let mut instance = Instance::start(&self.binary, &self.environment).await?;
        let invoked = instance.invoke(first.event(&shop.door.claims)?).await;
        let invoked = invoked.map_err(|error| format!("{}: {error}", self.name))?;
        first.answered(&invoked.answer)?;
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
            both: self.taken.iter().map(|taken| taken[0] + taken[2]).collect(),
            linked: linked(&self.binary)?,
            memory: of(3),
            size: std::fs::metadata(&self.binary)?.len() as f64 / f64::from(1 << 20),
            name: self.name,
        })
    }
}

/// What the header of the binary says of where it lies: an ELF file's type.
fn linked(binary: &Path) -> Result<&'static str, Failed> {
    let mut header = [0; 18];
    File::open(binary)?.read_exact(&mut header)?;
    match (&header[..4], header[16]) {
        (b"\x7fELF", 2) => Ok("fixed"),
        (b"\x7fELF", 3) => Ok("anywhere"),
        _ => Err(format!("{} is no program of Linux", binary.display()).into()),
    }
}

/// The first event of a function: one that has it work.
async fn first(name: &str, shop: &Shop) -> Result<Call, Failed> {
    let request = match name {
        "catalog" => Request::get("/v1/settings"),
        "customers" => Request::get(format!("/v1/customers/{}", shop.customer)),
        "reports" => Request::get("/v1/reports/liability"),
        "collections" => creditor(shop).await?,
        "imports" => Request::csv("/v1/imports/packages", file(shop)),
        "wallet" => return Operation::Wallet.prepare(shop).await,
        "package-sales" => return Operation::Sell.prepare(shop).await,
        "package-care" => return Operation::Adjust.prepare(shop).await,
        "booking-redemption" => return Operation::BookNamed.prepare(shop).await,
        "appointment-completion" => return Operation::Complete.prepare(shop).await,
        "opportunity-updates" => return Operation::OpenOpportunity.prepare(shop).await,
        "inbound-events" => return Operation::TellBooking.prepare(shop).await,
        "follow-journal" => return Operation::FollowSale.prepare(shop).await,
        "publish-events" => return Operation::PublishSale.prepare(shop).await,
        _ => return Ok(Call::Timer),
    };
    Ok(Call::Request(request))
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
