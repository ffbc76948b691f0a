//! Writing down what a payment provider tells, where no money moved by it.

use serde::{Deserialize, Serialize};

use super::{Package, PaymentReference, RecordedPayment, ReturnReason, Unchanged, changed};
use crate::journal::{PackageChange, Posting};
use crate::{Context, Decision, EntryKey, Money, Refusal};

/// A payment by its name elsewhere, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotedPayment {
    /// By what it is found elsewhere.
    pub reference: PaymentReference,
    /// How much; none where that was not told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
    /// Why it failed or came back.
    pub reason: ReturnReason,
}

impl NotedPayment {
    /// Whether it is about this payment.
    ///
    /// # Errors
    /// [`Unchanged::PaymentDiffers`] for one of that name and another amount.
    pub fn is_of(&self, recorded: &RecordedPayment) -> Result<bool, Refusal> {
        let named = recorded.payment.reference.as_ref() == Some(&self.reference);
        let differs = self
            .amount
            .is_some_and(|amount| amount != recorded.payment.amount);
        match named && differs {
            true => Err(Unchanged::PaymentDiffers.into()),
            false => Ok(named),
        }
    }
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

/// What came back, if this entry foretold it.
pub fn foretold(change: &PackageChange) -> Option<&NotedPayment> {
    if let PackageChange::ReturnForetold(returned) = change {
        return Some(returned);
    }
    None
}
