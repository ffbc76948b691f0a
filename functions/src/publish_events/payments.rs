//! Money that came in for packages, or went back, as events.

use domain::PackageId;
use domain::packages::{
    self, Collected, CollectedDebit, Obstacle, Payment, RejectedDebit, ReturnedPayment,
};
use events::Version;
use events::out::{
    self, Debit, DebitRejected, InstalmentsCollected, PaymentMethod, PaymentRecorded,
    PaymentReturned,
};
use infra::Fault;

use super::figures::{Moved, money, touched};
use super::packages::tell;
use super::told::Tellings;

pub(super) fn recorded(
    tellings: &mut Tellings<'_>,
    moved: &Moved,
    payment: &Payment,
) -> Result<(), Fault> {
    let reference = payment.reference.as_ref();
    tell!(
        tellings,
        moved,
        PaymentRecorded {
            amount: money(payment.amount),
            method: method(payment.method),
            reference: reference.map(|reference| reference.as_str().to_owned()),
        }
    )
}

/// Once for each package that it is taken off: each has an order of its own.
pub(super) fn returned(
    tellings: &mut Tellings<'_>,
    paid: PackageId,
    returned: &ReturnedPayment,
) -> Result<(), Fault> {
    for package in touched(tellings.entry) {
        let moved = Moved::of(tellings.entry, package);
        tell!(
            tellings,
            moved,
            PaymentReturned {
                paid_package_id: paid.to_string(),
                payment_entry_id: returned.payment.to_string(),
                amount: money(returned.amount),
                reason: returned.reason.as_str().to_owned(),
            }
        )?;
    }
    Ok(())
}

pub(super) fn collected(
    tellings: &mut Tellings<'_>,
    moved: &Moved,
    collected: &Collected,
) -> Result<(), Fault> {
    let debit = |debit: &CollectedDebit| Debit {
        debit_id: debit.id.as_str().to_owned(),
        instalment: debit.instalment,
        amount: money(debit.amount),
    };
    tell!(
        tellings,
        moved,
        InstalmentsCollected {
            collection_id: collected.collection.as_str().to_owned(),
            debits: collected.debits.iter().map(debit).collect(),
            obstacle: collected.obstacle.map(|obstacle| name(obstacle).to_owned()),
        }
    )
}

pub(super) fn rejected(
    tellings: &mut Tellings<'_>,
    moved: &Moved,
    rejected: &RejectedDebit,
) -> Result<(), Fault> {
    tell!(
        tellings,
        moved,
        DebitRejected {
            debit_id: rejected.id.as_str().to_owned(),
            amount: money(rejected.amount),
            reason: rejected.reason.as_str().to_owned(),
        }
    )
}

fn method(method: packages::PaymentMethod) -> PaymentMethod {
    match method {
        packages::PaymentMethod::Cash => out::PaymentMethod::Cash,
        packages::PaymentMethod::Card => out::PaymentMethod::Card,
        packages::PaymentMethod::Transfer => out::PaymentMethod::Transfer,
        packages::PaymentMethod::DirectDebit => out::PaymentMethod::DirectDebit,
    }
}

fn name(obstacle: Obstacle) -> &'static str {
    match obstacle {
        Obstacle::NotActive => "not-active",
        Obstacle::Frozen => "frozen",
        Obstacle::OtherCurrency => "other-currency",
        Obstacle::TooLarge => "too-large",
        Obstacle::NoMandate => "no-mandate",
        Obstacle::MandateDate => "mandate-date",
        Obstacle::MandateLapsed => "mandate-lapsed",
        Obstacle::NextCollection => "next-collection",
    }
}
