//! Where an opportunity stands: everything that figures are made of, and nothing else.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{ForecastCategory, Status};
use crate::packages::is_default;
use crate::{ActorId, Instant, Money, SchemeId, Slug};

/// Where an opportunity stands. Every journal entry of an opportunity has the one before it and the one
/// after it, so that every report is a sum over entries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// Whether it is still one.
    pub status: Status,
    /// In which scheme.
    pub scheme: SchemeId,
    /// In which stage of it.
    pub stage: u16,
    /// Since when.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub stage_since: Instant,
    /// How likely the stage made it, in per cent, when it was entered.
    pub probability_percent: u8,
    /// Where it stands in the forecast.
    pub forecast: ForecastCategory,
    /// The estimate, the total of the lines, or that of the primary quote.
    pub amount: Money,
    /// What the amount comes to over its term; a year of it where that is open.
    pub value: Money,
    /// Who answers for it.
    pub representative: ActorId,
    /// When it was opened.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub opened_at: Instant,
    /// When it is expected to be decided.
    pub expected_close_on: NaiveDate,
    /// When it was decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_on: Option<NaiveDate>,
    /// Why it was lost or abandoned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Slug>,
    /// The first day on which it has been in its stage for too long, while it is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rots_on: Option<NaiveDate>,
    /// What was done about it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub effort: Effort,
}

/// How many activities were done, by kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Effort {
    /// Tasks done.
    #[serde(default, skip_serializing_if = "is_default")]
    pub tasks: u32,
    /// Notes taken.
    #[serde(default, skip_serializing_if = "is_default")]
    pub notes: u32,
    /// Calls made.
    #[serde(default, skip_serializing_if = "is_default")]
    pub calls: u32,
    /// Meetings held.
    #[serde(default, skip_serializing_if = "is_default")]
    pub meetings: u32,
}

impl Position {
    /// The day lists sort by: when it was decided, or is expected to be.
    pub fn close_on(&self) -> NaiveDate {
        self.closed_on.unwrap_or(self.expected_close_on)
    }

    /// Its value × its probability, in hundredths of a minor unit: added up first and rounded once.
    pub fn weighted_hundredths(&self) -> u64 {
        self.value.amount_minor() * u64::from(self.probability_percent)
    }
}
