//! What would be paid back for a package.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::{Package, Pool, Unchanged, Unit, changed};
use crate::journal::{Entry, Fact, PackageChange, Posting};
use crate::{Context, Decision, EntryKey, Instant, Money, RefundQuoteId, Refusal};

/// For how many hours a quote is good.
pub const REFUND_QUOTE_HOURS: i64 = 24;

/// How it is computed what is paid back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RefundPolicy {
    /// What was paid, in proportion to what is left.
    ProRata,
    /// What was paid, less what was used at list price.
    UsedAtList,
}

/// What would be paid back for a package, item by item. All amounts are minor units of the currency of
/// `amount`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundQuote {
    /// Its id.
    pub id: RefundQuoteId,
    /// How the amount is computed.
    pub policy: RefundPolicy,
    /// What is left, pool by pool.
    pub pools: Vec<RefundPool>,
    /// What everything granted was sold for, less what was given to others.
    pub price_minor: u64,
    /// What was paid for it, less what went to others with the units.
    pub paid_minor: u64,
    /// What was used, at list price; and what was lost, at the price it was sold for.
    pub used_at_list_minor: u64,
    /// What is paid back.
    pub amount: Money,
    /// The package's version that all this holds for.
    pub version: u64,
    /// Can be carried out strictly before.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub valid_until: Instant,
}

impl RefundQuote {
    /// The quote that the entry records, if it records one.
    pub fn recorded_in(entry: &Entry) -> Option<&RefundQuote> {
        let Fact::PackageChanged { change, .. } = &entry.fact else {
            return None;
        };
        let PackageChange::RefundQuoted(quote) = change else {
            return None;
        };
        Some(quote)
    }
}

/// What is left of a pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundPool {
    /// Available units; 0 where they are unlimited.
    pub units: u64,
    /// The part of the price that they stand for; of a pass, that of the time that is left.
    pub value_minor: u64,
}

/// Quotes what would be paid back for everything that is left of a package.
///
/// # Errors
/// In this order: [`Unchanged::NotSold`], [`Unchanged::Over`], [`Unchanged::Ended`],
/// [`Unchanged::UnitsHeld`], [`Unchanged::DebitInFlight`], [`Unchanged::NothingToRefund`],
/// [`Refusal::TooLarge`].
pub fn quote_refund(
    package: &Package,
    policy: RefundPolicy,
    id: RefundQuoteId,
    key: EntryKey,
    context: &Context,
) -> Result<Decision, Refusal> {
    package.must_be_open()?;
    package.must_last(context.now)?;
    package.must_hold_nothing()?;
    package.must_await_no_debit()?;
    let left = |pool: &Pool| pool.balance.available > 0 || pool.worth_minor > 0;
    if !package.pools.iter().any(left) {
        return Err(Unchanged::NothingToRefund.into());
    }
    let quote = quoted(package, policy, id, context.now)?;
    let posting = Posting::new(std::slice::from_ref(package), context.now);
    let change = PackageChange::RefundQuoted(quote);
    Ok(changed(posting, package, key, change, context))
}

fn quoted(
    package: &Package,
    policy: RefundPolicy,
    id: RefundQuoteId,
    now: Instant,
) -> Result<RefundQuote, Refusal> {
    let sum = |of: &dyn Fn(&Pool) -> u64| -> u64 {
        let each = package.pools.iter().map(of);
        each.fold(0, u64::saturating_add)
    };
    let pools = package.pools.iter().map(|pool| RefundPool {
        units: pool.balance.available,
        value_minor: match pool.unit {
            Unit::Visit | Unit::Money(_) => pool.worth_minor,
            Unit::Unlimited => package.unearned_minor(pool, now),
        },
    });
    let pools: Vec<RefundPool> = pools.collect();
    let given = sum(&|pool| pool.transferred_minor);
    let price_minor = sum(&|pool| pool.price_minor).saturating_sub(given);
    let standing = &package.standing;
    let paid_minor = standing.paid_minor.saturating_sub(standing.again_minor);
    let used_at_list_minor = sum(&|pool| used_or_lost(package, pool));
    let amount_minor = match policy {
        RefundPolicy::ProRata => {
            let left = pools.iter().map(|pool| pool.value_minor);
            let left = left.fold(0, u64::saturating_add);
            // What was earned is kept, also where less was paid.
            let earned = price_minor.saturating_sub(left);
            part_of(paid_minor, left, price_minor).min(paid_minor.saturating_sub(earned))
        }
        RefundPolicy::UsedAtList => paid_minor.saturating_sub(used_at_list_minor),
    };
    let currency = package.terms.price.currency();
    Ok(RefundQuote {
        id,
        policy,
        pools,
        price_minor,
        paid_minor,
        used_at_list_minor,
        amount: Money::new(amount_minor, currency).map_err(|_| Refusal::TooLarge)?,
        version: package.version,
        valid_until: now + TimeDelta::hours(REFUND_QUOTE_HOURS),
    })
}

/// What was used of a pool at list price. What was forfeited or expired was not used, but it is gone:
/// it counts at the price it was sold for. Credit is used at what it paid for.
fn used_or_lost(package: &Package, pool: &Pool) -> u64 {
    let balance = pool.balance;
    let at_price = |units: u64| part_of(pool.price_minor, units, balance.granted);
    let lost = balance.forfeited.saturating_add(balance.expired);
    match pool.unit {
        Unit::Money(currency) if currency == package.terms.price.currency() => {
            balance.captured.saturating_add(at_price(lost))
        }
        Unit::Money(_) => at_price(balance.captured.saturating_add(lost)),
        Unit::Visit => pool.used_at_list_minor.saturating_add(at_price(lost)),
        // What was forfeited of a pass is as if it had been used, and has no price of its own.
        Unit::Unlimited => pool.used_at_list_minor,
    }
}

/// `whole` × `part` ÷ `all`, rounded down; 0 of nothing.
fn part_of(whole: u64, part: u64, all: u64) -> u64 {
    let share = u128::from(whole) * u128::from(part);
    let share = share.checked_div(u128::from(all)).unwrap_or(0);
    u64::try_from(share).unwrap_or(u64::MAX)
}
