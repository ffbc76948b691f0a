//! The partitions of rows.

use domain::reports::Row;

use super::pipeline_keys;

/// A partition of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Ledger,
    Templates,
    Sellers,
    Cohorts,
    Usage,
    Stages,
    Outlook,
    Forecasts,
    Outcomes,
    Reasons,
    Funnel,
    Worked,
    Pending,
    Won,
}

impl Part {
    pub(super) const ALL: [Part; 14] = [
        Part::Ledger,
        Part::Templates,
        Part::Sellers,
        Part::Cohorts,
        Part::Usage,
        Part::Stages,
        Part::Outlook,
        Part::Forecasts,
        Part::Outcomes,
        Part::Reasons,
        Part::Funnel,
        Part::Worked,
        Part::Pending,
        Part::Won,
    ];

    pub(super) fn of(row: &Row) -> Self {
        match row {
            Row::Ledger(..) => Part::Ledger,
            Row::Template(..) => Part::Templates,
            Row::Seller(..) => Part::Sellers,
            Row::Cohort(..) => Part::Cohorts,
            Row::Usage(..) => Part::Usage,
            Row::Pipeline(row) => pipeline_keys::part_of(row),
        }
    }

    /// What its partition is called.
    pub(super) fn name(self) -> &'static str {
        match self {
            Part::Ledger => "LEDGER",
            Part::Templates => "TEMPLATES",
            Part::Sellers => "SELLERS",
            Part::Cohorts => "COHORTS",
            Part::Usage => "USAGE",
            Part::Stages => "STAGES",
            Part::Outlook => "OUTLOOK",
            Part::Forecasts => "FORECASTS",
            Part::Outcomes => "OUTCOMES",
            Part::Reasons => "REASONS",
            Part::Funnel => "FUNNEL",
            Part::Worked => "WORKED",
            Part::Pending => "PENDING",
            Part::Won => "WON",
        }
    }
}
