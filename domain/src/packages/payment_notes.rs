//! Writing down what a payment provider tells, where no money moved by it.

use serde::{Deserialize, Serialize};

use super::{Package, PaymentReference, ReturnReason, changed, is_default};
use crate::journal::{PackageChange, Posting};
use crate::{Context, Decision, EntryKey, Instant, Money, Refusal};

/// A payment by its name elsewhere, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotedPayment {
    /// By what it is found elsewhere.
    pub reference: PaymentReference,
    /// How much; none where that was not told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
    /// When that was.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub at: Instant,
    /// Why it failed or came back.
    pub reason: ReturnReason,
    /// Whether the business itself gave it back, at the provider: then `amount` is all that it gave back of
    /// this payment by then.
    #[serde(default, skip_serializing_if = "is_default")]
    pub refund: bool,
}

/// Writes down that a payment failed. What was waiting for it waits on.
///
/// # Errors
/// None in practice: whatever failed, failed.
pub fn note_failure(
    package: &Package,
    failed: NotedPayment,
    key: EntryKey,
    context: &Context,
) -> Result<Decision, Refusal> {
    let posting = Posting::new(std::slice::from_ref(package), context.now);
    let change = PackageChange::PaymentFailed(failed);
    Ok(changed(posting, package, key, change, context))
}

/// Writes down that a payment came back that was never recorded here: once it is, it comes back.
///
/// # Errors
/// None in practice: whatever came back, came back.
pub fn note_return(
    package: &Package,
    returned: NotedPayment,
    key: EntryKey,
    context: &Context,
) -> Result<Decision, Refusal> {
    let posting = Posting::new(std::slice::from_ref(package), context.now);
    let change = PackageChange::ReturnForetold(returned);
    Ok(changed(posting, package, key, change, context))
}

/// Writes down that a refund, which is recorded here, was carried out at the provider.
///
/// # Errors
/// None in practice: it changes nothing.
pub fn confirm_refund(
    package: &Package,
    refunded: NotedPayment,
    key: EntryKey,
    context: &Context,
) -> Result<Decision, Refusal> {
    let posting = Posting::new(std::slice::from_ref(package), context.now);
    let change = PackageChange::RefundConfirmed(refunded);
    Ok(changed(posting, package, key, change, context))
}
