//! Writing off what was left when a package ended.

use super::{Account, Package, Unit, changed};
use crate::journal::{Move, PackageChange, Posting};
use crate::{Context, Decision, EntryKey, Instant, Refusal};

/// Records that the time of a package is over: what was still available is lost, with its worth.
/// Nothing where it has not ended, or nothing is left to be written off: so each end is recorded once.
/// What bookings hold stays held.
///
/// # Errors
/// [`Unchanged::NotSold`](super::Unchanged::NotSold), then
/// [`Unchanged::Over`](super::Unchanged::Over).
pub fn expire(package: &Package, context: &Context) -> Result<Option<Decision>, Refusal> {
    package.must_be_open()?;
    let lost = write_off(package);
    let ended = package.standing.ends_at;
    let Some(ends_at) = ended.filter(|_| package.standing.ended_at(context.now)) else {
        return Ok(None);
    };
    if lost.is_empty() {
        return Ok(None);
    }
    let mut posting = Posting::new(std::slice::from_ref(package), context.now);
    posting.moves(&lost)?;
    // No caller's key: the end itself, and the state in which it was found.
    let found = format!("end{}v{}", ends_at.timestamp_millis(), package.version);
    let digest = found.parse().map_err(|_| Refusal::ValidityOutOfRange)?;
    let key = EntryKey::Keyed(package.id, digest);
    let change = PackageChange::Expired;
    Ok(Some(changed(posting, package, key, change, context)))
}

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

impl Package {
    /// What is owed for each pool at `now`, in minor units of the price's currency: from the package's
    /// end on, what was still available is not, whether or not anyone has written that down yet.
    pub fn owed_minor(&self, now: Instant) -> Vec<u64> {
        let mut owed: Vec<u64> = self.pools.iter().map(|pool| pool.worth_minor).collect();
        if !self.standing.ended_at(now) {
            return owed;
        }
        for lost in write_off(self) {
            if let (Some(owed), Some(pool)) = (owed.get_mut(lost.pool), self.pools.get(lost.pool)) {
                let value = lost
                    .value_minor
                    .unwrap_or_else(|| pool.value_of(lost.units));
                *owed = owed.saturating_sub(value);
            }
        }
        owed
    }
}

/// Moves of everything that was written off back to what is available, with its worth.
pub(super) fn take_back(package: &Package) -> Vec<Move> {
    let pools = package.pools.iter().enumerate();
    let lost = pools.filter(|(_, pool)| pool.has_expired());
    lost.map(|(index, pool)| Move {
        value_minor: Some(pool.expired_minor),
        ..Move::new(
            (package.id, index),
            Some(Account::Expired),
            Some(Account::Available),
            pool.balance.expired,
        )
    })
    .collect()
}
