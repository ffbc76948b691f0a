//! The record of one mutation. Ids only: a person can be erased and every total stays.

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Fact;
use crate::packages::{Account, Balance, Package, Pool, Standing, is_default, is_zero};
use crate::{
    Actor, BusinessId, Cause, CustomerId, EntryId, Fingerprint, Instant, Money, PackageId,
};

/// One mutation: who, when, what, because of what, and the units that moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct Entry {
    /// Sorts by time.
    pub id: EntryId,
    /// When it was decided.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub at: Instant,
    /// The tenant.
    pub business: BusinessId,
    /// The customer concerned; none for settings and catalogue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<CustomerId>,
    /// Who did it.
    pub actor: Actor,
    /// What made it happen.
    pub cause: Cause,
    /// The request's content, for telling a repetition from a reuse.
    pub fingerprint: Fingerprint,
    /// What happened.
    pub fact: Fact,
    /// Units moved, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<Line>,
    /// Other customers concerned: the holders of packages they share, the receiver of a transfer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<CustomerId>,
    /// Packages that changed in more than their units, as they are then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub standings: Vec<StandingChange>,
}

// What a sale grants is what its package says it is to be granted: where the lines say just that, as
// they do unless the package was used before it came here, they are left out of what is stored. It
// keeps the largest entry there is within a kilobyte.
impl Serialize for Entry {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.lines.is_empty() || self.lines != self.fact.grants() {
            return Self::serialize(self, serializer);
        }
        let short = Self {
            lines: Vec::new(),
            ..self.clone()
        };
        Self::serialize(&short, serializer)
    }
}

impl<'de> Deserialize<'de> for Entry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut entry = Self::deserialize(deserializer)?;
        if entry.lines.is_empty() {
            entry.lines = entry.fact.grants();
        }
        Ok(entry)
    }
}

impl Entry {
    /// Whether it says something of the package.
    pub fn touches(&self, package: PackageId) -> bool {
        self.lines.iter().any(|line| line.package == package)
            || self.standings.iter().any(|s| s.package == package)
            || self.fact.creates().is_some_and(|made| made.id == package)
            || self.fact.package() == Some(package)
    }
}

/// The standing of a package after an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandingChange {
    /// The package.
    pub package: PackageId,
    /// Its standing from then on.
    pub standing: Standing,
    /// Its version after the whole entry.
    pub version: u64,
}

/// Units of one pool that moved from one account to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The package.
    pub package: PackageId,
    /// Which of its pools, from 0.
    pub pool: usize,
    /// Taken from; none when the units are granted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Account>,
    /// Put into; none when what was granted is taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Account>,
    /// Visits, or minor units of the pool's currency.
    pub units: u64,
    /// The money they stand for, where they come to be owed to the customer (available, held) or
    /// cease to be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Money>,
    /// What the service would have cost at list price, in minor units of the package's currency, where
    /// visits are used.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub list_minor: u64,
    /// The appointment's day, where draws are counted by day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<NaiveDate>,
    /// The pool after this line.
    pub after: Balance,
    /// The package's version after the whole entry.
    pub version: u64,
    /// When the package must still be valid for this line to be allowed: the appointment's time.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "chrono::serde::ts_milliseconds_option"
    )]
    pub valid_at: Option<Instant>,
    /// Whether the package, usable before the entry, is used up after it: on its last line there.
    #[serde(default, skip_serializing_if = "is_default")]
    pub uses_up: bool,
}

impl Line {
    /// The line that grants what a package was sold with to one of its pools.
    pub(super) fn grant(package: &Package, index: usize, pool: &Pool) -> Self {
        let value = Money::total(package.terms.price.currency(), pool.share_minor);
        Self {
            package: package.id,
            pool: index,
            from: None,
            to: Some(Account::Available),
            units: pool.size,
            value: Some(value).filter(|value| value.amount_minor() > 0),
            list_minor: 0,
            day: None,
            after: Balance {
                granted: pool.size,
                available: pool.size,
                ..Balance::default()
            },
            version: 1,
            valid_at: None,
            uses_up: false,
        }
    }

    /// The minor units of its value; 0 where what is owed does not change.
    pub fn value_minor(&self) -> u64 {
        self.value.map_or(0, Money::amount_minor)
    }

    /// Whether the units were owed to the customer before.
    pub fn owed_before(&self) -> bool {
        self.from.is_some_and(Account::is_owed)
    }

    /// Whether they are owed after.
    pub fn owed_after(&self) -> bool {
        self.to.is_some_and(Account::is_owed)
    }
}
