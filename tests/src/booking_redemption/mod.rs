//! Booking and what it holds.

mod book;
