//! The `collections` function: mandates, the account that is collected to, and collecting by direct
//! debit. Accounts of customers are read here and nowhere else.

mod collect;
mod creditor;
mod file;
mod mandate;
mod one;
mod pain008;
mod view;

use crate::Function;
use crate::operation::{Operation, operations};
use crate::run::BODY_BYTES;

pub use pain008::pain008;

/// The function.
pub const FUNCTION: Function = Function {
    name: "collections",
    operations,
    body_bytes: BODY_BYTES,
};

fn operations() -> Vec<Operation> {
    operations![
        mandate::get::get,
        mandate::put::put,
        mandate::remove::remove,
        creditor::get::get,
        creditor::put::put,
        collect::collect,
    ]
}
