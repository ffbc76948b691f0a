//! Quotas: what a representative is to sell in a period.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{ActorId, Instant, Money, Name, QuotaId};

/// What a representative is to sell in a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quota {
    /// Its id.
    pub id: QuotaId,
    /// What holds for it.
    pub terms: QuotaTerms,
    /// What it came to, once it is closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frozen: Option<Attained>,
    /// When it was closed.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "chrono::serde::ts_milliseconds_option"
    )]
    pub closed_at: Option<Instant>,
    /// Counts the edits, from 1.
    pub version: u64,
}

/// The part of a quota that can be edited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuotaTerms {
    /// What it is called.
    pub name: Name,
    /// Whose it is.
    pub representative: ActorId,
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day.
    pub to: NaiveDate,
    /// What is to be sold.
    pub target: QuotaTarget,
}

/// What is to be sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum QuotaTarget {
    /// This much; opportunities in other currencies do not count for it.
    Amount(Money),
    /// So many opportunities.
    Count(u32),
}

/// What a quota came to: of its linked opportunities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Attained {
    /// Won in the period: how many.
    pub won_count: u32,
    /// Won in the period: for how much, in minor units of the target's currency; 0 for a count.
    pub won_minor: u64,
    /// Undecided and expected in the period: how many.
    pub open_count: u32,
    /// Undecided and expected in the period: for how much.
    pub open_minor: u64,
}
