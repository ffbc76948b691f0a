//! The journal: one immutable entry per mutation, and the arithmetic of its lines.

mod entry;
mod post;

pub use entry::{Entry, Fact, Line};
pub(crate) use post::fold_lines;
pub use post::{Move, fold, post};
