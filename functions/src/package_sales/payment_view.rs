//! Payments and instalments as clients see them.

use chrono::{DateTime, Utc};
use domain::journal::{Entry, Fact, PackageChange};
use domain::packages::{
    Payment, PaymentMethod, PaymentReference, RecordedPayment, ReturnReason, payments,
};
use domain::{EntryId, Money, PackageId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::PackageView;
use crate::booking_redemption::BookingView;
use crate::edge::MoneyField;

/// A payment, one that came back, or a debit that was rejected, as an entry of the journal has it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = JournalPayment)]
pub struct PaymentView {
    /// How much.
    #[schema(value_type = MoneyField)]
    pub amount: Money,
    /// `cash`, `card`, `transfer` or `direct-debit`; null for what came back or was rejected.
    #[schema(value_type = Option<String>)]
    pub method: Option<PaymentMethod>,
    /// By what it is found elsewhere: of a rejected debit its end-to-end id.
    #[schema(value_type = Option<String>)]
    pub reference: Option<String>,
    /// The entry of the payment that came back; null for one that came in.
    #[schema(value_type = Option<String>)]
    pub returned_payment_id: Option<EntryId>,
    /// Why it came back or was rejected, as the bank codes it.
    #[schema(value_type = Option<String>)]
    pub reason: Option<ReturnReason>,
}

impl PaymentView {
    /// The payment that the entry is about, if it is about one.
    pub fn of(entry: &Entry) -> Option<Self> {
        let Fact::PackageChanged { change, .. } = &entry.fact else {
            return None;
        };
        if let PackageChange::Paid(payment) = change {
            return Some(Self {
                amount: payment.amount,
                method: Some(payment.method),
                reference: payment.reference.as_ref().map(ToString::to_string),
                returned_payment_id: None,
                reason: None,
            });
        }
        if let PackageChange::DebitRejected(rejected) = change {
            return Some(Self {
                amount: rejected.amount,
                method: None,
                reference: Some(rejected.id.to_string()),
                returned_payment_id: None,
                reason: Some(rejected.reason.clone()),
            });
        }
        let PackageChange::PaymentReturned(returned) = change else {
            return None;
        };
        Some(Self {
            amount: returned.amount,
            method: None,
            reference: None,
            returned_payment_id: Some(returned.payment),
            reason: Some(returned.reason.clone()),
        })
    }
}

/// A payment, and whether it stayed.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = Payment)]
pub(crate) struct RecordedPaymentView {
    /// The entry that recorded it.
    #[schema(value_type = String)]
    entry_id: EntryId,
    /// When it was recorded.
    at: DateTime<Utc>,
    /// How much.
    #[schema(value_type = MoneyField)]
    amount: Money,
    /// `cash`, `card`, `transfer` or `direct-debit`.
    #[schema(value_type = String, example = "card")]
    method: PaymentMethod,
    /// By what it is found elsewhere.
    #[schema(value_type = Option<String>)]
    reference: Option<PaymentReference>,
    /// When and why it came back; null where it stayed.
    returned: Option<ReturnedView>,
}

/// When and why a payment came back.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = ReturnedPayment)]
pub(crate) struct ReturnedView {
    /// When that was recorded.
    at: DateTime<Utc>,
    /// The bank's code for it.
    #[schema(value_type = String, example = "AM04")]
    reason: ReturnReason,
}

impl RecordedPaymentView {
    pub(super) fn of(recorded: RecordedPayment) -> Self {
        let RecordedPayment {
            entry,
            at,
            payment,
            told_by: _,
            returned,
        } = recorded;
        let Payment {
            amount,
            method,
            reference,
        } = payment;
        Self {
            entry_id: entry,
            at,
            amount,
            method,
            reference,
            returned: returned.map(|(at, reason)| ReturnedView { at, reason }),
        }
    }

    /// The payment `id` of `package`, as these entries have it.
    pub(super) fn find(package: PackageId, entries: &[Entry], id: EntryId) -> Option<Self> {
        let mut payments = payments(package, entries).into_iter();
        payments.find(|payment| payment.entry == id).map(Self::of)
    }
}

/// A payment that was recorded or came back, and the package as it is then.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = PaymentOfPackage)]
pub(crate) struct PaidView {
    /// The payment.
    pub(super) payment: RecordedPaymentView,
    /// The package.
    pub(super) package: PackageView,
    /// Where the payment made a package active that was sold with `apply_to: existing_bookings`: the
    /// appointments it pays for from now on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) existing_bookings: Option<Vec<BookingView>>,
}
