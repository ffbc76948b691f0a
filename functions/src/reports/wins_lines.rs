//! The lines of the report of what was decided.

use domain::pipeline::Outcome;
use domain::reports::{EffortLine, ReasonLine, Share, WinQuality, Wins};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::format::basis_points;

const EXCLUDES: &str = "what is open or suspended; what was abandoned or reopened";

const EFFORT_EXCLUDES: &str = "what is planned or was cancelled; opportunities that were reopened";

/// What was decided, in one currency or in all.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = WinsLine)]
pub(crate) struct WinsLine {
    /// The currency; null for the counts of all of them, which have no amounts.
    currency: Option<String>,
    /// Won, less what was reopened: how many.
    #[schema(value_type = i64)]
    won_count: i128,
    /// Won, less what was reopened: their value.
    #[schema(value_type = Option<i64>)]
    won_minor: Option<i128>,
    /// Lost, less what was reopened: how many.
    #[schema(value_type = i64)]
    lost_count: i128,
    /// Lost, less what was reopened: their value.
    #[schema(value_type = Option<i64>)]
    lost_minor: Option<i128>,
    /// Abandoned, less what was reopened: how many.
    #[schema(value_type = i64)]
    abandoned_count: i128,
    /// Abandoned, less what was reopened: their value.
    #[schema(value_type = Option<i64>)]
    abandoned_minor: Option<i128>,
    /// By count: won.
    #[schema(value_type = i64)]
    count_numerator: i128,
    /// By count: won and lost.
    #[schema(value_type = i64)]
    count_denominator: i128,
    /// By count: hundredths of a per cent, rounded; null of nothing.
    #[schema(value_type = Option<i64>)]
    count_rate_basis_points: Option<i128>,
    /// By value: won.
    #[schema(value_type = Option<i64>)]
    value_numerator: Option<i128>,
    /// By value: won and lost.
    #[schema(value_type = Option<i64>)]
    value_denominator: Option<i128>,
    /// By value: hundredths of a per cent, rounded; null of nothing.
    #[schema(value_type = Option<i64>)]
    value_rate_basis_points: Option<i128>,
    /// What neither rate counts.
    excludes: String,
    /// Mean value of what was won, rounded; null of nothing.
    #[schema(value_type = Option<i64>)]
    mean_won_minor: Option<i128>,
    /// Days from the opening to the win, of all that was won.
    #[schema(value_type = i64)]
    won_days: i128,
    /// Mean days from the opening to the win, in hundredths of a day, rounded; null of nothing.
    #[schema(value_type = Option<i64>)]
    mean_days_hundredths: Option<i128>,
    /// Opportunities won or lost × mean value × win rate by count ÷ mean days: minor units a day, computed
    /// from the sums and rounded once; null where nothing was won, or all on the day it was opened.
    #[schema(value_type = Option<i64>)]
    velocity_minor_per_day: Option<i128>,
}

/// How something was decided.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ReportedOutcome {
    /// Sold.
    Won,
    /// The customer decided against it.
    Lost,
    /// The business gave it up.
    Abandoned,
}

/// What was decided so for one reason, in one currency.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = WinsReason)]
pub(crate) struct ReasonView {
    /// How it was decided.
    outcome: ReportedOutcome,
    /// Why.
    reason: String,
    /// The currency.
    currency: String,
    /// How many, less what was reopened.
    #[schema(value_type = i64)]
    closed_count: i128,
    /// Their value.
    #[schema(value_type = i64)]
    closed_minor: i128,
}

/// What was done for opportunities that were decided so, whenever it was done.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = WinsEffort)]
pub(crate) struct EffortView {
    /// How they were decided.
    outcome: ReportedOutcome,
    /// How many opportunities: the denominator of the means.
    #[schema(value_type = i64)]
    closed_count: i128,
    /// Tasks, altogether.
    #[schema(value_type = i64)]
    tasks: i128,
    /// Tasks per opportunity, in hundredths, rounded; null of nothing.
    #[schema(value_type = Option<i64>)]
    tasks_per_opportunity_hundredths: Option<i128>,
    /// Notes, altogether.
    #[schema(value_type = i64)]
    notes: i128,
    /// Notes per opportunity, in hundredths, rounded; null of nothing.
    #[schema(value_type = Option<i64>)]
    notes_per_opportunity_hundredths: Option<i128>,
    /// Calls, altogether.
    #[schema(value_type = i64)]
    calls: i128,
    /// Calls per opportunity, in hundredths, rounded; null of nothing.
    #[schema(value_type = Option<i64>)]
    calls_per_opportunity_hundredths: Option<i128>,
    /// Meetings, altogether.
    #[schema(value_type = i64)]
    meetings: i128,
    /// Meetings per opportunity, in hundredths, rounded; null of nothing.
    #[schema(value_type = Option<i64>)]
    meetings_per_opportunity_hundredths: Option<i128>,
    /// What none of these counts.
    excludes: String,
}

/// What became, by now, of what was won in one month, in one currency.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = WinsQuality)]
pub(crate) struct QualityView {
    /// The month of the win.
    #[schema(example = "2026-11")]
    won_in: String,
    /// The currency.
    currency: String,
    /// Won opportunities, with or without a quote.
    #[schema(value_type = i64)]
    won_count: i128,
    /// Their value.
    #[schema(value_type = i64)]
    won_minor: i128,
    /// Prices of the packages that accepted quotes sold, less those that were voided.
    #[schema(value_type = i64)]
    sold_minor: i128,
    /// Paid for these packages, less what came back.
    #[schema(value_type = i64)]
    collected_minor: i128,
    /// Value of what was used of these packages, less what was reversed.
    #[schema(value_type = i64)]
    consumed_minor: i128,
    /// Paid back for these packages.
    #[schema(value_type = i64)]
    refunded_minor: i128,
}

impl From<Wins> for WinsLine {
    fn from(line: Wins) -> Self {
        let (by_count, by_value) = (line.rate_by_count(), line.rate_by_value());
        let minor = |value: i128| line.currency.map(|_| value);
        Self {
            currency: line.currency.map(|currency| currency.to_string()),
            won_count: line.won.count,
            won_minor: minor(line.won.value),
            lost_count: line.lost.count,
            lost_minor: minor(line.lost.value),
            abandoned_count: line.abandoned.count,
            abandoned_minor: minor(line.abandoned.value),
            count_numerator: by_count.numerator,
            count_denominator: by_count.denominator,
            count_rate_basis_points: part_of(by_count),
            value_numerator: by_value.map(|share| share.numerator),
            value_denominator: by_value.map(|share| share.denominator),
            value_rate_basis_points: by_value.and_then(part_of),
            excludes: EXCLUDES.to_owned(),
            mean_won_minor: line.mean_value(),
            won_days: line.won_days,
            mean_days_hundredths: line.mean_days_hundredths(),
            velocity_minor_per_day: line.velocity(),
        }
    }
}

/// A share of what was decided. Where more was reopened than decided there is none: what is left is no part
/// of a whole.
fn part_of(share: Share) -> Option<i128> {
    basis_points(share).filter(|_| (0..=share.denominator).contains(&share.numerator))
}

impl From<Outcome> for ReportedOutcome {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Won => ReportedOutcome::Won,
            Outcome::Lost => ReportedOutcome::Lost,
            Outcome::Abandoned => ReportedOutcome::Abandoned,
        }
    }
}

impl From<ReasonLine> for ReasonView {
    fn from(line: ReasonLine) -> Self {
        Self {
            outcome: line.outcome.into(),
            reason: line.reason.to_string(),
            currency: line.currency.to_string(),
            closed_count: line.tally.count,
            closed_minor: line.tally.value,
        }
    }
}

impl From<EffortLine> for EffortView {
    fn from(line: EffortLine) -> Self {
        let per = |done| line.per_opportunity_hundredths(done);
        Self {
            outcome: line.outcome.into(),
            closed_count: line.closed,
            tasks: line.tasks,
            tasks_per_opportunity_hundredths: per(line.tasks),
            notes: line.notes,
            notes_per_opportunity_hundredths: per(line.notes),
            calls: line.calls,
            calls_per_opportunity_hundredths: per(line.calls),
            meetings: line.meetings,
            meetings_per_opportunity_hundredths: per(line.meetings),
            excludes: EFFORT_EXCLUDES.to_owned(),
        }
    }
}

impl From<WinQuality> for QualityView {
    fn from(line: WinQuality) -> Self {
        Self {
            won_in: line.month.to_string(),
            currency: line.currency.to_string(),
            won_count: line.won.count,
            won_minor: line.won.value,
            sold_minor: line.sold,
            collected_minor: line.collected,
            consumed_minor: line.consumed,
            refunded_minor: line.refunded,
        }
    }
}
