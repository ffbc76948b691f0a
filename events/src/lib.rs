//! EventBridge contracts, in and out: one type per event and version. Their JSON Schemas are in
//! `schemas/`, and an example of each, as a function gets it, in `examples/`: both are checked against
//! the types here, so that a change that would break another system is found before it is published.

mod contract;
mod delivered;
pub mod inbound;
pub mod out;
mod version;

pub use contract::{Contract, Direction, Listed, listed};
pub use delivered::Delivered;
pub use version::Version;

/// The `source` of every event that this system publishes.
pub const SOURCE: &str = "carnet";
