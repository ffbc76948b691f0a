//! The `opportunity-progress` function: what becomes of the packages that an opportunity sold moves it on
//! among the stages after the win, and what was written about a person who was erased goes.

mod advance;
mod forget;

use crate::StreamFunction;

/// The function.
pub const FUNCTION: StreamFunction = StreamFunction {
    name: "opportunity-progress",
    handle: advance::advance,
    publishes: false,
};
