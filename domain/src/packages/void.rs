//! Undoing a sale that was a mistake.

use serde::{Deserialize, Serialize};

use super::expire::take_back;
use super::{Account, Package, Stage, Unchanged, changed};
use crate::journal::{Move, PackageChange, Posting};
use crate::{Context, Decision, EntryKey, Refusal};

/// Why a package should never have been sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum VoidReason {
    /// It was sold by mistake.
    Mistake,
    /// It was sold twice.
    Duplicate,
    /// The customer no longer wanted it, before anything was paid.
    Withdrawn,
    /// It was bought online, and nothing was paid in time.
    Unpaid,
}

/// Takes back a package as if it had never been sold: everything granted, all it was worth and all that
/// was to be paid. What was paid or used is no mistake any more: it is refunded.
///
/// # Errors
/// In this order: [`Unchanged::NotSold`], [`Unchanged::Over`], [`Unchanged::UnitsHeld`],
/// [`Unchanged::Used`], [`Unchanged::Paid`], [`Unchanged::DebitInFlight`].
pub fn void(
    package: &Package,
    reason: VoidReason,
    key: EntryKey,
    context: &Context,
) -> Result<Decision, Refusal> {
    package.must_be_open()?;
    package.must_hold_nothing()?;
    let used = package.pools.iter().any(|pool| {
        let balance = pool.balance;
        balance.captured > 0 || balance.forfeited > 0 || balance.transferred > 0
    });
    if used {
        return Err(Unchanged::Used.into());
    }
    if package.standing.paid_minor > 0 {
        return Err(Unchanged::Paid.into());
    }
    package.must_await_no_debit()?;
    let mut posting = Posting::new(std::slice::from_ref(package), context.now);
    posting.moves(&take_back(package))?;
    let all = all_available(posting.package(package.id)?, None);
    posting.moves(&all)?;
    posting.stand(package.id, |standing| {
        standing.stage = Stage::Voided;
        standing.price_minor = 0;
    })?;
    let change = PackageChange::Voided(reason);
    Ok(changed(posting, package, key, change, context))
}

/// Moves of everything that is available, with all it is worth, to `to`. Nothing may be held.
pub(super) fn all_available(package: &Package, to: Option<Account>) -> Vec<Move> {
    let pools = package.pools.iter().enumerate();
    let left = pools.filter(|(_, pool)| pool.balance.available > 0 || pool.worth_minor > 0);
    left.map(|(index, pool)| Move {
        value_minor: Some(pool.worth_minor),
        ..Move::new(
            (package.id, index),
            Some(Account::Available),
            to,
            pool.balance.available,
        )
    })
    .collect()
}
