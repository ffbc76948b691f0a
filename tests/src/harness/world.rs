//! A gateway with the functions behind it, a database, a clock, and a business nobody else uses.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use chrono::{DateTime, Utc};
use functions::{App, Clock};
use infra::{Meter, Metrics, Store, client, table};
use local::bus::DeadLetters;
use local::database::Embedded;
use local::stream::{Start, Stream};
use local::{Claims, Gateway, Role, Running, Tokens};
use serde_json::Value;
use tokio::sync::Mutex;

use super::{Call, Faults, template};

/// The present of every test, unless it moves its clock: a Sunday morning in Istanbul.
pub(crate) const NOW: &str = "2026-11-22T08:00:00Z";

pub(crate) const TABLE: &str = "carnet-tests";

pub(crate) struct World {
    pub(crate) clock: Clock,
    pub(crate) meter: Meter,
    pub(crate) faults: Faults,
    pub(crate) store: Store,
    pub(crate) business: String,
    pub(crate) endpoint: String,
    pub(crate) table: String,
    pub(crate) app: App,
    pub(super) stream: Mutex<Stream>,
    /// What the functions behind the stream gave up on.
    pub(super) letters: DeadLetters,
    http: reqwest::Client,
    gateway: Running,
    // Dropping it would stop the database.
    _embedded: Option<Embedded>,
}

fn database() -> String {
    std::env::var("CARNET_TEST_DB").unwrap_or_else(|_| "embedded".to_owned())
}

/// Where one of the databases is: worlds take them in turns.
fn next_database() -> String {
    static WORLDS: AtomicUsize = AtomicUsize::new(0);
    let databases = database();
    let places: Vec<&str> = databases.split_whitespace().collect();
    let turn = WORLDS.fetch_add(1, Ordering::Relaxed) % places.len();
    places[turn].to_owned()
}

/// Whether the tests run on the embedded database: the other one is slow, and long series are cut there.
pub(crate) fn is_embedded() -> bool {
    database() == "embedded"
}

/// Whatever a test was about: it wrote only as docs/conditions.md says, and what the stream told was handled.
impl Drop for World {
    fn drop(&mut self) {
        let unlisted = self.faults.conditions().unlisted();
        let given_up = self.take_given_up();
        let mut said = Vec::new();
        if !unlisted.is_empty() {
            said.push(format!(
                "{unlisted:?} is sent, and not in docs/conditions.md"
            ));
        }
        if !given_up.is_empty() {
            said.push(format!("a follower gave up on {given_up:?}"));
        }
        match (said.join("; "), std::thread::panicking()) {
            (said, _) if said.is_empty() => {}
            (said, true) => eprintln!("{said}"),
            (said, false) => panic!("{said}"),
        }
    }
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::with_patience(Duration::from_secs(60)).await
    }

    /// A world whose table nobody else writes to: what works off the agenda works off all of it.
    pub(crate) async fn alone() -> Self {
        let table = format!("{TABLE}-{:x}", infra::random_128().unwrap());
        Self::in_table(&table, Duration::from_secs(60)).await
    }

    /// A world whose mutations give up after `patience`.
    pub(crate) async fn with_patience(patience: Duration) -> Self {
        Self::in_table(TABLE, patience).await
    }

    async fn in_table(name: &str, patience: Duration) -> Self {
        let (endpoint, embedded, start) = if is_embedded() {
            let embedded = Embedded::memory().await.unwrap();
            (
                embedded.endpoint().to_owned(),
                Some(embedded),
                Start::Oldest,
            )
        } else {
            // Into the table of all, other tests have written already.
            let start = match name == TABLE {
                true => Start::Now,
                false => Start::Oldest,
            };
            (next_database(), None, start)
        };
        let faults = Faults::default();
        let client = faults.between(&client::at(&endpoint));
        table::create(&client, name).await.unwrap();
        let stream = Stream::open(&endpoint, name, |_| start).await.unwrap();
        let meter = Meter::default();
        let store = Store::new(client, name)
            .with_meter(meter.clone())
            .with_metrics(Metrics::kept())
            .with_patience(patience);
        let clock = Clock::fixed(NOW.parse().unwrap());
        let app = App {
            store: store.clone(),
            clock: clock.clone(),
            bus: None,
        };
        let tokens = Tokens::new(*b"a key that only the tests know..");
        let gateway = Gateway::start(template(), &app, tokens, 0).await.unwrap();
        Self {
            clock,
            meter,
            faults,
            store,
            business: format!("test-{:032x}", infra::random_128().unwrap()),
            endpoint,
            table: name.to_owned(),
            app,
            stream: Mutex::new(stream),
            letters: DeadLetters::default(),
            http: reqwest::Client::new(),
            gateway,
            _embedded: embedded,
        }
    }

    /// Ends the functions under way where they stand, as when the machine under them fails.
    pub(crate) fn end_calls(&self) {
        self.gateway.end_calls();
    }

    pub(crate) fn tokens(&self) -> &Tokens {
        self.gateway.tokens()
    }

    /// A token of this world's business.
    pub(crate) fn token(&self, role: Role) -> String {
        self.token_of(&self.business, role)
    }

    /// A token of some business.
    pub(crate) fn token_of(&self, business: &str, role: Role) -> String {
        let claims = Claims::new(role, business, "someone");
        self.tokens().mint(&claims).unwrap()
    }

    /// A token of the owner of another business, which no other test has.
    pub(crate) fn next_door(&self) -> String {
        self.token_of(&format!("{}-next-door", self.business), Role::Owner)
    }

    /// A customer's token, with a verified e-mail address.
    pub(crate) fn customer_token(&self, sub: &str, email: &str) -> String {
        let claims = Claims::new(Role::Customer, &self.business, sub).with_email(email);
        self.tokens().mint(&claims).unwrap()
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.gateway.address())
    }

    /// A request by the owner; [`Call::by`] makes it someone else's.
    pub(crate) fn call(&self, method: &str, path: &str) -> Call {
        let request = self.http.request(method.parse().unwrap(), self.url(path));
        Call::new(request).by(&self.token(Role::Owner))
    }

    pub(crate) fn get(&self, path: &str) -> Call {
        self.call("GET", path)
    }

    pub(crate) fn post(&self, path: &str, body: serde_json::Value) -> Call {
        self.call("POST", path).json(body)
    }

    pub(crate) fn set_clock(&self, at: &str) {
        self.clock.set(at.parse::<DateTime<Utc>>().unwrap());
    }

    /// A list page by page, following its cursors; `path` has a query already.
    pub(crate) async fn pages(&self, path: &str) -> Vec<Vec<Value>> {
        let mut pages = Vec::new();
        let mut cursor = String::new();
        loop {
            let page = self.get(&format!("{path}{cursor}")).ok().await;
            pages.push(page["items"].as_array().unwrap().clone());
            let Some(next) = page["next_cursor"].as_str() else {
                return pages;
            };
            cursor = format!("&cursor={next}");
            assert!(pages.len() < 100, "{path} does not end");
        }
    }

    /// Everything this business ever did, oldest first.
    pub(crate) async fn journal(&self) -> Vec<domain::journal::Entry> {
        let business = self.business.parse().unwrap();
        let mut entries = Vec::new();
        let mut page = infra::PageRequest {
            after: None,
            limit: 100,
        };
        loop {
            let part = self
                .store
                .business_journal(&business, None, None, &page)
                .await
                .unwrap();
            entries.extend(part.items);
            match part.next {
                Some(next) => page.after = Some(next),
                None => break,
            }
        }
        entries.reverse();
        entries
    }
}
