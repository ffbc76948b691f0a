//! What a payment provider tells.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Contract, Version};

/// An amount of money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Amount {
    /// Whole minor units: kuruş, bani, cents.
    pub amount_minor: u64,
    /// ISO 4217.
    pub currency: String,
}

/// Somebody paid online. It is honoured only if business, amount, currency and reference are those of
/// what is to be paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PaymentSucceeded {
    /// The version of this contract.
    pub version: Version<1>,
    /// The business.
    pub business_id: String,
    /// What was paid for: the `pending_payment.reference` of the purchase, which is the package's id.
    pub reference: String,
    /// The payment's id at the provider: 1 to 64 letters, digits or any of `- _ . / : + #`. It is
    /// recorded once.
    pub payment_id: String,
    /// How much.
    pub amount: Amount,
    /// When it was paid, in RFC 3339.
    #[schemars(extend("format" = "date-time"))]
    pub occurred_at: String,
}

/// A payment was tried and failed. What waits for it waits on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PaymentFailed {
    /// The version of this contract.
    pub version: Version<1>,
    /// The business.
    pub business_id: String,
    /// What was to be paid for: see `PaymentSucceeded`.
    pub reference: String,
    /// The payment's id at the provider.
    pub payment_id: String,
    /// How much, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Amount>,
    /// Why, as the provider codes it: 1 to 16 letters, digits, `-` or `.`.
    pub reason: String,
    /// When it failed, in RFC 3339.
    #[schemars(extend("format" = "date-time"))]
    pub occurred_at: String,
}

/// A payment came back: a chargeback, or a debit that was returned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PaymentReturned {
    /// The version of this contract.
    pub version: Version<1>,
    /// The business.
    pub business_id: String,
    /// What was paid for: see `PaymentSucceeded`.
    pub reference: String,
    /// The payment's id at the provider, as `PaymentSucceeded` told it.
    pub payment_id: String,
    /// How much came back: all of the payment, or it is refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Amount>,
    /// Why, as the bank codes it: 1 to 16 letters, digits, `-` or `.`.
    pub reason: String,
    /// When it came back, in RFC 3339.
    #[schemars(extend("format" = "date-time"))]
    pub occurred_at: String,
}

impl Contract for PaymentSucceeded {
    const DETAIL_TYPE: &'static str = "PaymentSucceeded";
    const VERSION: u32 = 1;
}

impl Contract for PaymentFailed {
    const DETAIL_TYPE: &'static str = "PaymentFailed";
    const VERSION: u32 = 1;
}

impl Contract for PaymentReturned {
    const DETAIL_TYPE: &'static str = "PaymentReturned";
    const VERSION: u32 = 1;
}
