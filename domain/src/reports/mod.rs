//! Reports: what each entry adds to which sums, and what the sums tell.
//!
//! Every sum is a fold of the journal, and additions come in any order: an entry's postings depend
//! on nothing but the entry, what its packages were sold as, and what one step changed in them.

mod breakage;
mod endings;
mod movements;
mod origin;
mod period;
mod pipeline;
mod replay;
mod roll_forward;
mod row;
mod sales;
mod share;
mod usage;

use endings::endings;

pub use breakage::{Breakage, breakage};
pub use movements::movements;
pub use origin::Origin;
pub use period::{Month, Period, Span, day_after, spans};
pub use pipeline::{
    Categories, Due, EffortLine, ForecastLine, FunnelLine, Measure, OutlookLine, PipelineFigure,
    PipelineRow, ReasonLine, RepresentativeLine, StageLine, Tally, WinQuality, Wins, effort,
    forecast, funnel, loss_reasons, outlook, paid_for, representatives, stages, win_quality, wins,
};
pub use replay::{Ending, Replay, Step};
pub use roll_forward::{RollForward, roll_forward};
pub use row::{Counted, Figure, Posting, Row, Rows, Seller, Sums};
pub use sales::{Sales, sales_by_seller, sales_by_template};
pub use share::Share;
pub use usage::{Usage, usage};
