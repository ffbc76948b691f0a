//! The `due-work` function: what has fallen due by the calendar is done, each thing once.

mod anew;
mod attempt;
mod fall;
mod renewal;
mod work;

use crate::TimedFunction;

pub use work::Worked;

/// The function.
pub const FUNCTION: TimedFunction = TimedFunction {
    name: "due-work",
    handle: work::work,
};
