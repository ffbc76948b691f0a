//! The `wallet` function: what customers hold, and the journals.

mod business_journal;
mod customer_journal;
mod customer_wallet;
mod my_wallet;
mod package_journal;
mod reader;
mod shared;
mod standing;
mod view;

use crate::Function;
use crate::operation::{Operation, operations};
use crate::run::BODY_BYTES;

pub(crate) use reader::Reader;
pub use view::{EntryView, WalletView};

/// The function.
pub const FUNCTION: Function = Function {
    name: "wallet",
    operations,
    body_bytes: BODY_BYTES,
};

fn operations() -> Vec<Operation> {
    operations![
        customer_wallet::customer_wallet,
        my_wallet::my_wallet,
        customer_journal::customer_journal,
        package_journal::package_journal,
        business_journal::business_journal,
    ]
}
