//! Writing down what a pass has earned.

use super::{Account, Package, Unit};
use crate::Instant;
use crate::journal::Move;

/// Moves of what unlimited pools have earned by `now` out of what is owed, before what is left goes
/// elsewhere: no unit moves, only value.
pub(super) fn earned(package: &Package, now: Instant) -> Vec<Move> {
    let pools = package.pools.iter().enumerate();
    pools
        .filter_map(|(index, pool)| {
            let earned = match pool.unit {
                Unit::Visit | Unit::Money(_) => 0,
                Unit::Unlimited => pool.worth_minor - package.unearned_minor(pool, now),
            };
            let used = Some(Account::Captured);
            let value = Move {
                value_minor: Some(earned),
                ..Move::new((package.id, index), Some(Account::Available), used, 0)
            };
            Some(value).filter(|_| earned > 0)
        })
        .collect()
}
