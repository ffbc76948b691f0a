//! Recording that something was paid.

use super::{DirectDebit, Package, Payment, PaymentMethod, Stage};
use crate::journal::{Fact, PackageChange, Posting};
use crate::settings::Settings;
use crate::{Context, Decision, EntryKey, Money, Refusal};

/// Records a payment. It fills the oldest instalment first. A package that waited for its deposit,
/// or without one for its price, is active once that is paid; one that a returned payment blocked is
/// free again once at least as much has been paid as came back.
///
/// # Errors
/// In this order: [`Refusal::NotPayable`] for an offer, declined or not, and for what was voided or
/// refunded or given away; [`Refusal::PaymentCurrency`] for another currency than the package's;
/// [`Refusal::PaymentOfNothing`]; [`Refusal::PaymentTooLarge`] for more than is outstanding.
pub fn pay(
    package: &Package,
    payment: Payment,
    key: EntryKey,
    settings: &Settings,
    context: &Context,
) -> Result<Decision, Refusal> {
    check(package, &payment)?;
    let paid = payment.amount.amount_minor();
    let deposit = package.terms.deposit.map(Money::amount_minor);
    let debited = payment.method == PaymentMethod::DirectDebit;
    let mut posting = Posting::new(std::slice::from_ref(package), context.now);
    posting.stand(package.id, |standing| {
        standing.paid_minor += paid;
        let needed = deposit.unwrap_or(standing.price_minor);
        if standing.stage == Stage::Pending && standing.paid_minor >= needed {
            standing.stage = Stage::Active;
        }
        standing.returned_minor = standing.returned_minor.saturating_sub(paid);
        standing.blocked = standing.returned_minor > 0;
        if let (Some(debit), true) = (&mut standing.debit, debited) {
            debit.in_flight_minor = debit.in_flight_minor.saturating_sub(paid);
        }
    })?;
    DirectDebit::look_ahead(&mut posting, package.id, settings.time_zone())?;
    let fact = Fact::PackageChanged {
        package: package.id,
        change: PackageChange::Paid(payment),
    };
    Ok(posting.record(key, package.customer, fact, context))
}

fn check(package: &Package, payment: &Payment) -> Result<(), Refusal> {
    match package.standing.stage {
        Stage::Offered | Stage::Declined | Stage::Voided | Stage::Refunded | Stage::Transferred => {
            return Err(Refusal::NotPayable);
        }
        Stage::Pending | Stage::Active => {}
    }
    if payment.amount.currency() != package.terms.price.currency() {
        return Err(Refusal::PaymentCurrency);
    }
    if payment.amount.amount_minor() == 0 {
        return Err(Refusal::PaymentOfNothing);
    }
    if payment.amount.amount_minor() > package.standing.outstanding_minor() {
        return Err(Refusal::PaymentTooLarge);
    }
    Ok(())
}
