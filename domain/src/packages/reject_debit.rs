//! Recording that the bank rejected a direct debit.

use serde::{Deserialize, Serialize};

use super::collect::instalment_of;
use super::{DirectDebit, Package, ReturnReason, changed};
use crate::journal::{PackageChange, Posting};
use crate::sepa::EndToEndId;
use crate::settings::Settings;
use crate::{Context, Decision, EntryKey, Money, Refusal};

/// A debit that never arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RejectedDebit {
    /// What the bank calls it.
    pub id: EndToEndId,
    /// How much was still on its way.
    pub amount: Money,
    /// Why it was rejected.
    pub reason: ReturnReason,
}

/// Records that a debit was rejected before it was paid: it is no longer on its way, and what it was
/// for is outstanding, to be paid in another way. It is not collected again.
///
/// # Errors
/// [`Refusal::DebitNotFound`] for what is not on its way: of another package, never collected, paid or
/// rejected before.
pub fn reject_debit(
    package: &Package,
    (id, reason): (EndToEndId, ReturnReason),
    settings: &Settings,
    context: &Context,
) -> Result<Decision, Refusal> {
    let debit = package.standing.debit.as_ref();
    let rejected = debit.and_then(|debit| {
        let instalment = instalment_of(package.id, id.as_str())?;
        Some((instalment, *debit.in_flight.get(&instalment)?))
    });
    let (instalment, amount_minor) = rejected.ok_or(Refusal::DebitNotFound)?;
    let mut posting = Posting::new(std::slice::from_ref(package), context.now);
    posting.stand(package.id, |standing| {
        if let Some(debit) = &mut standing.debit {
            debit.in_flight.remove(&instalment);
            debit.rejected.insert(instalment);
        }
    })?;
    DirectDebit::look_ahead(&mut posting, package.id, settings.time_zone())?;
    let change = PackageChange::DebitRejected(RejectedDebit {
        id,
        amount: Money::total(package.terms.price.currency(), amount_minor),
        reason,
    });
    let key = EntryKey::Rejection(package.id, instalment);
    Ok(changed(posting, package, key, change, context))
}
