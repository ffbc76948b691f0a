//! Selling packages.

mod get;
mod payments;
mod refused;
mod sell;
