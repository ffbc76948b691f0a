//! Giving units to another customer.

use super::adjust::counted;
use super::earn::earned;
use super::sell::grants;
use super::top_up::PoolUnits;
use super::{Account, Balance, Caps, Package, Pool, Stage, Standing, Unchanged, Unit};
use crate::calendar::{End, Validity};
use crate::customers::Customer;
use crate::journal::{Entry, Fact, Move, PackageChange, Posting, fold};
use crate::{Context, CustomerId, Decision, EntryKey, Money, PackageId, Put, Refusal};

/// Gives available units to `receiver`, as a package `id` of their own with the same terms and end,
/// worth exactly what left: what was paid for the units goes with them. `pools` says how many of
/// which; none is everything, which is the only way for a pass.
///
/// # Errors
/// In this order: [`Unchanged::NotSold`], [`Unchanged::Over`], [`Unchanged::NotTransferable`],
/// [`Unchanged::Ended`], [`Unchanged::Resting`], [`Unchanged::Unpaid`], [`Refusal::CustomerNotFound`],
/// [`Refusal::CustomerErased`],
/// [`Unchanged::ToHolder`], for each pool [`Unchanged::PoolMissing`], [`Unchanged::PassUncounted`] and
/// [`Unchanged::UnitsMissing`], [`Unchanged::UnitsHeld`] for a pass, [`Unchanged::NothingToTransfer`].
pub fn transfer(
    package: &Package,
    receiver: Option<&Customer>,
    pools: Option<&[PoolUnits]>,
    id: PackageId,
    context: &Context,
) -> Result<Decision, Refusal> {
    may_leave(package, context)?;
    let receiver = receiver.ok_or(Refusal::CustomerNotFound)?;
    receiver.is_there()?;
    if receiver.id == package.customer {
        return Err(Unchanged::ToHolder.into());
    }
    let mut posting = Posting::new(std::slice::from_ref(package), context.now);
    let earned = earned(package, context.now);
    posting.moves(&earned)?;
    let leaving = leaving(posting.package(package.id)?, pools)?;
    posting.moves(&leaving)?;
    let left = posting.package(package.id)?.clone();
    let made = made(&left, package, id, receiver, context)?;
    // Begun again with both packages, so that one entry tells what left and what came.
    let mut posting = Posting::new(&[package.clone(), made.clone()], context.now);
    posting.moves(&earned)?;
    posting.moves(&leaving)?;
    posting.moves(&grants(&made))?;
    let gone_minor = made.standing.paid_minor;
    posting.stand(package.id, |standing| {
        standing.price_minor = standing.price_minor.saturating_sub(gone_minor);
        standing.paid_minor = standing.paid_minor.saturating_sub(gone_minor);
        if is_pass(package) {
            standing.stage = Stage::Transferred;
        }
    })?;
    let fact = Fact::PackageChanged {
        package: package.id,
        change: PackageChange::Transferred(Box::new(made)),
    };
    let mut decision = posting.record(EntryKey::Sale(id), package.customer, fact, context);
    let given = fold(id, [&decision.entry])?.ok_or(Refusal::PackageNotFound)?;
    decision.puts = vec![Put::Package(given)];
    Ok(decision)
}

/// The packages that units of `package` went to, with who holds them, as its holder's journal tells.
pub fn given_away(package: PackageId, entries: &[Entry]) -> Vec<(PackageId, CustomerId)> {
    let made = entries.iter().filter_map(|entry| entry.fact.creates());
    made.filter(|made| made.origin == Some(package))
        .map(|made| (made.id, made.customer))
        .collect()
}

fn may_leave(package: &Package, context: &Context) -> Result<(), Refusal> {
    package.must_be_open()?;
    let standing = &package.standing;
    if !package.terms.conditions.transferable {
        return Err(Unchanged::NotTransferable.into());
    }
    package.must_last(context.now)?;
    if standing.frozen_at(context.now) {
        return Err(Unchanged::Resting.into());
    }
    let paid = standing.stage == Stage::Active && standing.outstanding_minor() == 0;
    match paid && !standing.blocked {
        true => Ok(()),
        false => Err(Unchanged::Unpaid.into()),
    }
}

fn is_pass(package: &Package) -> bool {
    let unlimited = |pool: &Pool| pool.unit == Unit::Unlimited;
    package.pools.iter().any(unlimited)
}

/// What leaves the package.
fn leaving(package: &Package, pools: Option<&[PoolUnits]>) -> Result<Vec<Move>, Refusal> {
    let moves = match pools {
        None => {
            if is_pass(package) {
                package.must_hold_nothing()?;
            }
            everything(package)
        }
        Some(pools) => some(package, pools)?,
    };
    match moves.is_empty() {
        true => Err(Unchanged::NothingToTransfer.into()),
        false => Ok(moves),
    }
}

/// What is available; of a pass, what it is still worth.
fn everything(package: &Package) -> Vec<Move> {
    let pools = package.pools.iter().enumerate();
    pools
        .filter_map(|(index, pool)| {
            let (units, value_minor) = match pool.unit {
                Unit::Visit | Unit::Money(_) if pool.balance.available == 0 => return None,
                Unit::Visit | Unit::Money(_) => (pool.balance.available, None),
                Unit::Unlimited => (0, Some(pool.worth_minor)),
            };
            let given = Some(Account::Transferred);
            let at = (package.id, index);
            Some(Move {
                value_minor,
                ..Move::new(at, Some(Account::Available), given, units)
            })
        })
        .collect()
}

fn some(package: &Package, pools: &[PoolUnits]) -> Result<Vec<Move>, Refusal> {
    let mut moves: Vec<Move> = Vec::new();
    for PoolUnits { pool: index, units } in pools {
        let pool = counted(package, *index)?;
        if is_pass(package) {
            return Err(Unchanged::PassUncounted.into());
        }
        let before = moves.iter().filter(|step| step.pool == *index);
        let before: u64 = before.map(|step| step.units).fold(0, u64::saturating_add);
        if pool.balance.available.saturating_sub(before) < *units {
            return Err(Unchanged::UnitsMissing.into());
        }
        moves.push(Move::new(
            (package.id, *index),
            Some(Account::Available),
            Some(Account::Transferred),
            *units,
        ));
    }
    Ok(moves)
}

/// The receiver's package before its units are granted: `left` is the package after they left it,
/// `before` the same before.
fn made(
    left: &Package,
    before: &Package,
    id: PackageId,
    receiver: &Customer,
    context: &Context,
) -> Result<Package, Refusal> {
    let gone = |(left, before): (&Pool, &Pool)| Pool {
        size: left
            .balance
            .transferred
            .saturating_sub(before.balance.transferred),
        share_minor: left
            .transferred_minor
            .saturating_sub(before.transferred_minor),
        caps: before.caps.map(|caps| caps.after(before.balance.granted)),
        balance: Balance::default(),
        price_minor: 0,
        worth_minor: 0,
        used_at_list_minor: 0,
        expired_minor: 0,
        transferred_minor: 0,
        days: before.caps.and_then(Caps::no_days),
        ..before.clone()
    };
    let pools = left.pools.iter().zip(&before.pools).map(gone);
    let came = |pool: &Pool| pool.size > 0 || pool.unit == Unit::Unlimited;
    let pools: Vec<Pool> = pools.filter(came).collect();
    let worth = pools.iter().map(|pool| pool.share_minor);
    let worth = worth.fold(0, u64::saturating_add);
    let price = Money::new(worth, before.terms.price.currency()).map_err(|_| Refusal::TooLarge)?;
    let mut terms = before.terms.clone();
    (terms.price, terms.list_price_minor) = (price, None);
    (terms.deposit, terms.plan) = (None, None);
    let standing = &before.standing;
    let from_first_use = match terms.validity {
        Some(Validity::FromFirstUse(_)) => true,
        Some(Validity::Until(_) | Validity::FromSale(_)) | None => false,
    };
    // An end that only an appointment to come has set is not the receiver's.
    let begun = !from_first_use || standing.begun_at.is_some() || standing.end_is_set;
    let end = standing.expires_at.zip(standing.ends_at);
    let end = end.filter(|_| begun).map(|(expires_at, ends_at)| End {
        expires_at,
        ends_at,
    });
    let mut standing = Standing {
        end_is_set: end.is_some(),
        paid_minor: worth,
        ..Standing::new(Stage::Active, worth, end)
    };
    if from_first_use && end.is_some() {
        // Its time runs: for the receiver from now on.
        standing.begun_at = Some(context.now.timestamp_millis());
    }
    Ok(Package {
        id,
        customer: receiver.id,
        template: before.template,
        origin: Some(before.id),
        opportunity: before.opportunity,
        pays_existing: false,
        terms,
        sold_at: before.changes_at(context.now),
        standing,
        pools,
        version: 0,
        // The moment of the entry: what happens to it comes later.
        changed_at: Some(before.changes_at(context.now)),
    })
}
