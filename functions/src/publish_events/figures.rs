//! Amounts, units and standings, as events have them.

use domain::journal::{self, Entry, Fact, Line};
use domain::packages::{self, Stage};
use domain::{Money, PackageId};
use events::out::{self, Movement, PackageChange, PoolChange, Sequence, Standing};

use super::told::time;

/// What an entry does to one package.
pub(super) struct Moved {
    pub(super) sequence: Sequence,
    pub(super) change: PackageChange,
    /// Whether it is used up by it.
    pub(super) used_up: bool,
}

impl Moved {
    /// What the entry does to `package`; version 0 where it does nothing to it.
    pub(super) fn of(entry: &Entry, package: PackageId) -> Self {
        let lines: Vec<&Line> = entry
            .lines
            .iter()
            .filter(|line| line.package == package)
            .collect();
        let standing = entry.standings.iter().find(|one| one.package == package);
        let made = entry.fact.creates().filter(|made| made.id == package);
        let versions = lines.iter().map(|line| line.version);
        let versions = versions.chain(standing.map(|one| one.version));
        let versions = versions.chain(seen(entry));
        let number = versions.chain(made.map(|_| 1)).max().unwrap_or_default();
        let standing = standing.map(|one| &one.standing);
        let standing = standing.or(made.map(|made| &made.standing));
        Self {
            sequence: Sequence {
                of: package.to_string(),
                number,
            },
            change: PackageChange {
                package_id: package.to_string(),
                movements: lines.iter().map(|line| movement(line)).collect(),
                pools: pools(&lines),
                standing: standing.map(of_standing),
            },
            used_up: lines.iter().any(|line| line.uses_up),
        }
    }
}

/// The version of the package on which it was decided that there is nothing to collect, or something.
fn seen(entry: &Entry) -> Option<u64> {
    if let Fact::PackageChanged { change, .. } = &entry.fact
        && let journal::PackageChange::Collected(collected) = change
    {
        return Some(collected.version);
    }
    None
}

/// The packages that an entry touches, in the order in which it names them.
pub(super) fn touched(entry: &Entry) -> Vec<PackageId> {
    let lines = entry.lines.iter().map(|line| line.package);
    let standings = entry.standings.iter().map(|change| change.package);
    let mut packages: Vec<PackageId> = Vec::new();
    for package in entry
        .fact
        .package()
        .into_iter()
        .chain(lines)
        .chain(standings)
    {
        if !packages.contains(&package) {
            packages.push(package);
        }
    }
    packages
}

pub(super) fn money(money: Money) -> out::Money {
    out::Money {
        amount_minor: money.amount_minor(),
        currency: money.currency().code().to_owned(),
    }
}

fn movement(line: &Line) -> Movement {
    Movement {
        pool: line.pool,
        from: line.from.map(account),
        to: line.to.map(account),
        units: line.units,
        value: line.value.map(money),
    }
}

/// Each pool before its first line and after its last.
fn pools(lines: &[&Line]) -> Vec<PoolChange> {
    let mut pools: Vec<PoolChange> = Vec::new();
    for line in lines {
        let after = balance(line.after);
        match pools.iter_mut().find(|pool| pool.pool == line.pool) {
            Some(pool) => pool.after = after,
            None => pools.push(PoolChange {
                pool: line.pool,
                before: before(line),
                after,
            }),
        }
    }
    pools
}

/// The pool before a line: what it moved is moved back.
fn before(line: &Line) -> out::Balance {
    let mut before = balance(line.after);
    match line.from {
        Some(from) => *within(&mut before, from) += line.units,
        None => before.granted = before.granted.saturating_sub(line.units),
    }
    match line.to {
        Some(to) => {
            let to = within(&mut before, to);
            *to = to.saturating_sub(line.units);
        }
        None => before.granted += line.units,
    }
    before
}

fn within(balance: &mut out::Balance, account: packages::Account) -> &mut u64 {
    match account {
        packages::Account::Available => &mut balance.available,
        packages::Account::Held => &mut balance.held,
        packages::Account::Captured => &mut balance.used,
        packages::Account::Forfeited => &mut balance.forfeited,
        packages::Account::Expired => &mut balance.expired,
        packages::Account::Refunded => &mut balance.refunded,
        packages::Account::Transferred => &mut balance.transferred,
    }
}

fn account(account: packages::Account) -> out::Account {
    match account {
        packages::Account::Available => out::Account::Available,
        packages::Account::Held => out::Account::Held,
        packages::Account::Captured => out::Account::Used,
        packages::Account::Forfeited => out::Account::Forfeited,
        packages::Account::Expired => out::Account::Expired,
        packages::Account::Refunded => out::Account::Refunded,
        packages::Account::Transferred => out::Account::Transferred,
    }
}

fn balance(balance: packages::Balance) -> out::Balance {
    out::Balance {
        granted: balance.granted,
        available: balance.available,
        held: balance.held,
        used: balance.captured,
        forfeited: balance.forfeited,
        expired: balance.expired,
        refunded: balance.refunded,
        transferred: balance.transferred,
    }
}

fn of_standing(standing: &packages::Standing) -> Standing {
    let frozen = standing.frozen;
    Standing {
        stage: match standing.stage {
            Stage::Offered => out::Stage::Offered,
            Stage::Declined => out::Stage::Declined,
            Stage::Pending => out::Stage::Pending,
            Stage::Active => out::Stage::Active,
            Stage::Voided => out::Stage::Voided,
            Stage::Refunded => out::Stage::Refunded,
            Stage::Transferred => out::Stage::Transferred,
        },
        expires_at: standing.expires_at.map(time),
        frozen_since: frozen.map(|freeze| time(freeze.since)),
        frozen_until: frozen.and_then(|freeze| freeze.until).map(time),
        blocked: standing.blocked,
        price_minor: standing.price_minor,
        paid_minor: standing.paid_minor,
        outstanding_minor: standing.outstanding_minor(),
    }
}
