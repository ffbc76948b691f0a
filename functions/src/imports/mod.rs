//! The `imports` function: moving in from another system.

mod amount;
mod catalogue;
mod column;
mod csv;
mod file;
mod identity;
mod line;
mod mistake;
mod outcome;
mod packages;
mod reading;
mod take;
mod work;

use crate::Function;
use crate::operation::{Operation, operations};

pub use column::Column;

/// The function.
pub const FUNCTION: Function = Function {
    name: "imports",
    operations,
    body_bytes: FILE_BYTES,
};

/// The largest file. A function is given at most 6 MB, in which a body may stand as base64.
const FILE_BYTES: usize = 4 * 1024 * 1024;

fn operations() -> Vec<Operation> {
    operations![packages::packages,]
}
