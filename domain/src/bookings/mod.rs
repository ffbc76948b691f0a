//! Appointments and what pays for them.

mod book;
mod booking;
mod cancel;
mod choose;
mod complete;
mod no_show;
mod quote;
mod record;
mod reschedule;

pub use book::{Holdings, book};
pub use booking::{
    Booking, BookingStatus, BookingTerms, DeductAt, Draw, NoShowPolicy, PayWith, ServiceLine,
};
pub use cancel::cancel;
pub use choose::{Choice, Considered, Ineligible, Verdict, Wanted, choose};
pub use complete::{complete, complete_walk_in};
pub use no_show::no_show;
pub use quote::{Quote, quote};
pub use reschedule::reschedule;
