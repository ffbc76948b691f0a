//! What a pool comes to by the ledger.

use domain::PackageId;
use domain::packages::Account;

use super::ledger::Ledger;

type PoolOf = (PackageId, usize);

impl Ledger {
    pub(super) fn used_before(&self, pool: PoolOf) -> i128 {
        self.used_before.get(&pool).copied().unwrap_or_default()
    }

    pub(super) fn available(&self, pool: PoolOf) -> i128 {
        let pool = self.pools.get(&pool);
        pool.map_or(0, |pool| pool.of(Account::Available))
    }

    /// The value of what is used or lost, and was not given away.
    pub(super) fn gone(&self, pool: PoolOf) -> i128 {
        let pool = &self.pools[&pool];
        pool.sold - pool.worth - pool.went(Account::Transferred)
    }

    /// The value of what is held.
    pub(super) fn held(&self, pool: PoolOf) -> i128 {
        let pool = &self.pools[&pool];
        let (free, held) = (pool.of(Account::Available), pool.of(Account::Held));
        (pool.worth * held).checked_div(free + held).unwrap_or(0)
    }

    pub(super) fn worth(&self, pool: PoolOf) -> i128 {
        self.pools[&pool].worth
    }

    /// What it was sold for, less what of that went to others with the units.
    pub(super) fn sold(&self, pool: PoolOf) -> i128 {
        let pool = &self.pools[&pool];
        pool.sold - pool.went(Account::Transferred)
    }

    pub(super) fn captured(&self, pool: PoolOf) -> i128 {
        self.pools[&pool].of(Account::Captured)
    }

    pub(super) fn used_at_list(&self, pool: PoolOf) -> i128 {
        self.pools[&pool].listed
    }

    /// What is lost, at the price of everything that was granted.
    pub(super) fn lost_at_price(&self, pool: PoolOf) -> i128 {
        let pool = &self.pools[&pool];
        let lost = pool.of(Account::Forfeited) + pool.of(Account::Expired);
        (pool.sold * lost).checked_div(pool.granted).unwrap_or(0)
    }
}
