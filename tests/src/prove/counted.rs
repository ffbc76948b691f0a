//! What is in a package and what is owed of it: by the model, as it is shown, and as the journal has it.

use domain::packages;
use serde_json::Value;

use super::asked::moment::{MILLIS, hour, hours};
use super::model::Model;
use super::model::holdings::Package;
use crate::harness::ACCOUNTS;

/// A package: what is in each account of each pool, and what is owed of it; what was paid for it, and is to be
/// paid; and when it expires and ends, in hours.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Counts {
    pub(super) pools: Vec<[u64; 8]>,
    paid: u64,
    outstanding: u64,
    expires: Option<i64>,
    ends: Option<i64>,
}

/// A package as an answer shows it, packages and customers counted in the order in which they came to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Displayed {
    place: usize,
    holder: usize,
    members: Vec<usize>,
    status: String,
    /// The hour in which it was sold.
    sold: i64,
    counts: Counts,
}

/// The ids of packages and of customers, each by its place.
pub(super) struct Ids<'i> {
    pub(super) packages: Vec<&'i str>,
    pub(super) customers: Vec<&'i str>,
    pub(super) opportunities: Vec<&'i str>,
    pub(super) quotes: Vec<&'i str>,
}

impl Ids<'_> {
    /// The place of a package; one that there is not for another's.
    pub(super) fn package(&self, id: &Value) -> usize {
        place(&self.packages, id)
    }

    pub(super) fn customer(&self, id: &Value) -> usize {
        place(&self.customers, id)
    }

    pub(super) fn opportunity(&self, id: &Value) -> usize {
        place(&self.opportunities, id)
    }

    pub(super) fn quote(&self, id: &Value) -> usize {
        place(&self.quotes, id)
    }

    /// The package that is shown there, if one is.
    pub(super) fn displayed(&self, body: &Value) -> Option<Displayed> {
        body["pools"]
            .as_array()
            .filter(|_| body["sold_at"].is_string())?;
        let members = body["members"].as_array()?.iter();
        let mut members: Vec<usize> = members.map(|id| place(&self.customers, id)).collect();
        members.sort_unstable();
        Some(Displayed {
            place: self.package(&body["id"]),
            holder: place(&self.customers, &body["customer_id"]),
            members,
            status: body["status"].as_str()?.to_owned(),
            sold: hour(&body["sold_at"]),
            counts: counts(body),
        })
    }
}

fn place(ids: &[&str], id: &Value) -> usize {
    let place = ids.iter().position(|known| id == known);
    place.unwrap_or(usize::MAX)
}

impl Model {
    /// As answers show it now.
    pub(super) fn displayed(&self, place: usize) -> Displayed {
        let package = &self.packages[place];
        let mut members = package.members.clone();
        members.sort_unstable();
        Displayed {
            place,
            holder: package.holder,
            members,
            status: package.status(self.now).to_owned(),
            sold: package.sold.div_euclid(MILLIS),
            counts: self.counts(place),
        }
    }

    /// As a package is shown: where it has ended, nothing of it is available.
    pub(super) fn counts(&self, place: usize) -> Counts {
        self.packages[place].counted(self.packages[place].ended(self.now))
    }

    /// As the journal has it, which is told of an end when units return or the calendar says so.
    pub(super) fn entered(&self, place: usize) -> Counts {
        self.packages[place].counted(false)
    }

    /// What is owed to all customers.
    pub(super) fn owed(&self) -> u64 {
        let packages = (0..self.packages.len()).map(|place| self.counts(place));
        let pools = packages.flat_map(|counts| counts.pools);
        pools.map(|[.., worth]| worth).sum()
    }
}

impl Package {
    fn counted(&self, over: bool) -> Counts {
        let pools = self.pools.iter().map(|pool| pool.counted(over));
        Counts {
            pools: pools.collect(),
            paid: self.paid,
            outstanding: self.price - self.paid,
            expires: self.expires,
            ends: self.ends,
        }
    }
}

/// As a package is shown.
pub(super) fn counts(package: &Value) -> Counts {
    let minor = |sum: &Value| sum["amount_minor"].as_u64().unwrap();
    let end = |name: &str| Some(&package[name]).filter(|end| end.is_string()).map(hour);
    let pools = package["pools"].as_array().into_iter().flatten();
    let pools = pools.map(|pool| {
        let mut counts = [minor(&pool["worth"]); 8];
        for (count, account) in counts.iter_mut().zip(ACCOUNTS) {
            *count = pool[account].as_u64().unwrap();
        }
        counts
    });
    Counts {
        pools: pools.collect(),
        paid: minor(&package["paid"]),
        outstanding: minor(&package["outstanding"]),
        expires: end("expires_at"),
        ends: end("usable_until"),
    }
}

/// As the fold of a journal has it.
pub(super) fn balances(package: &packages::Package) -> Counts {
    let pools = package.pools.iter().map(|pool| {
        let has = pool.balance;
        [
            has.available,
            has.held,
            has.captured,
            has.forfeited,
            has.expired,
            has.refunded,
            has.transferred,
            pool.worth_minor,
        ]
    });
    Counts {
        pools: pools.collect(),
        paid: package.standing.paid_minor,
        outstanding: package.standing.outstanding_minor(),
        expires: package.standing.expires_at.map(hours),
        ends: package.standing.ends_at.map(hours),
    }
}
