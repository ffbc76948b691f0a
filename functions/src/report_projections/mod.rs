//! The `report-projections` function: what the stream tells goes into the rows that reports read.

mod project;

use crate::StreamFunction;

/// The function.
pub const FUNCTION: StreamFunction = StreamFunction {
    name: "report-projections",
    handle: project::project,
    publishes: false,
};
