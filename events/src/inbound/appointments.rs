//! What an appointment book tells.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Contract, Version};

/// An appointment was booked elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AppointmentBooked {
    /// The version of this contract.
    pub version: Version<1>,
    /// The business.
    pub business_id: String,
    /// The other system's id of the appointment.
    pub booking_id: String,
    /// Whose it is.
    pub customer_id: String,
    /// When it starts, in RFC 3339.
    #[schemars(extend("format" = "date-time"))]
    pub starts_at: String,
    /// The services, each as often as it is done.
    pub services: Vec<String>,
    /// When it was booked, in RFC 3339.
    #[schemars(extend("format" = "date-time"))]
    pub occurred_at: String,
}

impl Contract for AppointmentBooked {
    const DETAIL_TYPE: &'static str = "AppointmentBooked";
    const VERSION: u32 = 1;
}
