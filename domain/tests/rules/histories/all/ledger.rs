//! The arithmetic of the journal's lines, done once more: where every unit and every cent is.

use std::collections::BTreeMap;

use domain::journal::{Entry, Fact, Line, PackageChange};
use domain::packages::{Account, Package, Unit};
use domain::{BookingId, Money, PackageId};

use super::cash::Cash;

/// What the journal says so far.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    pub(super) pools: BTreeMap<(PackageId, usize), Pool>,
    pub(super) cash: BTreeMap<PackageId, Cash>,
    /// What each booking holds of each pool.
    holds: BTreeMap<(BookingId, PackageId, usize), i128>,
    /// What was used of a pool before it came here.
    pub(super) used_before: BTreeMap<(PackageId, usize), i128>,
}

/// Where the units of a pool are, and the money they were sold for.
#[derive(Debug, Default)]
pub(super) struct Pool {
    pub(super) granted: i128,
    pub(super) units: [i128; 7],
    /// What everything granted was sold for.
    pub(super) sold: i128,
    /// The part of it that is owed.
    pub(super) worth: i128,
    /// The part of it that left, by where it went.
    pub(super) left: [i128; 7],
    /// What was used, at list price.
    pub(super) listed: i128,
}

fn place(account: Account) -> usize {
    let mut all = Account::ALL.iter();
    all.position(|other| *other == account).unwrap()
}

fn is_owed(account: Option<Account>) -> bool {
    matches!(account, Some(Account::Available | Account::Held))
}

pub(super) fn value(line: &Line) -> i128 {
    line.value.map_or(0, Money::amount_minor).into()
}

impl Pool {
    fn post(&mut self, line: &Line) {
        let (units, value) = (i128::from(line.units), value(line));
        let place = |account: Option<Account>| account.map(place);
        match place(line.from) {
            Some(from) => self.units[from] -= units,
            None => self.granted += units,
        }
        match place(line.to) {
            Some(to) => self.units[to] += units,
            None => self.granted -= units,
        }
        match (is_owed(line.from), is_owed(line.to)) {
            (true, true) | (false, false) => assert_eq!(value, 0, "{line:?}"),
            (false, true) => {
                self.worth += value;
                match place(line.from) {
                    Some(from) => self.left[from] -= value,
                    None => self.sold += value,
                }
            }
            (true, false) => {
                self.worth -= value;
                match place(line.to) {
                    Some(to) => self.left[to] += value,
                    None => self.sold -= value,
                }
            }
        }
        let used = |account| account == Some(Account::Captured);
        match (used(line.from), used(line.to)) {
            (false, true) => self.listed += i128::from(line.list_minor),
            (true, false) => self.listed -= i128::from(line.list_minor),
            (true, true) | (false, false) => {}
        }
        self.adds_up(line);
    }

    fn adds_up(&self, line: &Line) {
        let numbers = self.units.iter().chain(&self.left);
        let mut numbers = numbers.chain([&self.granted, &self.sold, &self.worth, &self.listed]);
        assert!(numbers.all(|number| *number >= 0), "{line:?} {self:?}");
        assert_eq!(self.granted, self.units.iter().sum::<i128>(), "{self:?}");
        let all = self.worth + self.left.iter().sum::<i128>();
        assert_eq!(self.sold, all, "no cent is lost: {self:?}");
        let after = Account::ALL.map(|account| i128::from(line.after.of(account)));
        assert_eq!(
            (self.granted, self.units),
            (line.after.granted.into(), after)
        );
    }

    /// The last units of an account take all that is left of its value.
    fn no_value_is_without_units(&self) {
        let owed = self.of(Account::Available) + self.of(Account::Held);
        assert!(owed > 0 || self.worth == 0, "{self:?}");
        for (units, value) in self.units.iter().zip(&self.left) {
            assert!(*units > 0 || *value == 0, "{self:?}");
        }
    }

    pub(super) fn of(&self, account: Account) -> i128 {
        self.units[place(account)]
    }

    pub(super) fn went(&self, account: Account) -> i128 {
        self.left[place(account)]
    }
}

impl Ledger {
    pub(crate) fn post(&mut self, entry: &Entry) {
        self.post_units(entry);
        self.post_cash(entry);
        self.what_is_granted_is_the_price(entry);
    }

    /// What the lines say alone.
    pub(super) fn post_units(&mut self, entry: &Entry) {
        for line in &entry.lines {
            let pool = (line.package, line.pool);
            self.pools.entry(pool).or_default().post(line);
            self.hold(entry, line);
        }
    }

    /// A hold is one booking's, and is resolved by it, once.
    fn hold(&mut self, entry: &Entry, line: &Line) {
        let by = |account| match account == Some(Account::Held) {
            true => i128::from(line.units),
            false => 0,
        };
        let change = by(line.to) - by(line.from);
        let Some(booking) = entry.fact.booking() else {
            let imported = matches!(entry.fact, Fact::PackageImported(_));
            assert!(change == 0 || imported, "held for nothing: {line:?}");
            if imported && line.to == Some(Account::Captured) {
                let before = self.used_before.entry((line.package, line.pool));
                *before.or_default() += i128::from(line.units);
            }
            return;
        };
        let hold = (booking.clone(), line.package, line.pool);
        let held = self.holds.entry(hold).or_default();
        *held += change;
        assert!(*held >= 0, "resolved twice: {entry:?}");
    }

    /// What each booking holds of some pool.
    pub(super) fn holding(&self) -> impl Iterator<Item = (&BookingId, i128)> {
        let holds = self.holds.iter();
        holds.map(|((booking, _, _), units)| (booking, *units))
    }

    /// What is granted in one entry is worth what it was sold for: not a cent more or less.
    fn what_is_granted_is_the_price(&self, entry: &Entry) {
        let granted = |package: PackageId| -> i128 {
            let lines = entry.lines.iter().filter(|l| l.package == package);
            lines.filter(|l| l.from.is_none()).map(value).sum()
        };
        let price = |package: &Package| i128::from(package.terms.price.amount_minor());
        if let Fact::PackageSold(made) | Fact::PackageImported(made) = &entry.fact {
            assert_eq!(granted(made.id), price(made));
        }
        let Fact::PackageChanged { package, change } = &entry.fact else {
            return;
        };
        if let PackageChange::Transferred(made) = change {
            let gone = entry.lines.iter().filter(|l| l.package == *package);
            let gone = gone.filter(|l| l.to == Some(Account::Transferred));
            assert_eq!(granted(made.id), gone.map(value).sum::<i128>());
            assert_eq!(granted(made.id), price(made));
        }
        let mut expected = 0;
        if let PackageChange::ToppedUp(price) = change {
            expected = price.amount_minor().into();
        }
        if let PackageChange::Accepted = change {
            expected = self.price(*package);
        }
        assert_eq!(granted(*package), expected, "{entry:?}");
    }

    /// The packages are what the lines make of them.
    pub(super) fn agrees_with(&self, package: &Package) {
        for (index, pool) in package.pools.iter().enumerate() {
            let none = Pool::default();
            let told = self.pools.get(&(package.id, index)).unwrap_or(&none);
            let balance = Account::ALL.map(|account| i128::from(pool.balance.of(account)));
            assert_eq!(told.units, balance, "{package:?}");
            assert_eq!(told.granted, i128::from(pool.balance.granted));
            assert_eq!(told.sold, i128::from(pool.price_minor));
            assert_eq!(told.worth, i128::from(pool.worth_minor));
            assert_eq!(told.went(Account::Expired), i128::from(pool.expired_minor));
            let given = i128::from(pool.transferred_minor);
            assert_eq!(told.went(Account::Transferred), given);
            if pool.unit != Unit::Unlimited {
                told.no_value_is_without_units();
            }
        }
    }
}
