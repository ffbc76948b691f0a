//! Giving units, or taking them back, with a reason.

use serde::{Deserialize, Serialize};

use super::{Account, MAX_VISITS, Package, Pool, Unchanged, Unit, changed};
use crate::journal::{Move, PackageChange, Posting};
use crate::{Context, Decision, EntryKey, Money, Refusal};

/// Why units are given or taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AdjustmentReason {
    /// Something was recorded wrongly.
    Correction,
    /// Something went wrong.
    Compensation,
    /// A present.
    Goodwill,
}

/// Units of one pool to be given, or taken back where they are below zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Adjustment {
    /// Which pool.
    pub pool: usize,
    /// How many; not 0.
    pub units: i64,
    /// Why.
    pub reason: AdjustmentReason,
}

/// Gives units for nothing, or takes available ones back with the value they stand for.
///
/// # Errors
/// In this order: [`Unchanged::NotSold`], [`Unchanged::Over`], [`Unchanged::Ended`],
/// [`Unchanged::PoolMissing`], [`Unchanged::PassUncounted`], [`Unchanged::CorrectionRequired`],
/// [`Unchanged::UnitsMissing`], [`Refusal::TooLarge`].
pub fn adjust(
    package: &Package,
    adjustment: Adjustment,
    key: EntryKey,
    context: &Context,
) -> Result<Decision, Refusal> {
    let Adjustment {
        pool: index,
        units,
        reason,
    } = adjustment;
    package.must_be_open()?;
    package.must_last(context.now)?;
    let pool = counted(package, index)?;
    let takes = units < 0;
    if takes && reason != AdjustmentReason::Correction {
        return Err(Unchanged::CorrectionRequired.into());
    }
    let (at, units) = ((package.id, index), units.unsigned_abs());
    let step = if takes {
        if pool.balance.available < units {
            return Err(Unchanged::UnitsMissing.into());
        }
        Move::new(at, Some(Account::Available), None, units)
    } else {
        must_have_room(pool, units)?;
        Move {
            value_minor: Some(0),
            ..Move::new(at, None, Some(Account::Available), units)
        }
    };
    let mut posting = Posting::new(std::slice::from_ref(package), context.now);
    posting.moves(&[step])?;
    let change = PackageChange::Adjusted(reason);
    Ok(changed(posting, package, key, change, context))
}

/// A pool whose units have a number.
///
/// # Errors
/// [`Unchanged::PoolMissing`], then [`Unchanged::PassUncounted`].
pub(super) fn counted(package: &Package, index: usize) -> Result<&Pool, Refusal> {
    let pool = package.pools.get(index).ok_or(Unchanged::PoolMissing)?;
    match pool.unit {
        Unit::Visit | Unit::Money(_) => Ok(pool),
        Unit::Unlimited => Err(Unchanged::PassUncounted.into()),
    }
}

/// # Errors
/// [`Refusal::TooLarge`] for more than a pool may be granted.
pub(super) fn must_have_room(pool: &Pool, units: u64) -> Result<(), Refusal> {
    let most = match pool.unit {
        Unit::Visit => MAX_VISITS,
        Unit::Money(_) | Unit::Unlimited => Money::MAX_MINOR,
    };
    match pool.balance.granted.checked_add(units) {
        Some(granted) if granted <= most => Ok(()),
        Some(_) | None => Err(Refusal::TooLarge),
    }
}
