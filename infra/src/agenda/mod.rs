//! What falls due, by day: written from what the table's stream tells, worked off by `due-work`.
//!
//! The agenda decides nothing. An item that should not be there costs a read when its time comes; so each
//! write is made to leave one too many rather than one too few.

mod anew;
mod aside;
mod dated;
mod days;
mod items;
mod rebuild;
mod records;

pub use anew::Anew;
pub use dated::{Dated, Record};
pub use items::{FoundDue, OnAgenda};
pub use rebuild::Rebuilt;
pub use records::DueState;
