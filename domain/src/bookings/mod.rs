//! Appointments and what pays for them.

mod book;
mod booking;
mod cancel;
mod choose;
mod complete;
mod draw;
mod eligible;
mod no_show;
mod penalty;
mod quote;
mod reschedule;

pub use book::{Appointment, Holdings, book};
pub use booking::{Booking, BookingStatus, BookingTerms, DeductAt, PayWith, Penalty};
pub use cancel::cancel;
pub use choose::{Choice, Considered, Ineligible, Verdict, Wanted, choose};
pub use complete::{complete, complete_walk_in};
pub use draw::{Draw, ServiceLine};
pub use no_show::no_show;
pub use quote::{Quote, quote};
pub use reschedule::reschedule;
