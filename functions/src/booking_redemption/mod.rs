//! The `booking-redemption` function: booking appointments and holding what pays for them.

mod book;
mod cancel;
mod existing;
mod get;
mod quote;
mod redeem;
mod reschedule;
mod resolve;
mod series;
mod view;

use crate::Function;
use crate::operation::{Operation, operations};
use crate::run::BODY_BYTES;

pub(crate) use existing::pay_existing;
pub(crate) use resolve::{BookingOfBody, Resolve, after};
pub use view::{BookingView, PayWithBody};
pub(crate) use view::{MAX_SERVICES, service_ids};

/// The function.
pub const FUNCTION: Function = Function {
    name: "booking-redemption",
    operations,
    body_bytes: BODY_BYTES,
};

fn operations() -> Vec<Operation> {
    operations![
        book::book,
        get::get,
        cancel::cancel,
        reschedule::reschedule,
        quote::quote,
        series::series,
        redeem::redeem,
    ]
}
