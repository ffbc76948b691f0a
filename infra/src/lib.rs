//! DynamoDB: keys, items, reads, and the one conditional commit that every mutation goes through.
//!
//! No other crate of the workspace sees an attribute value, a key or an expression.

mod bookings;
mod catalog;
mod changes;
pub mod client;
mod collections;
mod commit;
mod customers;
mod digest;
mod export;
mod fault;
mod imports;
mod journal;
mod keys;
mod meter;
mod names;
mod opportunities;
mod opportunity_lists;
mod overview;
mod pace;
mod package_history;
mod packages;
mod page;
mod projections;
mod quotes;
mod settle;
mod store;
pub mod table;
pub mod telemetry;

pub use bookings::{BookingAndPackages, HoldingsAndBooking, Redeemed, RedeemedSeries};
pub use catalog::Drafted;
pub use changes::Change;
pub use collections::{CollectState, CollectionState, MandateState};
pub use customers::{Identity, Member};
pub use digest::{derived_bytes, fingerprint, fresh_salt, random_128};
pub use export::Everything;
pub use fault::{Failure, Fault};
pub use imports::ImportState;
pub use journal::MemberAsOf;
pub use meter::{Meter, Usage};
pub use opportunities::{OpeningState, OpportunityState};
pub use opportunity_lists::{OpportunityCard, OpportunityFilter};
pub use overview::PackageFilter;
pub use package_history::PackageHistory;
pub use packages::{Beside, PackageState, SaleState};
pub use page::{Cursor, List, MalformedCursor, Page, PageRequest};
pub use projections::{Building, Difference, Progress, Projection};
pub use quotes::{QuoteOf, QuoteReads, QuoteState, QuotesBeside};
pub use settle::{Mutation, Settled, settle};
pub use store::{Consistency, Store};
