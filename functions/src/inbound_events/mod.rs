//! The `inbound-events` function: what other systems tell goes through the same verbs as what people ask.

mod anew;
mod appointment;
mod following;
mod payment;
mod registered;
mod stripe;
mod stripe_shapes;
mod take;

use crate::BusFunction;

/// The function.
pub const FUNCTION: BusFunction = BusFunction {
    name: "inbound-events",
    handle: take::take,
};
