//! What other systems tell.

mod appointments;
mod customers;
mod payments;

use crate::{Direction, Listed};

pub use appointments::{
    Appointment, AppointmentBooked, AppointmentCancelled, AppointmentCompleted, AppointmentNoShow,
    AppointmentRescheduled, PayWith, PayWithWord,
};
pub use customers::CustomerRegistered;
pub use payments::{Amount, PaymentFailed, PaymentReturned, PaymentSucceeded};

/// Every event that is taken.
pub const ALL: &[Listed] = &[
    Listed::of::<AppointmentBooked>(Direction::In),
    Listed::of::<AppointmentRescheduled>(Direction::In),
    Listed::of::<AppointmentCancelled>(Direction::In),
    Listed::of::<AppointmentCompleted>(Direction::In),
    Listed::of::<AppointmentNoShow>(Direction::In),
    Listed::of::<PaymentSucceeded>(Direction::In),
    Listed::of::<PaymentFailed>(Direction::In),
    Listed::of::<PaymentReturned>(Direction::In),
    Listed::of::<CustomerRegistered>(Direction::In),
];
