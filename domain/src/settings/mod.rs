//! How a business works.

mod change;

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::Name;
use crate::bookings::{DeductAt, NoShowPolicy};

pub use change::change;

/// What holds for a whole business.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// The business's name.
    pub name: Name,
    /// Its IANA time zone: days begin and packages expire at its midnight.
    pub time_zone: Tz,
    /// When units leave the wallet.
    pub deduct_at: DeductAt,
    /// What a no-show costs.
    pub no_show: NoShowPolicy,
    /// Counts the edits, from 1.
    pub version: u64,
}
