//! The `appointment-completion` function: recording what became of an appointment.

mod complete;
mod no_show;
mod reverse;
mod walk_in;

use crate::Function;
use crate::operation::{Operation, operations};
use crate::run::BODY_BYTES;

/// The function.
pub const FUNCTION: Function = Function {
    name: "appointment-completion",
    operations,
    body_bytes: BODY_BYTES,
};

fn operations() -> Vec<Operation> {
    operations![complete::complete, no_show::no_show, reverse::reverse,]
}
