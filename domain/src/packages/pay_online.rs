//! Recording a payment that a payment provider tells of.

use super::pay::paid;
use super::schedule::overdue_minor;
use super::{Package, Payment, Stage, Unchanged, schedule};
use crate::calendar::day_of;
use crate::settings::Settings;
use crate::{Context, Decision, EntryKey, Instant, Money, Refusal};

impl Package {
    /// What is to be paid before it can be used; none unless it waits for that, and none after its end.
    pub fn awaited(&self, at: Instant) -> Option<Money> {
        let standing = &self.standing;
        let needed = self.terms.deposit.map(Money::amount_minor);
        let left = needed.unwrap_or(standing.price_minor);
        let left = left.saturating_sub(standing.paid_minor);
        let waits = standing.stage == Stage::Pending && left > 0 && !standing.ended_at(at);
        waits.then(|| Money::total(self.terms.price.currency(), left))
    }

    /// The sums that may come in for it: before it can be used what it waits for; later what was due at
    /// `at`, the next instalment, what came back, or all that is outstanding.
    fn payable(&self, at: Instant, settings: &Settings) -> Vec<u64> {
        if self.standing.stage == Stage::Pending {
            let awaited = self.awaited(at);
            return awaited
                .iter()
                .map(|awaited| awaited.amount_minor())
                .collect();
        }
        let zone = settings.time_zone();
        let instalments = schedule(self, zone).into_iter();
        let mut left = instalments.map(|one| one.outstanding().amount_minor());
        vec![
            overdue_minor(self, day_of(at, zone), zone),
            left.find(|left| *left > 0).unwrap_or(0),
            self.standing.returned_minor,
            self.standing.outstanding_minor(),
        ]
    }
}

/// Records a payment that was made online at `at`. Nobody here saw the money: so it must be just what the
/// package waits for, or what was due of it when it was paid, however late that is heard of. Else it is as
/// [`super::pay`].
///
/// # Errors
/// In this order: [`Refusal::NotPayable`] where nothing is outstanding, [`Refusal::PaymentCurrency`],
/// [`Unchanged::PaymentNotAwaited`] for another amount than one that is to be paid, those of [`super::pay`].
pub fn pay_online(
    package: &Package,
    payment: Payment,
    (key, at): (EntryKey, Instant),
    settings: &Settings,
    context: &Context,
) -> Result<Decision, Refusal> {
    if package.standing.outstanding_minor() == 0 {
        return Err(Refusal::NotPayable);
    }
    if payment.amount.currency() != package.terms.price.currency() {
        return Err(Refusal::PaymentCurrency);
    }
    let payable = package.payable(at.min(context.now), settings);
    if !payable.contains(&payment.amount.amount_minor()) {
        return Err(Unchanged::PaymentNotAwaited.into());
    }
    paid(package, payment, (key, Some(at)), settings, context)
}
