//! What holds for a package, whatever it grants and costs.

use serde::{Deserialize, Serialize};

use super::is_default;
use crate::Name;

/// What a template says of the packages sold from it, and what each of them keeps.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conditions {
    /// What the business files it under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<Name>,
    /// Hundredths of a per cent; 2000 is 20 %.
    #[serde(default, skip_serializing_if = "is_default")]
    pub tax_basis_points: u16,
    /// Days that it can be used after it has expired.
    #[serde(default, skip_serializing_if = "is_default")]
    pub grace_days: u16,
    /// Preferred before those with a lower one, from 0 to 100.
    #[serde(default, skip_serializing_if = "is_default")]
    pub priority: u8,
    /// Given rather than bought: preferred before a paid one that is otherwise equal.
    #[serde(default, skip_serializing_if = "is_default")]
    pub promotional: bool,
    /// Whether units may be given to another customer.
    #[serde(default, skip_serializing_if = "is_default")]
    pub transferable: bool,
    /// How many others may redeem from it, at most 20.
    #[serde(default, skip_serializing_if = "is_default")]
    pub max_members: u8,
    /// Whether units can be redeemed only as far as they are paid.
    #[serde(default, skip_serializing_if = "is_default")]
    pub redeem_up_to_paid: bool,
}
