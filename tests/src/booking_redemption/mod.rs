//! Booking and what it holds.

mod book;
mod cancel;
mod get;
mod quote;
mod reschedule;
