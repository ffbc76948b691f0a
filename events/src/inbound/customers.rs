//! What a system tells in which people register.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Contract, Version};

/// Somebody registered. The account is bound to the customer who has the address, as far as nobody else
/// was bound to them before; without one, a customer is added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CustomerRegistered {
    /// The version of this contract.
    pub version: Version<1>,
    /// The business.
    pub business_id: String,
    /// The subject of the account's tokens.
    pub account: String,
    /// Their name.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
    /// Whether they have shown that the address is theirs: else nothing is done.
    pub email_verified: bool,
    /// Their phone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// When they registered, in RFC 3339.
    #[schemars(extend("format" = "date-time"))]
    pub occurred_at: String,
}

impl Contract for CustomerRegistered {
    const DETAIL_TYPE: &'static str = "CustomerRegistered";
    const VERSION: u32 = 1;
}
