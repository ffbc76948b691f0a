//! The HTTPS API: one Lambda function per area, one handler per verb.

pub mod appointment_completion;
pub mod booking_redemption;
mod bus_function;
pub mod catalog;
mod clock;
pub mod collections;
pub mod customers;
pub mod edge;
pub mod imports;
pub mod inbound_events;
pub mod opportunity_progress;
pub mod opportunity_updates;
pub mod package_care;
pub mod package_sales;
pub mod publish_events;
pub mod report_projections;
pub mod reports;
mod run;
mod stream;
pub mod wallet;

pub use bus_function::{BUS_FUNCTIONS, BusFunction, Rejected, run_bus};
pub use clock::Clock;
pub use run::{App, FUNCTIONS, Function, Start, openapi, run};
pub use stream::{Failed, STREAM_FUNCTIONS, StreamFunction, run_stream};
