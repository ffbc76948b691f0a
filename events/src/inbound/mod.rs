//! What other systems tell.

mod appointments;

use crate::{Direction, Listed};

pub use appointments::AppointmentBooked;

/// Every event that is taken.
pub const ALL: &[Listed] = &[Listed::of::<AppointmentBooked>(Direction::In)];
