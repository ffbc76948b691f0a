//! The rows that reports of the pipeline are read from.

use crate::pipeline::{ActivityKind, ForecastCategory, Outcome};
use crate::reports::{Figure, Month, Period, Sums};
use crate::{ActorId, Currency, SchemeId, Slug};

/// What a row of the pipeline adds up: one currency, or none where only opportunities are counted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum PipelineRow {
    /// What is open or rests in a stage of a scheme.
    Stage(Period, SchemeId, u16, Currency),
    /// What is open and overdue, near its day, or rotting.
    Outlook(Period, Currency),
    /// What is open, not overdue, and expected to be decided in a month.
    Forecast(Period, Currency, Month),
    /// What was decided, and what was done for it.
    Outcome(Period, Currency),
    /// What was decided so, for this reason.
    Reason(Period, Currency, Outcome, Slug),
    /// How opportunities came into a stage of a scheme and left it.
    Funnel(Period, SchemeId, u16),
    /// What a representative did.
    Worked(Period, Currency, ActorId),
    /// What is open and a representative answers for.
    Pending(Period, Currency, ActorId),
    /// What became of what was won in a month.
    Won(Month, Currency),
}

/// What is summed of opportunities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// How many.
    Count,
    /// Their value, in minor units.
    Value,
    /// Their value × their probability, in hundredths of a minor unit.
    Weighted,
}

/// What is summed in a row of the pipeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PipelineFigure {
    /// Of those that are open.
    Open(Measure),
    /// Of those that rest.
    Suspended(Measure),
    /// In a forecast: of those that are open and stand there.
    Forecast(ForecastCategory, Measure),
    /// In an outlook: of those whose day has gone by.
    Overdue(ForecastCategory, Measure),
    /// Of those whose day has gone by or is at most 7 days ahead.
    WithinWeek(Measure),
    /// Of those whose day has gone by or is at most 30 days ahead.
    WithinMonth(Measure),
    /// Of those that have been in their stage for too long.
    Rotting(Measure),
    /// Of those that were decided so.
    Closed(Outcome, Measure),
    /// Activities done for those that were decided so.
    Effort(Outcome, ActivityKind),
    /// Days from the opening to the win, of those that were won.
    WonDays,
    /// Of those that were opened.
    Opened(Measure),
    /// Activities done.
    Activities,
    /// In a funnel: opened in the stage.
    OpenedIn,
    /// Reopened in the stage.
    ReopenedIn,
    /// Moved, undecided, from the stage to that of this number.
    MovedTo(u16),
    /// Moved, won, from the stage to that of this number.
    DeliveredTo(u16),
    /// Decided so in the stage.
    ClosedFrom(Outcome),
    /// Seconds in the stage, of those that left it undecided or by being decided.
    Stayed,
    /// Seconds in the stage, of those that left it when they were won already.
    StayedWon,
    /// Payments for the packages that were sold, less what came back.
    Collected,
    /// Paid back for them.
    PaidBack,
}

/// How many opportunities, and their value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// How many.
    pub count: i128,
    /// Their value, in minor units.
    pub value: i128,
}

impl Tally {
    /// The count and the value of a figure.
    pub(super) fn of(sums: &Sums, figure: impl Fn(Measure) -> PipelineFigure) -> Self {
        Self {
            count: sum(sums, figure(Measure::Count)),
            value: sum(sums, figure(Measure::Value)),
        }
    }

    pub(super) fn less(self, other: Self) -> Self {
        Self {
            count: self.count - other.count,
            value: self.value - other.value,
        }
    }

    pub(super) fn plus(self, other: Self) -> Self {
        Self {
            count: self.count + other.count,
            value: self.value + other.value,
        }
    }

    pub(super) fn is_none(self) -> bool {
        self == Self::default()
    }
}

pub(super) fn sum(sums: &Sums, figure: PipelineFigure) -> i128 {
    crate::reports::row::sum(sums, Figure::Pipeline(figure))
}

/// Hundredths as wholes, rounded half up.
pub(super) fn rounded(hundredths: i128) -> i128 {
    (hundredths + 50).div_euclid(100)
}
