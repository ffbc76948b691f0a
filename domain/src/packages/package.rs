//! A sold package: a snapshot of terms, and pools.

use serde::{Deserialize, Serialize};

use super::{Balance, Pool};
use crate::catalog::Kind;
use crate::journal::Line;
use crate::{Colour, CustomerId, Instant, Money, Name, PackageId, Refusal, TemplateId};

/// What a customer holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Package {
    /// Its id.
    pub id: PackageId,
    /// Who holds it.
    pub customer: CustomerId,
    /// What it was made from.
    pub template: TemplateId,
    /// What it is called.
    pub name: Name,
    /// Which kind it was sold as.
    pub kind: Kind,
    /// Its colour.
    pub colour: Colour,
    /// What it was sold for.
    pub price: Money,
    /// When it was sold.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub sold_at: Instant,
    /// Usable strictly before; none never expires.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "chrono::serde::ts_milliseconds_option"
    )]
    pub expires_at: Option<Instant>,
    /// Its balances.
    pub pools: Vec<Pool>,
    /// How many journal entries have changed it.
    pub version: u64,
    /// When the last of them did.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub changed_at: Instant,
}

/// What a package can be used for now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// It can pay.
    Active,
    /// Nothing is available or held any more.
    Exhausted,
    /// Its time is over.
    Expired,
}

impl Package {
    /// The status at `now`. A package that was used up is exhausted, even after its expiry.
    pub fn status(&self, now: Instant) -> Status {
        let used_up = |pool: &Pool| pool.balance.available == 0 && pool.balance.held == 0;
        if self.pools.iter().all(used_up) {
            Status::Exhausted
        } else if self.valid_at(now) {
            Status::Active
        } else {
            Status::Expired
        }
    }

    /// Whether an appointment at `at` can be paid from it.
    pub fn valid_at(&self, at: Instant) -> bool {
        self.expires_at.is_none_or(|end| at < end)
    }

    /// Each pool's balance at `now`.
    pub fn balances(&self, now: Instant) -> impl Iterator<Item = (&Pool, Balance)> {
        self.pools
            .iter()
            .map(move |pool| (pool, pool.balance_at(self.expires_at, now)))
    }

    /// Applies the lines that concern this package.
    ///
    /// # Errors
    /// [`Refusal::PackageNotFound`] for a pool that is not there, and those of a transfer.
    pub fn apply(&mut self, lines: &[Line]) -> Result<(), Refusal> {
        for line in lines.iter().filter(|line| line.package == self.id) {
            let pool = self
                .pools
                .get_mut(line.pool)
                .ok_or(Refusal::PackageNotFound)?;
            pool.transfer(line.from, line.to, line.units)?;
            self.version = line.version;
        }
        Ok(())
    }
}
