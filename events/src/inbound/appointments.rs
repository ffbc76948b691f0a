//! What an appointment book tells.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Contract, Version};

/// An appointment, as it is in the system that keeps it after what happened: whole, so that each event
/// can be understood without the others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Appointment {
    /// The business.
    pub business_id: String,
    /// The other system's id of the appointment.
    pub booking_id: String,
    /// Whose it is: always the same customer.
    pub customer_id: String,
    /// When it starts, in RFC 3339.
    #[schemars(extend("format" = "date-time"))]
    pub starts_at: String,
    /// The services, each as often as it is done: always the same ones.
    pub services: Vec<String>,
    /// What should pay; if left out, as the business's settings say. What nothing pays for is due. The
    /// first event that comes of an appointment decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pay_with: Option<PayWith>,
    /// When this happened there, in RFC 3339. Of two events the later one counts, whichever comes first.
    #[schemars(extend("format" = "date-time"))]
    pub occurred_at: String,
}

/// What should pay for an appointment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum PayWith {
    /// In a word.
    Word(PayWithWord),
    /// Packages, the preferred one first.
    Packages(Vec<String>),
}

/// What should pay, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PayWithWord {
    /// No package.
    None,
    /// Whichever packages are preferred.
    Auto,
}

macro_rules! appointment {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        pub struct $name {
            /// The version of this contract.
            pub version: Version<1>,
            /// The appointment.
            #[serde(flatten)]
            pub appointment: Appointment,
        }

        impl Contract for $name {
            const DETAIL_TYPE: &'static str = stringify!($name);
            const VERSION: u32 = 1;
        }
    )*};
}

appointment! {
    /// An appointment was booked elsewhere.
    AppointmentBooked;
    /// An appointment was moved: `starts_at` is its new time.
    AppointmentRescheduled;
    /// An appointment was called off. Whether that was late is decided by `occurred_at`.
    AppointmentCancelled;
    /// An appointment took place.
    AppointmentCompleted;
    /// The customer did not come.
    AppointmentNoShow;
}
