//! Selling packages.

mod get;
mod refused;
mod sell;
