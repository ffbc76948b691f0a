//! The parts of Stripe's objects that are looked at.

use serde::Deserialize;
use serde_json::Value;

/// Stripe's event object.
#[derive(Debug, Deserialize)]
pub(super) struct StripeEvent {
    /// In seconds.
    pub(super) created: i64,
    pub(super) data: Data,
}

#[derive(Debug, Deserialize)]
pub(super) struct Data {
    pub(super) object: Value,
}

/// What this system's clients write into `metadata` when they ask Stripe for a payment.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Metadata {
    pub(super) business_id: Option<String>,
    pub(super) package_id: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Session {
    pub(super) id: String,
    pub(super) payment_status: String,
    pub(super) amount_total: Option<u64>,
    pub(super) currency: Option<String>,
    pub(super) payment_intent: Option<String>,
    pub(super) client_reference_id: Option<String>,
    #[serde(default)]
    pub(super) metadata: Option<Metadata>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Intent {
    pub(super) id: String,
    pub(super) amount: u64,
    #[serde(default)]
    pub(super) amount_received: u64,
    pub(super) currency: String,
    pub(super) last_payment_error: Option<PaymentError>,
    #[serde(default)]
    pub(super) metadata: Option<Metadata>,
}

#[derive(Debug, Deserialize)]
pub(super) struct PaymentError {
    pub(super) decline_code: Option<String>,
    pub(super) code: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Charge {
    pub(super) id: String,
    pub(super) amount_refunded: u64,
    pub(super) currency: String,
    pub(super) payment_intent: Option<String>,
    #[serde(default)]
    pub(super) metadata: Option<Metadata>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Dispute {
    pub(super) charge: String,
    pub(super) amount: u64,
    pub(super) currency: String,
    pub(super) payment_intent: Option<String>,
    /// Stripe's own word for why.
    pub(super) reason: Option<String>,
    /// The card network's code, where older versions of Stripe's API have it.
    pub(super) network_reason_code: Option<String>,
    pub(super) payment_method_details: Option<MethodDetails>,
    #[serde(default)]
    pub(super) metadata: Option<Metadata>,
}

#[derive(Debug, Deserialize)]
pub(super) struct MethodDetails {
    pub(super) card: Option<CardDetails>,
}

#[derive(Debug, Deserialize)]
pub(super) struct CardDetails {
    pub(super) network_reason_code: Option<String>,
}
