//! The payments of a package, as its journal has them.

use super::{Payment, ReturnReason};
use crate::journal::{Entry, Fact, PackageChange};
use crate::{EntryId, Instant, PackageId};

/// A payment, and whether it stayed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedPayment {
    /// The entry that recorded it.
    pub entry: EntryId,
    /// When that was.
    pub at: Instant,
    /// The payment.
    pub payment: Payment,
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

fn change_of(package: PackageId, entry: &Entry) -> Option<&PackageChange> {
    let Fact::PackageChanged {
        package: of,
        change,
    } = &entry.fact
    else {
        return None;
    };
    (*of == package).then_some(change)
}
