//! The people a business serves.

mod claim;
mod create;
mod edit;
mod mandate;

use serde::{Deserialize, Serialize};

use crate::{ActorId, CustomerId, Email, Instant, Name, Phone};

pub use claim::claim;
pub use create::create;
pub use edit::{CustomerEdit, edit};
pub use mandate::{MandateRecord, remove_mandate, save_mandate};

/// A person. Being a lead or a customer is no field of the record: `customer_since` is when the
/// first package was sold, and the packages say that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customer {
    /// Its id.
    pub id: CustomerId,
    /// What the business knows of them.
    pub details: CustomerDetails,
    /// The account that is theirs, once claimed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<ActorId>,
    /// When the record was made.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub created_at: Instant,
    /// Counts the edits, from 1.
    pub version: u64,
}

/// The part of a customer that can be edited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerDetails {
    /// Their name.
    pub name: Name,
    /// Their e-mail address; one customer of a business per address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Email>,
    /// Their phone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Phone>,
}
