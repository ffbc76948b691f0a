//! The payments of a package, as its journal has them.

use super::{Payment, ReturnReason};
use crate::journal::{Entry, Fact, PackageChange};
use crate::{ActorId, EntryId, Instant, PackageId};

/// A payment, and whether it stayed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedPayment {
    /// The entry that recorded it.
    pub entry: EntryId,
    /// When that was.
    pub at: Instant,
    /// The payment.
    pub payment: Payment,
    /// The system that told of it; none where it was entered here.
    pub told_by: Option<ActorId>,
    /// When and why it came back, if it did.
    pub returned: Option<(Instant, ReturnReason)>,
}

/// The payments of `package` among these entries, in the order in which they were recorded.
pub fn payments(package: PackageId, entries: &[Entry]) -> Vec<RecordedPayment> {
    let mut payments: Vec<RecordedPayment> = Vec::new();
    for entry in entries {
        if let Some(PackageChange::Paid(payment)) = change_of(package, entry) {
            payments.push(RecordedPayment {
                entry: entry.id,
                at: entry.at,
                payment: payment.clone(),
                told_by: entry.told_at.map(|_| entry.actor.id.clone()),
                returned: None,
            });
        }
    }
    for entry in entries {
        if let Some(PackageChange::PaymentReturned(returned)) = change_of(package, entry) {
            let payment = payments.iter_mut().find(|p| p.entry == returned.payment);
            if let Some(payment) = payment {
                payment.returned = Some((entry.at, returned.reason.clone()));
            }
        }
    }
    payments.sort_by_key(|payment| payment.entry);
    payments
}

pub(super) fn change_of(package: PackageId, entry: &Entry) -> Option<&PackageChange> {
    let Fact::PackageChanged {
        package: of,
        change,
    } = &entry.fact
    else {
        return None;
    };
    (*of == package).then_some(change)
}
