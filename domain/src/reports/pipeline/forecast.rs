//! What is expected to be decided, and when.

use std::collections::BTreeMap;

use super::row::{rounded, sum};
use super::{Measure, PipelineFigure, PipelineRow, Tally};
use crate::Currency;
use crate::pipeline::{ForecastCategory, Outcome};
use crate::reports::row::add;
use crate::reports::{Month, Row, Rows, Sums};

/// When something is expected to be decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Due {
    /// Its day has gone by.
    Overdue,
    /// In this month, on the day or later.
    In(Month),
}

/// What is expected, in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ForecastLine {
    /// When.
    pub due: Due,
    /// The currency.
    pub currency: Currency,
    /// What is open, by where it stands in the forecast.
    pub categories: Categories,
    /// What was won so far in the month.
    pub won: Tally,
}

/// Count and value, and value × probability in minor units, by where it stands in the forecast.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Categories {
    /// Counted on.
    pub commit: (Tally, i128),
    /// Possible, if all goes well.
    pub best_case: (Tally, i128),
    /// In the pipeline, no more.
    pub pipeline: (Tally, i128),
    /// Left out.
    pub omitted: (Tally, i128),
}

impl Categories {
    fn of(sums: &Sums, figure: impl Fn(ForecastCategory, Measure) -> PipelineFigure) -> Self {
        let of = |category| {
            let weighted = sum(sums, figure(category, Measure::Weighted));
            let tally = Tally::of(sums, |measure| figure(category, measure));
            (tally, rounded(weighted))
        };
        Self {
            commit: of(ForecastCategory::Commit),
            best_case: of(ForecastCategory::BestCase),
            pipeline: of(ForecastCategory::Pipeline),
            omitted: of(ForecastCategory::Omitted),
        }
    }
}

/// From the rows of all days up to one, and the outcomes of its month so far, `won` in `month`. What is
/// overdue comes first, and is in no month.
pub fn forecast(rows: &Rows, (month, won): (Month, &Rows)) -> Vec<ForecastLine> {
    let mut lines = BTreeMap::<(Due, Currency), (Sums, Tally)>::new();
    for (row, sums) in rows.iter() {
        let Row::Pipeline(row) = row else { continue };
        let line = match row {
            PipelineRow::Outlook(_, currency) => (Due::Overdue, *currency),
            PipelineRow::Forecast(_, currency, month) => (Due::In(*month), *currency),
            PipelineRow::Stage(..)
            | PipelineRow::Outcome(..)
            | PipelineRow::Reason(..)
            | PipelineRow::Funnel(..)
            | PipelineRow::Worked(..)
            | PipelineRow::Pending(..)
            | PipelineRow::Won(..) => continue,
        };
        add(&mut lines.entry(line).or_default().0, sums);
    }
    for (row, sums) in won.iter() {
        if let Row::Pipeline(PipelineRow::Outcome(_, currency)) = row {
            let line = lines.entry((Due::In(month), *currency)).or_default();
            let closed = |measure| PipelineFigure::Closed(Outcome::Won, measure);
            line.1 = line.1.plus(Tally::of(sums, closed));
        }
    }
    let lines = lines.into_iter();
    let lines = lines.map(|((due, currency), (sums, won))| ForecastLine {
        due,
        currency,
        categories: match due {
            Due::Overdue => Categories::of(&sums, PipelineFigure::Overdue),
            Due::In(_) => Categories::of(&sums, PipelineFigure::Forecast),
        },
        won,
    });
    lines
        .filter(|line| line.categories != Categories::default() || !line.won.is_none())
        .collect()
}
