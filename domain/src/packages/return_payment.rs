//! Recording that a payment came back.

use std::collections::BTreeMap;

use super::{DirectDebit, Package, ReturnReason, ReturnedPayment, changed, payments};
use crate::journal::{Entry, PackageChange, Posting};
use crate::settings::Settings;
use crate::{Context, Decision, EntryId, EntryKey, PackageId, Refusal};

/// The most packages that a payment is taken off beside the one it was for: what one transaction has
/// room for, with a copy of the entry for each holder.
pub const MOST_GIVEN: usize = 40;

/// Records that the bank took back the payment of the entry `id`. From then on only what is paid can
/// be redeemed, until it is paid again. `history` is the package's own entries.
///
/// What the package was paid is taken off it, and where that is not enough because units were given
/// away after the payment, with their money, off the packages that they went to, `given`, nearest first:
/// at most what came with the units, and never what was paid for those packages since. They are blocked
/// alike, and what is owed is owed where the units are. A return is a fact: what came back although it
/// had been paid back before is owed once more.
///
/// # Errors
/// In this order: [`Refusal::PaymentNotFound`] when no payment of this package has that entry,
/// [`Refusal::PaymentNotReturnable`] for cash and transfers, which no bank takes back,
/// [`Refusal::PaymentReturned`] when it came back before, [`Refusal::HoldMissing`] when `given` lacks
/// what is needed.
pub fn return_payment(
    package: &Package,
    (history, given): (&[Entry], &[Package]),
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
    let mut packages = vec![package.clone()];
    packages.extend_from_slice(given);
    let mut posting = Posting::new(&packages, context.now);
    let mut left = amount.amount_minor();
    let own = left.min(package.standing.paid_minor);
    left -= own;
    take_off(&mut posting, package.id, own)?;
    // What may still be taken off what each package passed on.
    let mut passed_on = BTreeMap::from([(package.id, left)]);
    for one in given {
        let within = one.origin.and_then(|giver| passed_on.get(&giver)).copied();
        let came = came_with(one).saturating_sub(one.standing.withdrawn_minor);
        let within = within.unwrap_or(0).min(came);
        // Paid for after they were given away: not what paid for them.
        let since = one.origin == Some(package.id) && one.sold_at < recorded.at;
        let taken = match since {
            true => 0,
            false => left.min(within).min(one.standing.paid_minor),
        };
        left -= taken;
        let further = if since { 0 } else { within - taken };
        passed_on.insert(one.id, further);
        if taken > 0 {
            take_off(&mut posting, one.id, taken)?;
            posting.stand(one.id, |standing| standing.withdrawn_minor += taken)?;
        }
    }
    if left > 0 && given.len() < MOST_GIVEN && packages.iter().any(|one| lacks(one, given)) {
        return Err(Refusal::HoldMissing);
    }
    posting.stand(package.id, |standing| {
        // What was paid back before is owed once more.
        standing.price_minor = standing.price_minor.saturating_add(left);
        standing.returned_minor = standing.returned_minor.saturating_add(left);
        standing.blocked = true;
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

/// Takes so much of what was paid off a package, and blocks it.
fn take_off(posting: &mut Posting, id: PackageId, taken: u64) -> Result<(), Refusal> {
    posting.stand(id, |standing| {
        standing.paid_minor = standing.paid_minor.saturating_sub(taken);
        standing.returned_minor = standing.returned_minor.saturating_add(taken);
        standing.blocked = true;
    })
}
