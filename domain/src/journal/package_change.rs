//! What can happen to a package outside of appointments.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::packages::{
    AdjustmentReason, Collected, NotedPayment, Package, Payment, RefundQuote, RejectedDebit,
    ReturnedPayment, VoidReason,
};
use crate::{CustomerId, Money, RefundQuoteId};

/// What happened to a package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PackageChange {
    /// It was offered, and is sold from now on: its units are granted.
    Accepted,
    /// It was offered, and the customer does not want it.
    Declined,
    /// Its time is over, and what was left is written off.
    Expired,
    /// Units were given for nothing, or taken back.
    Adjusted(AdjustmentReason),
    /// Units were added, for this price.
    ToppedUp(Money),
    /// It rests.
    Frozen,
    /// It rests no longer.
    Unfrozen,
    /// It is valid through this day.
    Extended(NaiveDate),
    /// Units were given to another customer, as this package: as it was before they were granted.
    Transferred(Box<Package>),
    /// Others may redeem from it, or no longer may.
    MembersChanged {
        /// Who may from now on.
        added: Vec<CustomerId>,
        /// Who no longer may.
        removed: Vec<CustomerId>,
    },
    /// It should never have been sold.
    Voided(VoidReason),
    /// What would be paid back for it: nothing has changed yet.
    RefundQuoted(RefundQuote),
    /// What was left of it was paid back.
    Refunded {
        /// As quoted.
        quote: RefundQuoteId,
        /// How much.
        amount: Money,
    },
    /// Something was paid for it.
    Paid(Payment),
    /// A payment came back.
    PaymentReturned(ReturnedPayment),
    /// A payment for it was tried online and failed.
    PaymentFailed(NotedPayment),
    /// A payment came back that is not recorded yet.
    ReturnForetold(NotedPayment),
    /// A refund that is recorded here was carried out at the payment provider.
    RefundConfirmed(NotedPayment),
    /// What was due of its plan was given to the bank to collect.
    Collected(Collected),
    /// The bank rejected a debit before it was paid.
    DebitRejected(RejectedDebit),
}

impl PackageChange {
    /// The name of what happened.
    pub fn name(&self) -> &'static str {
        match self {
            PackageChange::Accepted => "offer-accepted",
            PackageChange::Declined => "offer-declined",
            PackageChange::Expired => "package-expired",
            PackageChange::Adjusted(_) => "package-adjusted",
            PackageChange::ToppedUp(_) => "package-topped-up",
            PackageChange::Frozen => "package-frozen",
            PackageChange::Unfrozen => "package-unfrozen",
            PackageChange::Extended(_) => "package-extended",
            PackageChange::Transferred(_) => "package-transferred",
            PackageChange::MembersChanged { .. } => "package-members-changed",
            PackageChange::Voided(_) => "package-voided",
            PackageChange::RefundQuoted(_) => "package-refund-quoted",
            PackageChange::Refunded { .. } => "package-refunded",
            PackageChange::Paid(_) => "payment-recorded",
            PackageChange::PaymentReturned(_) => "payment-returned",
            PackageChange::PaymentFailed(_) => "payment-failed",
            PackageChange::ReturnForetold(_) => "payment-return-foretold",
            PackageChange::RefundConfirmed(_) => "refund-confirmed",
            PackageChange::Collected(_) => "instalments-collected",
            PackageChange::DebitRejected(_) => "debit-rejected",
        }
    }

    /// The package that came to be by it.
    pub(super) fn creates(&self) -> Option<&Package> {
        match self {
            PackageChange::Transferred(package) => Some(package),
            PackageChange::Accepted
            | PackageChange::Declined
            | PackageChange::Expired
            | PackageChange::Adjusted(_)
            | PackageChange::ToppedUp(_)
            | PackageChange::Frozen
            | PackageChange::Unfrozen
            | PackageChange::Extended(_)
            | PackageChange::MembersChanged { .. }
            | PackageChange::Voided(_)
            | PackageChange::RefundQuoted(_)
            | PackageChange::Refunded { .. }
            | PackageChange::Paid(_)
            | PackageChange::PaymentReturned(_)
            | PackageChange::PaymentFailed(_)
            | PackageChange::ReturnForetold(_)
            | PackageChange::RefundConfirmed(_)
            | PackageChange::Collected(_)
            | PackageChange::DebitRejected(_) => None,
        }
    }
}
