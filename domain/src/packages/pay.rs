//! Recording that something was paid.

use super::collect::{instalment_of, is_debit_id};
use super::schedule::overdue_minor;
use super::{DirectDebit, Heard, Package, Payment, PaymentMethod, Stage, Unchanged, changed};
use crate::calendar::day_of;
use crate::journal::{PackageChange, Posting};
use crate::settings::Settings;
use crate::{Context, Decision, EntryKey, Instant, Money, Refusal};

/// Records a payment. It fills the oldest instalment first. A package that waited for its deposit,
/// or without one for its price, is active once that is paid; one that a returned payment blocked is
/// free again once as much has been paid as came back and nothing is overdue. A direct debit that
/// arrives is no longer on its way: the one its reference names, or the oldest where it names none.
///
/// # Errors
/// In this order: [`Refusal::NotPayable`] for an offer, declined or not, and for what was voided, or
/// was refunded or given away and costs nothing any more; [`Refusal::PaymentCurrency`] for another
/// currency than the package's; [`Refusal::PaymentOfNothing`]; [`Refusal::PaymentTooLarge`] for more
/// than is outstanding; [`Refusal::DebitNotFound`] for a direct debit by the name of another package's, or
/// of one that was never collected or arrived before; [`Unchanged::DebitInFlight`] for what is being
/// collected, paid in another way.
pub fn pay(
    package: &Package,
    payment: Payment,
    key: EntryKey,
    settings: &Settings,
    context: &Context,
) -> Result<Decision, Refusal> {
    paid(package, payment, (key, None), settings, context)
}

/// The payment, and when it was made, where that is not when it is recorded.
pub(super) fn paid(
    package: &Package,
    payment: Payment,
    (key, told): (EntryKey, Option<Instant>),
    settings: &Settings,
    context: &Context,
) -> Result<Decision, Refusal> {
    let debit = check(package, &payment)?;
    let zone = settings.time_zone();
    let amount = payment.amount.amount_minor();
    let deposit = package.terms.deposit.map(Money::amount_minor);
    let at = package.changes_at(context.now);
    let mut posting = Posting::new(std::slice::from_ref(package), context.now);
    posting.stand(package.id, |standing| {
        standing.paid_minor += amount;
        let needed = deposit.unwrap_or(standing.price_minor);
        let waited = standing.stage == Stage::Pending;
        if standing.stage == Stage::Pending && standing.paid_minor >= needed {
            standing.stage = Stage::Active;
            standing.activated_at = Some(at);
        }
        if let Some(told_at) = told {
            let told_at = told_at.min(context.now);
            // Of two that are told out of order, the earlier one was what it waited for.
            let earlier = standing
                .paid_since
                .map_or(told_at, |since| since.min(told_at));
            let by_told = waited || standing.paid_since.is_some();
            standing.paid_since = by_told.then_some(earlier);
            standing.heard = Some(Heard { told_at, at });
        }
        standing.returned_minor = standing.returned_minor.saturating_sub(amount);
        standing.debit = debit;
    })?;
    let overdue = overdue_minor(posting.package(package.id)?, day_of(at, zone), zone) > 0;
    posting.stand(package.id, |standing| {
        standing.blocked = standing.blocked && (standing.returned_minor > 0 || overdue);
        standing.blocked_since = standing.blocked_since.filter(|_| standing.blocked);
    })?;
    DirectDebit::look_ahead(&mut posting, package.id, zone)?;
    let change = PackageChange::Paid(payment);
    Ok(changed(posting, package, key, change, context))
}

/// What is on its way after the payment, if it can be recorded.
fn check(package: &Package, payment: &Payment) -> Result<Option<DirectDebit>, Refusal> {
    let standing = &package.standing;
    let outstanding = standing.outstanding_minor();
    match standing.stage {
        Stage::Offered | Stage::Declined | Stage::Voided => return Err(Refusal::NotPayable),
        // Owed again where a payment for it came back.
        Stage::Refunded | Stage::Transferred if outstanding == 0 => {
            return Err(Refusal::NotPayable);
        }
        Stage::Refunded | Stage::Transferred | Stage::Pending | Stage::Active => {}
    }
    if payment.amount.currency() != package.terms.price.currency() {
        return Err(Refusal::PaymentCurrency);
    }
    let amount = payment.amount.amount_minor();
    if amount == 0 {
        return Err(Refusal::PaymentOfNothing);
    }
    if amount > outstanding {
        return Err(Refusal::PaymentTooLarge);
    }
    let free = outstanding.saturating_sub(standing.in_flight_minor());
    let name = payment.reference.as_ref().map(|name| name.as_str());
    let named = name.and_then(|name| instalment_of(package.id, name));
    let debited = payment.method == PaymentMethod::DirectDebit;
    if debited && named.is_none() && name.is_some_and(is_debit_id) {
        return Err(Refusal::DebitNotFound);
    }
    let mut debit = standing.debit.clone();
    let not_on_its_way = match (&mut debit, debited) {
        (Some(debit), true) => debit.arrived(amount, named)?,
        (Some(_), false) | (None, _) => amount,
    };
    match not_on_its_way > free {
        true => Err(Unchanged::DebitInFlight.into()),
        false => Ok(debit),
    }
}
