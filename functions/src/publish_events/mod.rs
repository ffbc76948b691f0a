//! The `publish-events` function: what the journal tells, other systems are told, on the event bus.

mod bookings;
mod due;
mod figures;
mod opportunities;
mod packages;
mod payments;
mod publish;
mod tell;
mod told;

use crate::StreamFunction;

pub use tell::tell;

/// The function.
pub const FUNCTION: StreamFunction = StreamFunction {
    name: "publish-events",
    handle: publish::publish,
    publishes: true,
};
