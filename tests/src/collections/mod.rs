//! Collecting by direct debit.

mod collect;
mod creditor;
mod examples;
mod mandate;
mod pain008;
pub(crate) mod plans;
mod rejected;
mod schema;
