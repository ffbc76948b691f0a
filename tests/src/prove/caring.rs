//! What the model does for its packages.

use super::answer::Told;
use super::care::Care;
use super::holdings::Pool;
use super::model::Model;

impl Model {
    pub(super) fn care(&mut self, place: usize, care: &Care) -> Told {
        let done = match care {
            Care::Adjust(units) => self.adjust(place, *units),
            Care::TopUp(units) => self.adjust(place, *units as i64),
            Care::Void => self.void(place),
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
}
