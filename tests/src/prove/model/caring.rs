//! What the model does for its packages.

use super::holdings::{Package, Stage};
use super::pools::{Account, Pool};
use super::{Model, begins};
use crate::prove::asked::answer::Told;
use crate::prove::asked::care::Care;

/// What units are topped up for.
pub(crate) const TOP_UP: u64 = 1_000;

impl Model {
    pub(crate) fn care(&mut self, place: usize, care: &Care) -> Told {
        let shares = matches!(care, Care::Share { .. });
        let members = self.packages[place].members.clone();
        let done = match care {
            Care::Quote => return self.quote(place),
            Care::Refund(quote) => return self.refund(place, *quote),
            Care::Pay(amount) => return self.pay(place, *amount),
            Care::Adjust(units) => self.adjust(place, *units),
            Care::TopUp(units) => self.top_up(place, *units),
            Care::Void => self.void(place),
            Care::Freeze(until) => self.freeze(place, *until),
            Care::Unfreeze => self.unfreeze(place),
            Care::Extend(day) => self.extend(place, *day),
            Care::Share { add, remove } => self.share(place, *add, *remove),
            Care::Give { to, units } => self.give(place, *to, *units),
            Care::Accept => self.accept(place),
            Care::Decline => self.decline(place),
        };
        match done {
            Ok(()) => {
                self.entries += 1;
                let package = &mut self.packages[place];
                package.changes += u64::from(package.members != members || !shares);
                if let Care::Give { .. } = care {
                    let received = self.packages.len() - 1;
                    let both = [place, received].map(|place| self.displayed(place));
                    return Told::Packages(201, both.to_vec());
                }
                Told::Packages(200, vec![self.displayed(place)])
            }
            Err(code) => Told::refused(409, code),
        }
    }

    /// The package, if it was sold and is not over.
    pub(crate) fn open_package(&mut self, package: usize) -> Result<&mut Package, &'static str> {
        let package = &mut self.packages[package];
        package.must_be_open()?;
        Ok(package)
    }

    /// The package, if it has not ended, either.
    pub(crate) fn lasting_package(&mut self, package: usize) -> Result<&mut Package, &'static str> {
        let now = self.now;
        let package = self.open_package(package)?;
        match package.ended(now) {
            true => Err("package-ended"),
            false => Ok(package),
        }
    }

    /// What is given is given for nothing; what is taken back takes its worth along.
    fn adjust(&mut self, package: usize, units: i64) -> Result<(), &'static str> {
        let package = self.lasting_package(package)?;
        if package.is_pass() {
            return Err("pass-uncounted");
        }
        let pool = &mut package.pools[0];
        if units < 0 {
            let taken = pool.take_back(units.unsigned_abs());
            return taken.ok_or("units-not-available");
        }
        pool.grant(units.unsigned_abs(), 0);
        Ok(())
    }

    fn top_up(&mut self, package: usize, units: u64) -> Result<(), &'static str> {
        let package = self.lasting_package(package)?;
        if package.is_pass() {
            return Err("pass-uncounted");
        }
        package.pools[0].grant(units, TOP_UP);
        package.price += TOP_UP;
        Ok(())
    }

    pub(crate) fn void(&mut self, package: usize) -> Result<(), &'static str> {
        let package = self.open_package(package)?;
        if package.has_any(&[Account::Held]) {
            return Err("units-held");
        }
        if package.has_any(&[Account::Used, Account::Forfeited, Account::Given]) {
            return Err("package-used");
        }
        if package.paid > 0 {
            return Err("package-paid");
        }
        package.stage = Stage::Voided;
        package.price = 0;
        package.pools.iter_mut().for_each(Pool::clear);
        Ok(())
    }

    /// From now on, until that day begins: the end moves by the days of rest, where they are known.
    fn freeze(&mut self, package: usize, until: Option<i64>) -> Result<(), &'static str> {
        let now = self.now;
        let package = self.lasting_package(package)?;
        if package.rests(now) {
            return Err("package-already-frozen");
        }
        let days = until.map(|until| until - Model::day(now));
        if days.is_some_and(|days| days < 1) {
            return Err("freeze-end");
        }
        package.rest = Some((now, until.map(begins)));
        package.move_end(days.unwrap_or_default());
        Ok(())
    }

    /// The end moves by the days that it has rested.
    fn unfreeze(&mut self, package: usize) -> Result<(), &'static str> {
        let now = self.now;
        let package = self.open_package(package)?;
        let Some((since, until)) = package.rest.filter(|_| package.rests(now)) else {
            return Err("package-not-frozen");
        };
        let first = Model::day(since);
        let moved = until.map_or(0, |until| Model::day(until) - first);
        package.rest = Some((since, Some(now)));
        package.move_end(Model::day(now) - first - moved);
        Ok(())
    }

    /// What was written off comes back, and the days of grace follow the new end.
    fn extend(&mut self, package: usize, last_day: i64) -> Result<(), &'static str> {
        let now = self.now;
        let package = self.open_package(package)?;
        let expires = package.expires.ok_or("package-without-end")?;
        let new = begins(last_day + 1);
        if new <= expires.max(now) {
            return Err("end-not-later");
        }
        package.pools.iter_mut().for_each(Pool::revive);
        package.expires = Some(new);
        package.ends = package.ends.max(Some(new + package.terms.grace_days * 24));
        Ok(())
    }
}

impl Package {
    fn move_end(&mut self, days: i64) {
        for end in [&mut self.expires, &mut self.ends] {
            *end = end.map(|end| end + days * 24);
        }
    }
}
