//! Metrics as lines of the log, in CloudWatch's embedded metric format: CloudWatch reads them from there,
//! and no request waits for it. Names of facts and codes only, never who it was about.
//!
//! The format: <https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html>

use std::collections::BTreeMap;
use std::io::Write as _;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use domain::PackageId;
use domain::journal::{Entry, Fact};
use domain::packages::Account;
use serde_json::{Map, Value, json};

/// Where metrics go.
#[derive(Debug, Clone, Default)]
pub struct Metrics(Sink);

#[derive(Debug, Clone, Default)]
enum Sink {
    /// Nowhere.
    #[default]
    Off,
    /// To standard output, which is the function's log, under this namespace.
    Log(Arc<str>),
    /// To who asks for them.
    Kept(Arc<Mutex<Vec<String>>>),
}

/// What it took to commit.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Effort {
    /// Decisions that could not be committed, since what they were made on had changed.
    pub(crate) conflicts: u32,
    /// Waits for others, or for a database that throttled.
    pub(crate) waits: u32,
}

impl Metrics {
    /// Metrics as lines of the function's log, in the namespace that `CARNET_METRICS` names.
    pub fn from_env() -> Self {
        match std::env::var("CARNET_METRICS") {
            Ok(namespace) => Self(Sink::Log(namespace.into())),
            Err(_) => Self::default(),
        }
    }

    /// Metrics that are kept until [`Metrics::take`].
    pub fn kept() -> Self {
        Self(Sink::Kept(Arc::default()))
    }

    /// The lines since the last reading, where they are kept.
    pub fn take(&self) -> Vec<String> {
        match &self.0 {
            Sink::Kept(lines) => {
                std::mem::take(&mut *lines.lock().unwrap_or_else(PoisonError::into_inner))
            }
            Sink::Off | Sink::Log(_) => Vec::new(),
        }
    }

    /// A request was refused with a code, or failed.
    pub fn refused(&self, code: &str) {
        self.write("code", code, &[("Refusals", 1)]);
    }

    /// Entries were committed.
    pub(crate) fn committed<'e>(&self, entries: impl Iterator<Item = &'e Entry>, effort: Effort) {
        let mut effort = Some(effort);
        for entry in entries {
            // A series is one commit: what it took is counted once.
            let Effort { conflicts, waits } = effort.take().unwrap_or_default();
            let counts = [
                ("Commits", 1),
                ("Redemptions", u32::from(redeems(entry))),
                ("CommitConflicts", conflicts),
                ("Retries", waits),
            ];
            self.write("fact", entry.fact.name(), &counts);
        }
    }

    /// Nothing was committed, whatever it took.
    pub(crate) fn given_up(&self, effort: Effort) {
        let counts = [
            ("CommitConflicts", effort.conflicts),
            ("Retries", effort.waits),
        ];
        self.write("fact", "none", &counts);
    }

    /// The agenda was worked off: so many things were done, failed and are tried again, and were set aside.
    pub fn worked_off(&self, done: u32, failed: u32, set_aside: u32) {
        let counts = [
            ("DueDone", done),
            ("DueFailed", failed),
            ("DueSetAside", set_aside),
        ];
        self.write("function", "due-work", &counts);
    }

    fn write(&self, dimension: &str, value: &str, counts: &[(&str, u32)]) {
        let counts = counts.iter().filter(|(_, count)| *count > 0);
        let counts: Vec<_> = counts.collect();
        let namespace = match &self.0 {
            Sink::Off => return,
            Sink::Log(namespace) => namespace,
            Sink::Kept(_) => "Carnet",
        };
        if counts.is_empty() {
            return;
        }
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        let now = since.unwrap_or_default().as_millis();
        let names: Vec<Value> = counts
            .iter()
            .map(|(name, _)| json!({"Name": name, "Unit": "Count"}))
            .collect();
        let mut line = Map::new();
        line.insert(
            "_aws".to_owned(),
            json!({
                "Timestamp": u64::try_from(now).unwrap_or(u64::MAX),
                "CloudWatchMetrics": [{
                    "Namespace": namespace,
                    // All together, and each on its own.
                    "Dimensions": [[], [dimension]],
                    "Metrics": names,
                }],
            }),
        );
        line.insert(dimension.to_owned(), json!(value));
        for (name, count) in counts {
            line.insert((*name).to_owned(), json!(count));
        }
        let line = Value::Object(line).to_string();
        match &self.0 {
            Sink::Off => {}
            Sink::Kept(lines) => lines
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(line),
            // A log that takes nothing must not fail the request.
            Sink::Log(_) => drop(writeln!(std::io::stdout(), "{line}")),
        }
    }
}

/// Whether an appointment draws on packages: more of some pool is reserved or used after it, and less of
/// none. What moves an appointment to another time gives back as much as it draws.
fn redeems(entry: &Entry) -> bool {
    // What is taken back was redeemed before, or is no redemption.
    let taken_back = matches!(entry.fact, Fact::Reversed { .. });
    if entry.fact.booking().is_none() || taken_back {
        return false;
    }
    let drawn =
        |account: Option<Account>| matches!(account, Some(Account::Held | Account::Captured));
    let mut pools = BTreeMap::<(PackageId, usize), i128>::new();
    for line in &entry.lines {
        let units = i128::from(line.units);
        let sum = pools.entry((line.package, line.pool)).or_default();
        *sum += units * i128::from(drawn(line.to)) - units * i128::from(drawn(line.from));
    }
    pools.values().any(|sum| *sum > 0) && pools.values().all(|sum| *sum >= 0)
}
