//! What the model does for its packages.

use super::answer::Told;
use super::care::Care;
use super::holdings::{Package, Pool};
use super::model::{Model, begins};

impl Model {
    pub(super) fn care(&mut self, place: usize, care: &Care) -> Told {
        let done = match care {
            Care::Adjust(units) => self.adjust(place, *units),
            Care::TopUp(units) => self.adjust(place, *units as i64),
            Care::Void => self.void(place),
            Care::Freeze(until) => self.freeze(place, *until),
            Care::Unfreeze => self.unfreeze(place),
            Care::Extend(day) => self.extend(place, *day),
        };
        match done {
            Ok(()) => {
                self.entries += 1;
                Told::Package(200)
            }
            Err(code) => Told::refused(409, code),
        }
    }

    fn adjust(&mut self, package: usize, units: i64) -> Result<(), &'static str> {
        let now = self.now;
        let package = &mut self.packages[package];
        if package.voided {
            return Err("package-over");
        }
        if package.ended(now) {
            return Err("package-ended");
        }
        let pool = &mut package.pools[0];
        let available = pool.available.checked_add_signed(units);
        pool.available = available.ok_or("units-not-available")?;
        Ok(())
    }

    fn void(&mut self, package: usize) -> Result<(), &'static str> {
        let package = &mut self.packages[package];
        let any = |count: fn(&Pool) -> u64| package.pools.iter().any(|pool| count(pool) > 0);
        if package.voided {
            return Err("package-over");
        }
        if any(|pool| pool.held) {
            return Err("units-held");
        }
        if any(|pool| pool.used + pool.forfeited) {
            return Err("package-used");
        }
        package.voided = true;
        for pool in &mut package.pools {
            (pool.available, pool.expired) = (0, 0);
        }
        Ok(())
    }

    /// From now on, until that day begins: the end moves by the days of rest, where they are known.
    fn freeze(&mut self, package: usize, until: Option<i64>) -> Result<(), &'static str> {
        let now = self.now;
        let package = &mut self.packages[package];
        if package.voided {
            return Err("package-over");
        }
        if package.ended(now) {
            return Err("package-ended");
        }
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
        let package = &mut self.packages[package];
        if package.voided {
            return Err("package-over");
        }
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
        let package = &mut self.packages[package];
        if package.voided {
            return Err("package-over");
        }
        let expires = package.expires.ok_or("package-without-end")?;
        let new = begins(last_day + 1);
        if new <= expires.max(now) {
            return Err("end-not-later");
        }
        for pool in &mut package.pools {
            pool.available += std::mem::take(&mut pool.expired);
        }
        package.expires = Some(new);
        package.ends = package.ends.max(Some(new + package.grace_days * 24));
        Ok(())
    }

    /// What has ended is written off: an entry for each.
    pub(super) fn fall_due(&mut self) {
        for package in &mut self.packages {
            let left = package.pools.iter().any(|pool| pool.available > 0);
            if package.ended(self.now) && !package.voided && left {
                package.write_off();
                self.entries += 1;
            }
        }
    }
}

impl Package {
    fn move_end(&mut self, days: i64) {
        for end in [&mut self.expires, &mut self.ends] {
            *end = end.map(|end| end + days * 24);
        }
    }
}
