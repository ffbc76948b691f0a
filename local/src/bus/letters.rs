//! What was set aside: events that no function took, and records of the stream that failed every time.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use aws_lambda_events::dynamodb::EventRecord;
use chrono::{DateTime, Utc};
use functions::Clock;
use serde::Serialize;
use serde_json::Value;

/// The most that are kept; the oldest go first.
const MOST: usize = 1000;

/// Something that was set aside.
#[derive(Debug, Clone, Serialize)]
pub struct DeadLetter {
    /// Its number here.
    pub id: u64,
    /// When it was set aside.
    pub at: DateTime<Utc>,
    /// The function that it was for.
    pub function: &'static str,
    /// Why it was not handled.
    pub reason: String,
    /// How often it was delivered.
    pub deliveries: u32,
    /// What it is.
    pub what: Aside,
}

/// What was set aside.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Aside {
    /// An event.
    Event(Value),
    /// A record of the table's stream.
    Record(Box<EventRecord>),
}

/// Everything that was set aside. It is forgotten when the process ends.
#[derive(Debug, Clone, Default)]
pub struct DeadLetters {
    clock: Clock,
    kept: Arc<Mutex<Kept>>,
}

#[derive(Debug, Default)]
struct Kept {
    last: u64,
    letters: BTreeMap<u64, DeadLetter>,
}

impl DeadLetters {
    /// None yet; the time is `clock`'s.
    pub fn by(clock: Clock) -> Self {
        let kept = Arc::default();
        Self { clock, kept }
    }

    /// Sets something aside.
    pub fn add(&self, function: &'static str, what: Aside, reason: String, deliveries: u32) {
        tracing::error!(function, reason, "set aside");
        let mut kept = self.locked();
        kept.last += 1;
        let letter = DeadLetter {
            id: kept.last,
            at: self.clock.now(),
            function,
            reason,
            deliveries,
            what,
        };
        let id = letter.id;
        kept.letters.insert(id, letter);
        while kept.letters.len() > MOST {
            kept.letters.pop_first();
        }
    }

    /// Everything, newest first.
    pub fn all(&self) -> Vec<DeadLetter> {
        self.locked().letters.values().rev().cloned().collect()
    }

    /// Takes one out, to be tried again.
    pub fn take(&self, id: u64) -> Option<DeadLetter> {
        self.locked().letters.remove(&id)
    }

    fn locked(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
