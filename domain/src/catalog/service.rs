//! A bookable service.

use serde::{Deserialize, Serialize};

use crate::{Money, Name, ServiceId};

/// Something that can be booked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// Its id.
    pub id: ServiceId,
    /// What the business says of it.
    pub terms: ServiceTerms,
    /// No longer bookable.
    pub archived: bool,
    /// Counts the edits, from 1.
    pub version: u64,
}

/// The part of a service that can be edited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceTerms {
    /// What it is called.
    pub name: Name,
    /// What it costs without a package, tax included.
    pub list_price: Money,
    /// Hundredths of a per cent; 2000 is 20 %.
    pub tax_basis_points: u16,
    /// How long it takes.
    pub duration_minutes: u16,
}
