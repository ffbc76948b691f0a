//! The `package-sales` function: selling packages.

mod accept;
mod buy;
mod change;
mod decline;
mod existing;
mod get;
mod list;
mod order;
mod pay;
mod payment_view;
mod payments;
mod payments_view;
mod pool_view;
mod reject_debit;
mod return_payment;
mod sale;
mod sell;
mod view;

use crate::Function;
use crate::operation::{Operation, operations};
use crate::run::BODY_BYTES;

pub(crate) use change::Change;
pub(crate) use existing::existing_bookings;
pub use payment_view::PaymentView;
pub use pool_view::{BalanceView, UnitView};
pub(crate) use sale::package_of;
pub use view::{FrozenView, PackageView, PendingPaymentView, StatusView};

/// The function.
pub const FUNCTION: Function = Function {
    name: "package-sales",
    operations,
    body_bytes: BODY_BYTES,
};

fn operations() -> Vec<Operation> {
    operations![
        list::list,
        sell::sell,
        buy::buy,
        accept::accept,
        decline::decline,
        get::get,
        payments::payments,
        pay::pay,
        return_payment::return_payment,
        reject_debit::reject_debit,
    ]
}
