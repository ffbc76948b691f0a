//! The `package-care` function: what is done for packages that were sold. A function of its own, as it may
//! delete what points a member to a package and pays money back: the one that customers buy through
//! may not.

mod adjust;
mod extend;
mod freeze;
mod members;
mod pools;
mod refund;
mod refund_quote;
mod top_up;
mod transfer;
mod unfreeze;
mod void;

use crate::Function;
use crate::operation::{Operation, operations};
use crate::run::BODY_BYTES;

/// The function.
pub const FUNCTION: Function = Function {
    name: "package-care",
    operations,
    body_bytes: BODY_BYTES,
};

fn operations() -> Vec<Operation> {
    operations![
        adjust::adjust,
        top_up::top_up,
        freeze::freeze,
        unfreeze::unfreeze,
        extend::extend,
        transfer::transfer,
        members::change_members,
        void::void,
        refund_quote::quote_refund,
        refund::refund,
    ]
}
