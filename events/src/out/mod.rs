//! What this system tells.

mod packages;
mod told;

use crate::{Direction, Listed};

pub use packages::PackageSold;
pub use told::{Actor, Role, Sequence, Told};

macro_rules! catalogue {
    ($($name:ident),* $(,)?) => {
        /// Every event that is published.
        pub const ALL: &[Listed] = &[$(Listed::of::<$name>(Direction::Out)),*];
    };
}

catalogue!(PackageSold);
