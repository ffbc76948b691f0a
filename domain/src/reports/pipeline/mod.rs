//! Reports of the pipeline: what each entry of an opportunity adds to which sums, and what the sums tell.
//!
//! An entry has the whole position before it and after it. So it takes off what the opportunity counted
//! for before, and adds what it counts for from then on: the sums of all days up to any day are where
//! every opportunity stood at its end. What time alone brings about (an expected day that has gone by,
//! a stage that it has been in for too long) is added on the day on which it will be so, and taken off
//! again, on that day or on its own if that is later, by the entry that changes it.

mod forecast;
mod funnel;
mod postings;
mod quality;
mod representatives;
mod row;
mod stages;
mod wins;

pub(super) use postings::postings;
pub(super) use quality::{origin_postings, payment};

pub use forecast::{Categories, Due, ForecastLine, forecast};
pub use funnel::{FunnelLine, funnel};
pub use quality::{WinQuality, paid_for, win_quality};
pub use representatives::{RepresentativeLine, representatives};
pub use row::{Measure, PipelineFigure, PipelineRow, Tally};
pub use stages::{OutlookLine, StageLine, outlook, stages};
pub use wins::{EffortLine, ReasonLine, Wins, effort, loss_reasons, wins};
