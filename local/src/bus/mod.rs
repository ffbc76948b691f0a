//! A local stand-in for the event bus: it takes what the SDK puts, keeps the last events for whoever looks,
//! and gives them to functions by the template's rules, as often as the template says.

mod endpoint;
mod letters;
mod pages;
mod pattern;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use aws_lambda_events::dynamodb::Event as StreamEvent;
use chrono::{DateTime, SecondsFormat, Utc};
use events::Delivered;
use functions::{App, BusFunction, STREAM_FUNCTIONS};
use serde::Serialize;
use serde_json::Value;
use tokio::task::JoinSet;

use crate::template::Rule;
use crate::{Problem, random_hex};

pub use endpoint::Endpoint;
pub use letters::{Aside, DeadLetter, DeadLetters};
pub(crate) use pages::is_of_another_site;
pub(crate) use pattern::matches;

/// The bus's name here.
pub const NAME: &str = "carnet";

/// The most events that are kept for looking at.
const MOST_SEEN: usize = 500;
/// How long an event that was not taken waits for its next delivery: Lambda takes minutes.
const PAUSE: Duration = Duration::from_millis(200);

/// An event that somebody puts.
#[derive(Debug, Clone)]
pub struct Put {
    /// Its id, if it has one already.
    pub id: Option<String>,
    /// The system that puts it.
    pub source: String,
    /// What kind of event it is.
    pub detail_type: String,
    /// When it happened; now if nobody says.
    pub at: Option<DateTime<Utc>>,
    /// What happened.
    pub detail: Value,
}

/// An event that is on the bus.
#[derive(Debug, Clone, Serialize)]
pub struct Accepted {
    /// Its id.
    pub id: String,
    /// The functions that rules give it to; none where nobody asked for it.
    pub given_to: Vec<&'static str>,
}

/// The bus.
#[derive(Debug, Clone)]
pub struct Bus {
    app: App,
    rules: Arc<[Rule]>,
    /// Where what no function took is kept.
    pub letters: DeadLetters,
    seen: Arc<Mutex<VecDeque<Delivered>>>,
    under_way: Arc<tokio::sync::Mutex<JoinSet<()>>>,
}

impl Bus {
    /// A bus with these rules, whose functions work with `app`.
    pub fn new(app: App, rules: &[Rule], letters: DeadLetters) -> Self {
        Self {
            app,
            rules: rules.into(),
            letters,
            seen: Arc::default(),
            under_way: Arc::default(),
        }
    }

    /// Takes an event, and delivers it by the rules while others come. The id it is given.
    ///
    /// # Errors
    /// [`Problem::System`] when there is no randomness.
    pub async fn put(&self, put: Put) -> Result<Accepted, Problem> {
        let at = put.at.unwrap_or_else(|| self.app.clock.now());
        let event = Delivered {
            version: "0".to_owned(),
            id: put.id.map_or_else(uuid, Ok)?,
            detail_type: put.detail_type,
            source: put.source,
            account: "000000000000".to_owned(),
            time: at.to_rfc3339_opts(SecondsFormat::Secs, true),
            region: "eu-central-1".to_owned(),
            resources: Vec::new(),
            detail: put.detail,
        };
        let id = event.id.clone();
        let json = serde_json::to_value(&event).unwrap_or_default();
        {
            let mut seen = self.seen();
            seen.push_front(event);
            seen.truncate(MOST_SEEN);
        }
        let mut under_way = self.under_way.lock().await;
        while under_way.try_join_next().is_some() {}
        let mut given_to = Vec::new();
        for rule in self.rules.iter() {
            if matches(&rule.pattern, &json) {
                given_to.push(rule.function.name);
                let (bus, rule, event) = (self.clone(), rule.clone(), json.clone());
                under_way.spawn(async move { bus.deliver(&rule, event).await });
            }
        }
        Ok(Accepted { id, given_to })
    }

    /// Waits until every event that was put is taken or set aside.
    pub async fn settled(&self) {
        let mut under_way = self.under_way.lock().await;
        while under_way.join_next().await.is_some() {}
    }

    /// The last events, newest first.
    pub fn last(&self) -> Vec<Delivered> {
        self.seen().iter().cloned().collect()
    }

    async fn deliver(&self, rule: &Rule, event: Value) {
        let mut reason = String::new();
        for delivery in 0..=rule.retries {
            if delivery > 0 {
                tokio::time::sleep(PAUSE).await;
            }
            match self.call(rule.function, event.clone()).await {
                Ok(()) => return,
                Err(why) => reason = why,
            }
        }
        let what = Aside::Event(event);
        let deliveries = rule.retries + 1;
        self.letters
            .add(rule.function.name, what, reason, deliveries);
    }

    /// Calls a function as Lambda does: one that panics has failed.
    async fn call(&self, function: BusFunction, event: Value) -> Result<(), String> {
        let app = self.app.clone();
        let called = tokio::spawn(async move { function.call(&app, event).await }).await;
        match called {
            Ok(taken) => taken.map_err(|rejected| rejected.to_string()),
            Err(_) => Err("the function panicked".to_owned()),
        }
    }

    /// Gives what was set aside to its function once more. Whether there was such a letter; what fails
    /// again is set aside again.
    pub async fn replay(&self, id: u64) -> bool {
        let Some(letter) = self.letters.take(id) else {
            return false;
        };
        let failed = match &letter.what {
            Aside::Event(event) => {
                let functions = functions::BUS_FUNCTIONS.into_iter();
                let mut named = functions.filter(|known| known.name == letter.function);
                match named.next() {
                    Some(function) => self.call(function, event.clone()).await.err(),
                    None => Some("there is no such function".to_owned()),
                }
            }
            Aside::Record(record) => {
                let mut event = StreamEvent::default();
                event.records = vec![(**record).clone()];
                let functions = STREAM_FUNCTIONS.into_iter();
                let mut named = functions.filter(|known| known.name == letter.function);
                match named.next() {
                    Some(function) => {
                        // Of one record it is handled, or the call fails.
                        let answer = function.call(&self.app, event).await;
                        answer.err().map(|_| letter.reason.clone())
                    }
                    None => Some("there is no such function".to_owned()),
                }
            }
        };
        if let Some(reason) = failed {
            let deliveries = letter.deliveries + 1;
            self.letters
                .add(letter.function, letter.what, reason, deliveries);
        }
        true
    }

    fn seen(&self) -> MutexGuard<'_, VecDeque<Delivered>> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An id as EventBridge gives them.
fn uuid() -> Result<String, Problem> {
    let hex = random_hex::<16>()?;
    let parts = [0..8, 8..12, 12..16, 16..20, 20..32].map(|part| hex.get(part).unwrap_or_default());
    Ok(parts.join("-"))
}
