//! The `inbound-events` function: what other systems tell goes through the same verbs as what people ask.

mod appointment;
mod payment;
mod registered;
mod stripe;
mod take;

use crate::BusFunction;

/// The function.
pub const FUNCTION: BusFunction = BusFunction {
    name: "inbound-events",
    handle: take::take,
};
