//! What lists and reports of the pipeline read at 100,000 opportunities of one business: made by the
//! domain, committed and projected as in life, on the embedded database. Ends with 1 where a limit is
//! missed. Another number of opportunities may be given as its argument.

#[path = "../src/harness/sales_team.rs"]
mod sales_team;

use std::time::Duration;

use chrono::TimeDelta;
use domain::{BusinessId, Instant};
use functions::{App, Clock};
use futures::{StreamExt, TryStreamExt, stream};
use infra::{Meter, Store, Usage, client, table};
use local::database::Embedded;
use local::{Claims, Gateway, Role, Running, Template, Tokens};
use sales_team::{Failed, SalesTeam};
use serde_json::{Value, json};

const TABLE: &str = "carnet-bench";
const BUSINESS: &str = "salon-gul";
const NOW: &str = "2026-11-22T08:00:00Z";
/// How many are worked on side by side.
const AT_ONCE: usize = 8;

/// The business behind its gateway.
struct Bench {
    store: Store,
    meter: Meter,
    gateway: Running,
    token: String,
    http: reqwest::Client,
    now: Instant,
    _embedded: Embedded,
}

/// What is asked for, how many lines it has at least, and the most that it may read.
struct Asked {
    path: String,
    lines: usize,
    most_rru: f64,
}

#[tokio::main]
async fn main() -> Result<(), Failed> {
    // Cargo itself adds --bench.
    let number = std::env::args().skip(1).find_map(|word| word.parse().ok());
    let opportunities: u64 = number.unwrap_or(100_000);
    let bench = Bench::open().await?;
    bench.load(opportunities).await?;
    bench.project().await?;
    println!(
        "\n{:<64} {:>6} {:>9} {:>6}",
        "asked for", "lines", "RRU", "limit"
    );
    let mut missed = 0;
    for asked in asked(opportunities) {
        let (lines, used) = bench.ask(&asked.path).await?;
        let met = used.rru <= asked.most_rru && lines >= asked.lines;
        let mark = if met { "" } else { "  MISSED" };
        let (path, limit) = (asked.path, asked.most_rru);
        println!("{path:<64} {lines:>6} {:>9.1} {limit:>6}{mark}", used.rru);
        missed += u32::from(!met);
    }
    match missed {
        0 => Ok(()),
        missed => Err(format!("{missed} limits were missed").into()),
    }
}

/// Every list, a page of 40, and every report, of the longest stretch that has all kinds of periods in it.
fn asked(opportunities: u64) -> Vec<Asked> {
    let full = if opportunities < 100_000 { 1 } else { 40 };
    let (by, of) = (SalesTeam::representative(5), SalesTeam::customer(600));
    let scheme = "scheme_id=sch_00000000000000000000000000&stage=3";
    let page = |query: String, lines| Asked {
        path: format!("/v1/opportunities?{query}"),
        lines,
        most_rru: 3.0,
    };
    let report = |query: &str, lines| Asked {
        path: format!("/v1/reports/{query}"),
        lines,
        most_rru: 50.0,
    };
    vec![
        page("status=open".to_owned(), full),
        page("status=won&descending=true".to_owned(), full),
        page(scheme.to_owned(), full),
        page(format!("representative_id={by}&status=open"), full),
        page(
            format!("customer_id={of}"),
            full.min(opportunities.div_ceil(2_000) as usize),
        ),
        page("close_from=2026-11-22&close_to=2026-12-22".to_owned(), full),
        page("status=lost&close_from=2025-02-03".to_owned(), full),
        report("pipeline?as_of=2026-10-31", 10),
        report("pipeline", 10),
        report("forecast?as_of=2026-10-31", 6),
        report("forecast", 6),
        report("wins?from=2023-12-02", 3),
        report("wins?from=2024-01-02&to=2025-12-30", 3),
        report("funnel?from=2023-12-02", 14),
        report("funnel?from=2024-01-02&to=2025-12-30", 14),
        report("representatives", 24),
        report("representatives?from=2023-12-02", 24),
        report("representatives?from=2024-01-02&to=2025-12-30", 24),
    ]
}

impl Bench {
    async fn open() -> Result<Self, Failed> {
        let embedded = Embedded::memory().await?;
        let client = client::at(embedded.endpoint());
        table::create(&client, TABLE).await?;
        let meter = Meter::default();
        let store = Store::new(client, TABLE)
            .with_meter(meter.clone())
            .with_patience(Duration::from_secs(60));
        let now: Instant = NOW.parse()?;
        let clock = Clock::fixed(now);
        let app = App {
            store: store.clone(),
            clock,
        };
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../template.yaml");
        let template = Template::read(path.as_ref())?;
        let tokens = Tokens::new(*b"a key that only this bench knows");
        let gateway = Gateway::start(&template, &app, tokens, 0).await?;
        let claims = Claims::new(Role::Owner, BUSINESS, "owner");
        let token = gateway.tokens().mint(&claims)?;
        let bench = Self {
            store,
            meter,
            token,
            gateway,
            http: reqwest::Client::new(),
            now,
            _embedded: embedded,
        };
        let settings = json!({
            "name": "Gül Güzellik", "time_zone": "Europe/Istanbul",
            "deduct_at": "booking", "no_show": "forfeit",
        });
        let request = bench.http.put(bench.url("/v1/settings")).json(&settings);
        let answer = request.bearer_auth(&bench.token).send().await?;
        answer.error_for_status()?;
        Ok(bench)
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.gateway.address())
    }

    /// Has the team work on so many opportunities.
    async fn load(&self, opportunities: u64) -> Result<(), Failed> {
        let business: BusinessId = BUSINESS.parse()?;
        let team = SalesTeam::hire(self.store.clone(), business, (self.now, u64::MAX)).await?;
        let (mut done, mut entries) = (0, 0);
        let work = (0..opportunities).map(|number| team.work(number));
        let mut work = stream::iter(work).buffer_unordered(AT_ONCE);
        while let Some(written) = work.try_next().await? {
            done += 1;
            entries += written;
            if done % (opportunities / 20).max(1) == 0 {
                println!("loaded {done} opportunities, {entries} entries");
                // What it has noted is of no interest here.
                self.meter.take();
            }
        }
        Ok(())
    }

    /// Makes the rows that reports are read from.
    async fn project(&self) -> Result<(), Failed> {
        let business: BusinessId = BUSINESS.parse()?;
        let mut next = 0;
        let told = |progress: infra::Progress| {
            if progress.entries >= next {
                println!(
                    "projected {} entries, up to {}",
                    progress.entries, progress.at
                );
                next += 2000;
            }
            self.meter.take();
        };
        let until = self.now + TimeDelta::minutes(1);
        let store = &self.store;
        store
            .rebuild_projections(&business, until, Duration::ZERO, told)
            .await?;
        Ok(())
    }

    /// How many lines the answer has, and what it read.
    async fn ask(&self, path: &str) -> Result<(usize, Usage), Failed> {
        self.meter.take();
        let request = self.http.get(self.url(path)).bearer_auth(&self.token);
        let answer = request.send().await?.error_for_status()?;
        let body: Value = answer.json().await?;
        let lines = body["items"].as_array().map_or(0, Vec::len);
        Ok((lines, self.meter.take()))
    }
}
