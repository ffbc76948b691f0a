//! The `opportunity-progress` function: what becomes of the packages that an opportunity sold moves it on
//! among the stages after the win.

mod advance;

use crate::StreamFunction;

/// The function.
pub const FUNCTION: StreamFunction = StreamFunction {
    name: "opportunity-progress",
    handle: advance::advance,
    publishes: false,
};
