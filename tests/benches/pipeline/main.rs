//! What lists and reports of the pipeline read at 100,000 opportunities of one business: made by the
//! domain, committed and projected as in life, on an embedded database in a file of the temporary
//! folder. Ends with 1 where a limit is missed. Another number of opportunities may be given as its
//! argument.

mod asked;
#[path = "../../src/harness/sales_team/mod.rs"]
mod sales_team;

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant as Started};

use asked::{Asked, asked};
use chrono::TimeDelta;
use domain::{BusinessId, Instant};
use functions::{App, Clock};
use futures::{StreamExt, TryStreamExt, stream};
use infra::{Meter, Store, Usage, client, table};
use local::database::Embedded;
use local::{Claims, Gateway, Role, Running, Template, Tokens};
use reqwest::{Method, RequestBuilder};
use sales_team::{Failed, SalesTeam};
use serde_json::{Value, json};

const TABLE: &str = "carnet-bench";
const BUSINESS: &str = "salon-gul";
const NOW: &str = "2026-11-22T08:00:00Z";
/// How many are worked on side by side.
const AT_ONCE: usize = 8;
/// How many are loaded before the database is opened again: it looks through the tokens of the last ten
/// minutes' transactions at every write, and forgets them when it is closed.
const AT_A_TIME: u64 = 5_000;

/// A file that is gone in the end, and what SQLite puts beside it.
struct File(PathBuf);

impl Drop for File {
    fn drop(&mut self) {
        for ending in ["", "-wal", "-shm"] {
            // What is not there need not be removed.
            let _ = std::fs::remove_file(format!("{}{ending}", self.0.display()));
        }
    }
}

/// The business behind its gateway.
struct Bench {
    store: Store,
    meter: Meter,
    gateway: Running,
    embedded: Embedded,
    http: reqwest::Client,
    now: Instant,
}

#[tokio::main]
async fn main() -> Result<(), Failed> {
    // Cargo itself adds --bench.
    let number = std::env::args().skip(1).find_map(|word| word.parse().ok());
    let opportunities: u64 = number.unwrap_or(100_000);
    let file = format!("carnet-bench-{}.db", std::process::id());
    let file = File(std::env::temp_dir().join(file));
    let (started, mut from, mut entries) = (Started::now(), 0, 0);
    while from < opportunities {
        let to = opportunities.min(from + AT_A_TIME);
        let bench = Bench::open(&file.0).await?;
        entries += bench.load(from..to).await?;
        bench.close().await;
        let seconds = started.elapsed().as_secs();
        println!("loaded {to} opportunities, {entries} entries, {seconds} s");
        from = to;
    }
    let bench = Bench::open(&file.0).await?;
    let quota = bench.set_quota().await?;
    bench.project(started).await?;
    println!(
        "\n{:<64} {:>8} {:>6} {:>9} {:>6}",
        "asked for", "by", "lines", "RRU", "limit"
    );
    let mut missed = 0;
    for asked in asked(opportunities, &quota) {
        let (lines, used) = bench.ask(&asked).await?;
        let met = used.rru <= asked.most_rru && lines >= asked.lines;
        let mark = if met { "" } else { "  MISSED" };
        let (path, by, limit) = (asked.path, asked.by.groups.concat(), asked.most_rru);
        println!(
            "{path:<64} {by:>8} {lines:>6} {:>9.1} {limit:>6}{mark}",
            used.rru
        );
        missed += u32::from(!met);
    }
    bench.close().await;
    match missed {
        0 => Ok(()),
        missed => Err(format!("{missed} limits were missed").into()),
    }
}

async fn sent(request: RequestBuilder) -> Result<Value, Failed> {
    let answer = request.send().await?.error_for_status()?;
    Ok(answer.json().await?)
}

fn text(value: &Value) -> Result<&str, Failed> {
    value
        .as_str()
        .ok_or_else(|| format!("{value} is no text").into())
}

impl Bench {
    /// On the database in a file, which is made if it is not there, with its table and its settings.
    async fn open(file: &Path) -> Result<Self, Failed> {
        let new = !file.exists();
        let embedded = Embedded::file(file).await?;
        let client = client::at(embedded.endpoint());
        if new {
            table::create(&client, TABLE).await?;
        }
        let meter = Meter::default();
        let store = Store::new(client, TABLE)
            .with_meter(meter.clone())
            .with_patience(Duration::from_secs(60));
        let now: Instant = NOW.parse()?;
        let app = App {
            store: store.clone(),
            clock: Clock::fixed(now),
            bus: None,
        };
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../template.yaml");
        let template = Template::read(path.as_ref())?;
        let tokens = Tokens::new(*b"a key that only this bench knows");
        let gateway = Gateway::start(&template, &app, tokens, 0).await?;
        let bench = Self {
            store,
            meter,
            gateway,
            embedded,
            http: reqwest::Client::new(),
            now,
        };
        if new {
            let settings = json!({
                "name": "Gül Güzellik", "time_zone": "Europe/Istanbul",
                "deduct_at": "booking", "no_show": "forfeit",
            });
            let settings = bench.request(Method::PUT, "/v1/settings")?.json(&settings);
            sent(settings).await?;
        }
        Ok(bench)
    }

    async fn close(self) {
        self.gateway.stop().await;
        self.embedded.stop().await;
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.gateway.address())
    }

    fn request(&self, method: Method, path: &str) -> Result<RequestBuilder, Failed> {
        let owner = Claims::new(Role::Owner, BUSINESS, "owner");
        let token = self.gateway.tokens().mint(&owner)?;
        let request = self.http.request(method, self.url(path));
        Ok(request.bearer_auth(token))
    }

    /// Has the team work on these opportunities; how many entries that makes.
    async fn load(&self, numbers: Range<u64>) -> Result<u64, Failed> {
        let business: BusinessId = BUSINESS.parse()?;
        let team = SalesTeam::hire(self.store.clone(), business, (self.now, u64::MAX)).await?;
        let work = numbers.map(|number| team.work(number));
        let mut work = stream::iter(work).buffer_unordered(AT_ONCE);
        let mut entries = 0;
        while let Some(written) = work.try_next().await? {
            entries += written;
            // What it has noted is of no interest here.
            self.meter.take();
        }
        Ok(entries)
    }

    /// A quota of this year for one of them, for which all counts that they won; its path.
    async fn set_quota(&self) -> Result<String, Failed> {
        let representative = SalesTeam::representative(5);
        let quota = json!({
            "name": "2026", "representative_id": representative,
            "from": "2026-01-01", "to": "2026-12-31", "target_count": 1000,
        });
        let quota = self.request(Method::POST, "/v1/quotas")?.json(&quota);
        let quota = sent(quota).await?;
        let won = format!(
            "/v1/opportunities?representative_id={representative}&status=won&close_from=2026-01-01"
        );
        let mut next = Value::Null;
        loop {
            let after = next.as_str().map(|cursor| format!("&cursor={cursor}"));
            let page = format!("{won}{}", after.unwrap_or_default());
            let page = sent(self.request(Method::GET, &page)?).await?;
            for item in page["items"].as_array().into_iter().flatten() {
                let path = format!("/v1/opportunities/{}", text(&item["id"])?);
                let read = sent(self.request(Method::GET, &path)?).await?;
                let link = self.request(Method::POST, &format!("{path}/quota"))?;
                let link = link.header("if-match", format!("\"{}\"", read["version"]));
                sent(link.json(&json!({"quota_id": quota["id"]}))).await?;
                self.meter.take();
            }
            next = page["next_cursor"].clone();
            if next.is_null() {
                return Ok(format!("quotas/{}", text(&quota["id"])?));
            }
        }
    }

    /// Makes the rows that reports are read from.
    async fn project(&self, started: Started) -> Result<(), Failed> {
        let business: BusinessId = BUSINESS.parse()?;
        let mut next = 0;
        let told = |progress: infra::Progress| {
            if progress.entries >= next {
                let (entries, seconds) = (progress.entries, started.elapsed().as_secs());
                println!("projected {entries} entries, {seconds} s");
                next += 20_000;
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
    async fn ask(&self, asked: &Asked) -> Result<(usize, Usage), Failed> {
        let token = self.gateway.tokens().mint(&asked.by)?;
        self.meter.take();
        let request = self.http.get(self.url(&asked.path)).bearer_auth(token);
        let answer = request.send().await?.error_for_status()?;
        let body: Value = answer.json().await?;
        let lines = [&body["items"], &body["opportunities"]];
        let lines = lines
            .into_iter()
            .find_map(Value::as_array)
            .map_or(0, Vec::len);
        Ok((lines, self.meter.take()))
    }
}
