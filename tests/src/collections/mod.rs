//! Collecting by direct debit.

mod examples;
mod pain008;
mod schema;
