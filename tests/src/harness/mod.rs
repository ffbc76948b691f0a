//! A business of its own for every test.

mod call;
mod capacity;
mod faults;
mod salon;
mod world;

pub(crate) use call::{Answer, Call};
pub(crate) use capacity::capacity_scale;
pub(crate) use faults::{Faults, Trouble};
pub(crate) use salon::{Salon, id, lira, paid_by};
pub(crate) use world::World;
