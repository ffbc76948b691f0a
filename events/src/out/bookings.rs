//! What appointments do to packages, and what they leave to be paid.

use super::figures::{Money, PackageChange};
use super::told::told;

macro_rules! of_booking {
    ($(#[$doc:meta])* $name:ident v $version:literal) => {
        told! {
            $(#[$doc])*
            $name v $version {
                /// What happened to the package.
                #[serde(flatten)]
                package: PackageChange,
                /// The appointment.
                booking_id: String,
            }
        }
    };
}

of_booking! {
    /// Units of a package are reserved for an appointment.
    SessionsHeld v 1
}
of_booking! {
    /// Units of a package were used by an appointment that took place.
    SessionsCaptured v 1
}
of_booking! {
    /// Units of a package that were reserved for an appointment, or used by it, went back: to what is
    /// available or, where its time is over, to what expired.
    SessionsReleased v 1
}
of_booking! {
    /// Units of a package were lost: the appointment was cancelled late, or the customer did not come.
    SessionsForfeited v 1
}
told! {
    /// An appointment took place that no package pays for, or not for all of it.
    AppointmentUnpaid v 1 {
        /// The appointment.
        booking_id: String,
        /// The services that are to be paid, each as often as it was done.
        service_ids: Vec<String>,
        /// What they come to, one sum per currency.
        due: Vec<Money>,
    }
}
