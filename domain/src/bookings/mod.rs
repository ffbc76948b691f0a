//! Appointments and what pays for them.

mod book;
mod booking;
mod cancel;
mod choose;
mod choose_anew;
mod complete;
mod draw;
mod eligible;
mod existing;
mod follow;
mod holds;
mod no_show;
mod pay;
mod penalty;
mod quote;
mod reschedule;
mod reverse;
mod series;
mod step;

pub use book::{Appointment, Holdings, book};
pub use booking::{Booking, BookingStatus, BookingTerms, DeductAt, PayWith, Penalty};
pub use cancel::cancel;
pub use choose::{Choice, Considered, Verdict, choose};
pub use choose_anew::{choose_anew, told_bookings};
pub use complete::{complete, complete_walk_in};
pub use draw::{Draw, ServiceLine, Wanted};
pub use eligible::Ineligible;
pub use existing::existing_bookings;
pub use follow::{Telling, follow};
pub use holds::{HoldingBooking, holding};
pub use no_show::no_show;
pub use pay::pay;
pub use quote::{Quote, quote};
pub use reschedule::reschedule;
pub use reverse::reverse;
pub use series::{MAX_SERIES, book_series};
