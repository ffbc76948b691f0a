//! The `follow-journal` function: everything in this table that follows from the journal. Each part does
//! its own with a batch, and does it once however often the batch comes.

mod follow;

use crate::StreamFunction;

/// The function.
pub const FUNCTION: StreamFunction = StreamFunction {
    name: "follow-journal",
    handle: follow::follow,
    publishes: false,
};
