//! The journal: one immutable entry per mutation, and the arithmetic of its lines.

mod entry;
mod fact;
mod fold;
mod package_change;
mod posting;
mod used_up;

pub use entry::{Entry, Line, StandingChange};
pub use fact::Fact;
pub(crate) use fact::Subject;
pub use fold::fold;
pub use package_change::PackageChange;
pub use posting::{Move, Posting};
