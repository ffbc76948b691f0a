//! The HTTPS API: one Lambda function per area, one handler per verb.

pub mod appointment_completion;
pub mod booking_redemption;
pub mod catalog;
mod clock;
pub mod collections;
pub mod customers;
pub mod edge;
pub mod follow_journal;
pub mod imports;
mod opportunity_progress;
pub mod opportunity_updates;
pub mod package_care;
pub mod package_sales;
mod report_projections;
pub mod reports;
mod run;
mod stream;
pub mod wallet;

pub use clock::Clock;
pub use run::{App, FUNCTIONS, Function, Start, openapi, run};
pub use stream::{Failed, STREAM_FUNCTIONS, StreamFunction, run_stream};
