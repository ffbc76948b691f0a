//! The people a business serves.

mod claim;
mod create;
mod edit;
mod erase;
mod mandate;
mod win;

use serde::{Deserialize, Serialize};

use crate::{ActorId, CustomerId, Email, Fingerprint, Instant, Name, Phone, Refusal};

pub use claim::claim;
pub use create::create;
pub use edit::{CustomerEdit, edit};
pub use erase::{ERASED_NAME, erase};
pub use mandate::{MandateRecord, remove_mandate, save_mandate};
pub(crate) use win::win;

/// A person: a lead until something is sold to them. When the first package was sold, the packages say;
/// the record says when services alone were.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customer {
    /// Its id.
    pub id: CustomerId,
    /// What the business knows of them.
    pub details: CustomerDetails,
    /// The account that is theirs, once claimed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<ActorId>,
    /// What requests about the person are digested with before the journal has them: erased with the
    /// person, so that nobody who knows the details finds the entries.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub salt: Option<Fingerprint>,
    /// When the record was made.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub created_at: Instant,
    /// When a quote of services alone was accepted for the first time.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "chrono::serde::ts_milliseconds_option"
    )]
    pub won_at: Option<Instant>,
    /// When the person was erased: what stays is the id, and what hangs on it.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "chrono::serde::ts_milliseconds_option"
    )]
    pub erased_at: Option<Instant>,
    /// Counts the edits, from 1.
    pub version: u64,
}

impl Customer {
    /// Anything new may be agreed with them.
    ///
    /// # Errors
    /// [`Refusal::CustomerErased`].
    pub fn is_there(&self) -> Result<(), Refusal> {
        self.erased_at
            .map_or(Ok(()), |_| Err(Refusal::CustomerErased))
    }
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
