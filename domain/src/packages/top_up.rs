//! Selling more units of a package that was sold.

use super::adjust::{counted, must_have_room};
use super::{Account, Package, Unchanged, changed};
use crate::journal::{Move, PackageChange, Posting};
use crate::{Context, Decision, EntryKey, Money, Refusal};

/// Units to be added to a pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolUnits {
    /// Which pool, from 0.
    pub pool: usize,
    /// How many, at least 1.
    pub units: u64,
}

/// Adds units for a price, which is split over the pools by their units. A package that was used up
/// can be used again; one that rests goes on resting.
///
/// # Errors
/// In this order: [`Unchanged::NotSold`], [`Unchanged::Over`], [`Unchanged::Ended`],
/// [`Unchanged::CurrencyDiffers`], for each pool [`Unchanged::PoolMissing`],
/// [`Unchanged::PassUncounted`] and [`Refusal::TooLarge`], then that for the price.
pub fn top_up(
    package: &Package,
    pools: &[PoolUnits],
    price: Money,
    key: EntryKey,
    context: &Context,
) -> Result<Decision, Refusal> {
    package.must_be_open()?;
    package.must_last(context.now)?;
    if price.currency() != package.terms.price.currency() {
        return Err(Unchanged::CurrencyDiffers.into());
    }
    let units: Vec<u64> = pools.iter().map(|added| added.units).collect();
    let mut posting = Posting::new(std::slice::from_ref(package), context.now);
    for (added, share) in pools.iter().zip(price.split(&units)) {
        let so_far = posting.package(package.id)?;
        must_have_room(counted(so_far, added.pool)?, added.units)?;
        posting.moves(&[Move {
            value_minor: Some(share),
            ..Move::new(
                (package.id, added.pool),
                None,
                Some(Account::Available),
                added.units,
            )
        }])?;
    }
    let owed = package
        .standing
        .price_minor
        .checked_add(price.amount_minor());
    let owed = owed.filter(|owed| *owed <= Money::MAX_MINOR);
    let owed = owed.ok_or(Refusal::TooLarge)?;
    posting.stand(package.id, |standing| standing.price_minor = owed)?;
    let change = PackageChange::ToppedUp(price);
    Ok(changed(posting, package, key, change, context))
}
