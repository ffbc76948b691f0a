//! Writing off what was left when a package ended.

use super::{Account, Package, Unit};
use crate::journal::Move;

/// Moves of everything that is still available to what is expired. Units under a hold stay; the worth
/// of an unlimited pool is written off when nothing is held any more.
pub(crate) fn write_off(package: &Package) -> Vec<Move> {
    let pools = package.pools.iter().enumerate();
    pools
        .filter_map(|(index, pool)| {
            let (units, value_minor) = match pool.unit {
                Unit::Visit | Unit::Money(_) if pool.balance.available > 0 => {
                    (pool.balance.available, None)
                }
                Unit::Unlimited if pool.balance.held == 0 && pool.worth_minor > 0 => {
                    (0, Some(pool.worth_minor))
                }
                Unit::Visit | Unit::Money(_) | Unit::Unlimited => return None,
            };
            Some(Move {
                value_minor,
                ..Move::new(
                    (package.id, index),
                    Some(Account::Available),
                    Some(Account::Expired),
                    units,
                )
            })
        })
        .collect()
}
