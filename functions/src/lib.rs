//! The HTTPS API: one Lambda function per area, one handler per verb.

mod agenda;
pub mod appointment_completion;
pub mod booking_redemption;
mod bus_function;
pub mod catalog;
mod clock;
pub mod collections;
pub mod customers;
#[cfg(feature = "document")]
mod document;
pub mod due_work;
pub mod edge;
pub mod follow_journal;
pub mod imports;
pub mod inbound_events;
mod operation;
mod opportunity_progress;
pub mod opportunity_updates;
pub mod package_care;
pub mod package_sales;
pub mod publish_events;
mod report_projections;
pub mod reports;
mod run;
mod set_aside;
mod stream;
mod timed;
pub mod wallet;

pub use bus_function::{BUS_FUNCTIONS, BusFunction, Rejected, run_bus};
pub use clock::Clock;
#[cfg(feature = "document")]
pub use document::openapi;
pub use due_work::Worked;
pub use run::{App, FUNCTIONS, Function, Start, run};
pub use stream::{Failed, STREAM_FUNCTIONS, StreamFunction, run_stream};
pub use timed::{Deadline, TIMED_FUNCTIONS, TimedFunction, run_timed};
