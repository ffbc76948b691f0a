//! Reading rows for a report of the pipeline.

use domain::BusinessId;
use domain::reports::{Month, Rows, Span};

use super::part_keys::Part;
use super::read::{of_months, of_spans};
use crate::{Fault, Store};

/// Rows of the pipeline that are read together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PipelineSums {
    /// What is in each stage, and what of it asks for attention.
    Stages,
    /// What is expected to be decided, and when.
    Forecast,
    /// What was decided.
    Outcomes,
    /// What was decided, and why.
    Reasons,
    /// How opportunities came into their stages and left them.
    Funnel,
    /// What representatives did.
    Worked,
    /// What representatives have to decide.
    Pending,
}

impl PipelineSums {
    fn parts(self) -> &'static [Part] {
        match self {
            PipelineSums::Stages => &[Part::Stages, Part::Outlook],
            PipelineSums::Forecast => &[Part::Forecasts, Part::Outlook],
            PipelineSums::Outcomes => &[Part::Outcomes],
            PipelineSums::Reasons => &[Part::Outcomes, Part::Reasons],
            PipelineSums::Funnel => &[Part::Funnel],
            PipelineSums::Worked => &[Part::Worked],
            PipelineSums::Pending => &[Part::Pending],
        }
    }
}

impl Store {
    /// Rows of the pipeline, of these days.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn pipeline_rows(
        &self,
        business: &BusinessId,
        generation: u32,
        sums: PipelineSums,
        spans: &[Span],
    ) -> Result<Rows, Fault> {
        self.rows_of(business, generation, sums.parts(), &of_spans(spans))
            .await
    }

    /// What became of what was won in these months.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn won_rows(
        &self,
        business: &BusinessId,
        generation: u32,
        (first, last): (Month, Month),
    ) -> Result<Rows, Fault> {
        let months = [of_months(first, last)];
        self.rows_of(business, generation, &[Part::Won], &months)
            .await
    }
}
