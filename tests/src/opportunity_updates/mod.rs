//! The pipeline.

mod activities;
mod customer_page;
mod erase;
mod journal;
