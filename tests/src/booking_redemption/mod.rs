//! Booking and what it holds.

mod book;
mod cancel;
mod get;
mod quote;
mod redeem;
mod reschedule;
mod series;
mod shared;
