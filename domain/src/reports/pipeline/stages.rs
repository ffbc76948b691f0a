//! What is open, stage by stage, and what of it asks for attention.

use super::row::{rounded, sum};
use super::{Measure, PipelineFigure, PipelineRow, Tally};
use crate::pipeline::ForecastCategory;
use crate::reports::row::add;
use crate::reports::{Row, Rows, Sums};
use crate::{Currency, SchemeId};

/// What is in a stage, in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StageLine {
    /// The scheme.
    pub scheme: SchemeId,
    /// The number of the stage.
    pub stage: u16,
    /// The currency.
    pub currency: Currency,
    /// What is open.
    pub open: Tally,
    /// Value × probability of what is open, summed and then rounded, in minor units.
    pub weighted: i128,
    /// What rests.
    pub suspended: Tally,
}

/// What of the open opportunities asks for attention, in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutlookLine {
    /// The currency.
    pub currency: Currency,
    /// Expected to be decided before the day.
    pub overdue: Tally,
    /// Expected to be decided on the day or at most 7 days later.
    pub within_7_days: Tally,
    /// Expected to be decided on the day or at most 30 days later.
    pub within_30_days: Tally,
    /// In their stage for too long.
    pub rotting: Tally,
}

/// By scheme, stage and currency.
pub fn stages(rows: &Rows) -> Vec<StageLine> {
    let mut lines = std::collections::BTreeMap::<_, Sums>::new();
    for (row, sums) in rows.iter() {
        if let Row::Pipeline(PipelineRow::Stage(_, scheme, stage, currency)) = row {
            add(lines.entry((*scheme, *stage, *currency)).or_default(), sums);
        }
    }
    let lines = lines.into_iter();
    let lines = lines.map(|((scheme, stage, currency), sums)| StageLine {
        scheme,
        stage,
        currency,
        open: Tally::of(&sums, PipelineFigure::Open),
        weighted: rounded(sum(&sums, PipelineFigure::Open(Measure::Weighted))),
        suspended: Tally::of(&sums, PipelineFigure::Suspended),
    });
    lines
        .filter(|line| !(line.open.is_none() && line.suspended.is_none()))
        .collect()
}

/// By currency.
pub fn outlook(rows: &Rows) -> Vec<OutlookLine> {
    let mut lines = std::collections::BTreeMap::<Currency, Sums>::new();
    for (row, sums) in rows.iter() {
        if let Row::Pipeline(PipelineRow::Outlook(_, currency)) = row {
            add(lines.entry(*currency).or_default(), sums);
        }
    }
    let lines = lines.into_iter().map(|(currency, sums)| {
        let overdue = ForecastCategory::ALL
            .map(|category| Tally::of(&sums, |measure| PipelineFigure::Overdue(category, measure)))
            .into_iter()
            .fold(Tally::default(), Tally::plus);
        OutlookLine {
            currency,
            overdue,
            within_7_days: Tally::of(&sums, PipelineFigure::WithinWeek).less(overdue),
            within_30_days: Tally::of(&sums, PipelineFigure::WithinMonth).less(overdue),
            rotting: Tally::of(&sums, PipelineFigure::Rotting),
        }
    });
    let asks = |line: &OutlookLine| {
        let tallies = [
            line.overdue,
            line.within_7_days,
            line.within_30_days,
            line.rotting,
        ];
        tallies.into_iter().any(|tally| !tally.is_none())
    };
    lines.filter(asks).collect()
}
