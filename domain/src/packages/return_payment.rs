//! Recording that a payment came back.

use std::collections::BTreeMap;

use super::{DirectDebit, Heard, Package, ReturnReason, ReturnedPayment, changed, payments};
use crate::journal::{Entry, PackageChange, Posting};
use crate::settings::Settings;
use crate::{Context, Decision, EntryId, EntryKey, Instant, Money, PackageId, Refusal};

/// The most packages that a payment is taken off beside the one it was for: what one transaction has
/// room for, with a copy of the entry for each holder.
pub const MOST_GIVEN: usize = 40;

/// Records that the bank took back the payment of the entry `id`. From then on only what is paid can
/// be redeemed, until it is paid again. `history` is the package's own entries.
///
/// What the package was paid is taken off it first. Of the rest, what its holder was paid back since is
/// owed once more; then, as units were given away with their money, it is taken off the packages that they
/// went to, `given`, nearest first: at most what came with the units, once. They are blocked alike, and
/// what is owed is owed where the units are. What even so is not there was paid back to a receiver: that is
/// owed once more, too.
///
/// # Errors
/// In this order: [`Refusal::PaymentNotFound`] when no payment of this package has that entry,
/// [`Refusal::PaymentNotReturnable`] for cash and transfers, which no bank takes back,
/// [`Refusal::PaymentReturned`] when it came back before, [`Refusal::HoldMissing`] when `given` lacks
/// what is needed.
pub fn return_payment(
    package: &Package,
    known: (&[Entry], &[Package]),
    (id, reason): (EntryId, ReturnReason),
    settings: &Settings,
    context: &Context,
) -> Result<Decision, Refusal> {
    came_back(package, known, (id, reason, None), settings, context)
}

/// The payment's coming back, and when that was told to have been.
pub(super) fn came_back(
    package: &Package,
    (history, given): (&[Entry], &[Package]),
    (id, reason, told): (EntryId, ReturnReason, Option<Instant>),
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
    let mut packages = vec![package.clone()];
    packages.extend_from_slice(given);
    let mut posting = Posting::new(&packages, context.now);
    let now = package.changes_at(context.now);
    let heard = told.map(|told_at| Heard {
        told_at: told_at.min(context.now),
        at: now,
    });
    let since = (heard.map_or(context.now, |heard| heard.told_at), heard);
    let mut left = amount.amount_minor();
    let own = left.min(package.standing.paid_minor);
    left -= own;
    take_off(&mut posting, package.id, (own, since))?;
    // What the giver was paid back is the giver's to pay again.
    let paid_back = paid_back(history).saturating_sub(package.standing.again_minor);
    let reclaimed = left.min(paid_back);
    left -= reclaimed;
    // What may still be taken off what each package passed on.
    let mut passed_on = BTreeMap::from([(package.id, left)]);
    for one in given {
        let within = one.origin.and_then(|giver| passed_on.get(&giver)).copied();
        let came = came_with(one).saturating_sub(one.standing.withdrawn_minor);
        let within = within.unwrap_or(0).min(came);
        let taken = left.min(within).min(one.standing.paid_minor);
        left -= taken;
        passed_on.insert(one.id, within - taken);
        if taken > 0 {
            take_off(&mut posting, one.id, (taken, since))?;
            posting.stand(one.id, |standing| standing.withdrawn_minor += taken)?;
        }
    }
    if left > 0 && given.len() < MOST_GIVEN && packages.iter().any(|one| lacks(one, given)) {
        return Err(Refusal::HoldMissing);
    }
    let again = left.saturating_add(reclaimed);
    posting.stand(package.id, |standing| {
        // What was paid back before is owed once more.
        standing.price_minor = standing.price_minor.saturating_add(again);
        standing.returned_minor = standing.returned_minor.saturating_add(again);
        standing.again_minor = standing.again_minor.saturating_add(again);
        standing.block(since);
    })?;
    DirectDebit::look_ahead(&mut posting, package.id, settings.time_zone())?;
    let change = PackageChange::PaymentReturned(ReturnedPayment {
        payment: id,
        amount,
        reason,
    });
    let key = EntryKey::Return(package.id, id);
    Ok(changed(posting, package, key, change, context))
}

/// What was paid back for a package, as its own entries tell.
fn paid_back(history: &[Entry]) -> u64 {
    let amounts = history.iter().filter_map(|entry| entry.fact.paid_back());
    amounts.map(Money::amount_minor).sum()
}

/// Whether more was given away of the package than what `given` came from it with.
fn lacks(package: &Package, given: &[Package]) -> bool {
    let came = given.iter().filter(|one| one.origin == Some(package.id));
    let left = package.pools.iter().map(|pool| pool.transferred_minor);
    came.map(came_with).sum::<u64>() < left.sum()
}

/// The money that came with what a package was made from.
fn came_with(package: &Package) -> u64 {
    let shares = package.pools.iter().map(|pool| pool.share_minor);
    shares.fold(0, u64::saturating_add)
}

/// Takes so much of what was paid off a package, and blocks it since then.
fn take_off(
    posting: &mut Posting,
    id: PackageId,
    (taken, since): (u64, (Instant, Option<Heard>)),
) -> Result<(), Refusal> {
    posting.stand(id, |standing| {
        standing.paid_minor = standing.paid_minor.saturating_sub(taken);
        standing.returned_minor = standing.returned_minor.saturating_add(taken);
        standing.block(since);
    })
}
