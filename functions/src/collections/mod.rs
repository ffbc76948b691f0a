//! Collecting by direct debit.

mod pain008;

pub use pain008::pain008;
