//! The journal: one immutable entry per mutation, and the arithmetic of its lines.

mod entry;
mod fact;
mod posting;

pub use entry::{Entry, Line, StandingChange};
pub use fact::{Fact, PackageChange};
pub use posting::{Move, Posting, fold};
