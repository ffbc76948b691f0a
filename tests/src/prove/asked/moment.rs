//! Hours that clients choose: some, and those of which a rule makes something, where one hour more or less
//! is told otherwise.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use proptest::prelude::*;
use serde_json::Value;

use crate::harness::NOW;
use crate::prove::model::{Model, day_begins};

/// How many milliseconds an hour has.
pub(crate) const MILLIS: i64 = 3_600_000;

/// An hour, as it is chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum When {
    /// So many hours from now.
    In(i64),
    /// So many hours beside a limit.
    Beside(Limit, i64),
}

/// Where a rule draws its line. Bookings and packages are counted round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Limit {
    /// Today begins: what starts before is in the past.
    Today,
    /// What starts then is late to be cancelled from now on.
    Window,
    /// A package ends, days of grace included.
    End(usize),
    /// A booking starts.
    Start(usize),
    /// From then on it is late to cancel it.
    Late(usize),
}

impl Limit {
    fn hour(self, model: &Model) -> Option<i64> {
        let start = |place: usize| {
            let made = model.made();
            let place = made.get(place.checked_rem(made.len())?)?;
            Some(model.bookings[*place].as_ref()?.starts_at)
        };
        match self {
            Limit::Today => Some(day_begins(model.now)),
            Limit::Window => Some(model.now + model.rules.window),
            Limit::End(place) => {
                let ends = model.packages.iter().filter_map(|package| package.ends);
                let ends: Vec<i64> = ends.collect();
                ends.get(place.checked_rem(ends.len())?).copied()
            }
            Limit::Start(place) => start(place),
            Limit::Late(place) => Some(start(place)? - model.rules.window),
        }
    }
}

impl When {
    /// The hour; the next one where there is no such limit.
    pub(crate) fn hour(&self, model: &Model) -> i64 {
        match self {
            When::In(hours) => model.now + hours,
            When::Beside(limit, hours) => match limit.hour(model) {
                Some(limit) => limit + hours,
                None => model.now + 1,
            },
        }
    }

    /// The hour, where it is still to come; else the next one.
    pub(crate) fn later(&self, model: &Model) -> i64 {
        self.hour(model).max(model.now + 1)
    }
}

/// At the limit, or one hour beside it.
fn beside(limit: impl Strategy<Value = Limit>) -> impl Strategy<Value = When> {
    let hours = prop_oneof![3 => Just(0), 1 => Just(-1), 1 => Just(1)];
    (limit, hours).prop_map(|(limit, hours)| When::Beside(limit, hours))
}

/// When an appointment starts.
pub(crate) fn start(least: i64) -> impl Strategy<Value = When> {
    let limit = prop_oneof![
        1 => Just(Limit::Today),
        1 => Just(Limit::Window),
        2 => (0usize..4).prop_map(Limit::End),
    ];
    prop_oneof![
        1 => (least..=0).prop_map(When::In),
        3 => (0i64..30).prop_map(When::In),
        4 => (30i64..500).prop_map(When::In),
        4 => beside(limit),
    ]
}

/// Until when nothing is asked for.
pub(crate) fn wait() -> impl Strategy<Value = When> {
    let limit = prop_oneof![
        2 => (0usize..10).prop_map(Limit::Start),
        2 => (0usize..10).prop_map(Limit::Late),
        4 => (0usize..4).prop_map(Limit::End),
    ];
    prop_oneof![
        3 => (1i64..100).prop_map(When::In),
        1 => (100i64..400).prop_map(When::In),
        3 => beside(limit),
    ]
}

/// An hour as clients write it.
pub(crate) fn at(hour: i64) -> String {
    let begun: DateTime<Utc> = NOW.parse().unwrap();
    (begun + TimeDelta::hours(hour)).to_rfc3339()
}

/// A day as clients write it.
pub(crate) fn date(day: i64) -> String {
    let begun: DateTime<Utc> = NOW.parse().unwrap();
    (begun + TimeDelta::days(day)).date_naive().to_string()
}

/// The day, as it is shown.
pub(crate) fn day(shown: &Value) -> i64 {
    let begun: DateTime<Utc> = NOW.parse().unwrap();
    let shown: NaiveDate = shown.as_str().unwrap().parse().unwrap();
    (shown - begun.date_naive()).num_days()
}

/// The hour at which it is, as it is shown.
pub(crate) fn hour(shown: &Value) -> i64 {
    millis(shown).div_euclid(MILLIS)
}

/// The hour of an instant.
pub(crate) fn hours(at: DateTime<Utc>) -> i64 {
    let begun: DateTime<Utc> = NOW.parse().unwrap();
    (at - begun).num_milliseconds().div_euclid(MILLIS)
}

/// The millisecond, as it is shown.
pub(crate) fn millis(shown: &Value) -> i64 {
    let begun: DateTime<Utc> = NOW.parse().unwrap();
    let shown: DateTime<Utc> = shown.as_str().unwrap().parse().unwrap();
    (shown - begun).num_milliseconds()
}
