//! Recording that a payment came back.

use super::{DirectDebit, Package, ReturnReason, ReturnedPayment, payments};
use crate::journal::{Entry, Fact, PackageChange, Posting};
use crate::settings::Settings;
use crate::{Context, Decision, EntryId, EntryKey, Refusal};

/// Records that the bank took back the payment of the entry `id`. From then on only what is paid can
/// be redeemed, until at least as much has been paid again. `history` is the package's own entries.
///
/// A return is a fact: it is recorded of a refunded package too, whose payments then fall to nothing
/// at most.
///
/// # Errors
/// In this order: [`Refusal::PaymentNotFound`] when no payment of this package has that entry,
/// [`Refusal::PaymentNotReturnable`] for cash and transfers, which no bank takes back,
/// [`Refusal::PaymentReturned`] when it came back before.
pub fn return_payment(
    package: &Package,
    history: &[Entry],
    (id, reason): (EntryId, ReturnReason),
    settings: &Settings,
    context: &Context,
) -> Result<Decision, Refusal> {
    let mut payments = payments(package.id, history).into_iter();
    let recorded = payments.find(|payment| payment.entry == id);
    let recorded = recorded.ok_or(Refusal::PaymentNotFound)?;
    if !recorded.payment.method.can_return() {
        return Err(Refusal::PaymentNotReturnable);
    }
    if recorded.returned.is_some() {
        return Err(Refusal::PaymentReturned);
    }
    let amount = recorded.payment.amount;
    let back = amount.amount_minor();
    let mut posting = Posting::new(std::slice::from_ref(package), context.now);
    posting.stand(package.id, |standing| {
        standing.paid_minor = standing.paid_minor.saturating_sub(back);
        standing.returned_minor = standing.returned_minor.saturating_add(back);
        standing.blocked = true;
    })?;
    DirectDebit::look_ahead(&mut posting, package.id, settings.time_zone())?;
    let change = PackageChange::PaymentReturned(ReturnedPayment {
        payment: id,
        amount,
        reason,
    });
    let fact = Fact::PackageChanged {
        package: package.id,
        change,
    };
    let key = EntryKey::Return(package.id, id);
    Ok(posting.record(key, package.customer, fact, context))
}
