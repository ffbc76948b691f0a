//! What is done to a package for its holder.

use chrono::Days;
use domain::calendar::day_of;
use domain::packages::{self, Adjustment, AdjustmentReason, Package, PoolUnits, Stage, Unit};

use super::command::Command;
use super::sales::{has_units, is_open};
use super::world::{Decided, World, ZONE};
use crate::fixtures::*;

impl World {
    pub(super) fn adjust(&self, command: &Command) -> Decided {
        let Some(package) = self.package(command, |p| self.can_change(p)) else {
            return Ok(None);
        };
        let units = i64::from(command.much % 3) + 1;
        let (units, reason) = match command.what % 4 {
            0 => (-units, AdjustmentReason::Correction),
            1 => (units, AdjustmentReason::Correction),
            2 => (units, AdjustmentReason::Compensation),
            _ if command.is_odd() => (-units, AdjustmentReason::Goodwill),
            _ => (units, AdjustmentReason::Goodwill),
        };
        let adjustment = Adjustment {
            pool: usize::from(command.who) % package.pools.len(),
            units,
            reason,
        };
        let key = self.key(package);
        packages::adjust(package, adjustment, key, &self.context()).map(Some)
    }

    pub(super) fn freeze(&self, command: &Command) -> Decided {
        let wanted =
            |p: &Package| is_open(p) && !self.has_ended(p) && !p.standing.frozen_at(self.now);
        let Some(package) = self.package(command, wanted) else {
            return Ok(None);
        };
        let until = self.today() + Days::new(u64::from(command.much % 20));
        let until = Some(until).filter(|_| !command.what.is_multiple_of(3));
        packages::freeze(package, until, ZONE, self.key(package), &self.context()).map(Some)
    }

    pub(super) fn unfreeze(&self, command: &Command) -> Decided {
        let wanted = |p: &Package| is_open(p) && p.standing.frozen_at(self.now);
        let Some(package) = self.package(command, wanted) else {
            return Ok(None);
        };
        packages::unfreeze(package, ZONE, self.key(package), &self.context()).map(Some)
    }

    pub(super) fn extend(&self, command: &Command) -> Decided {
        let wanted = |p: &Package| is_open(p) && p.standing.expires_at.is_some();
        let Some(package) = self.package(command, wanted) else {
            return Ok(None);
        };
        let end = package.standing.expires_at.unwrap_or(self.now);
        let day = day_of(end.max(self.now), ZONE) + Days::new(u64::from(command.much % 40));
        packages::extend(package, day, ZONE, self.key(package), &self.context()).map(Some)
    }

    pub(super) fn transfer(&self, command: &Command) -> Decided {
        let wanted = |p: &Package| {
            let paid = p.standing.paid_minor == p.standing.price_minor && !p.standing.blocked;
            let unlimited = p.pools.iter().any(|pool| pool.unit == Unit::Unlimited);
            let left = unlimited || has_units(p);
            let active = p.standing.stage == Stage::Active && !self.has_ended(p);
            p.terms.conditions.transferable && paid && left && active
        };
        let Some(package) = self.package(command, wanted) else {
            return Ok(None);
        };
        let unlimited = package.pools.iter().any(|p| p.unit == Unit::Unlimited);
        let part = [PoolUnits {
            pool: 0,
            units: u64::from(command.much % 3) + 1,
        }];
        let all = command.yes || (unlimited && !command.is_odd());
        let part = Some(part.as_slice()).filter(|_| !all);
        let receiver = self.customer(command);
        let (id, context) = (self.next_package(), self.context());
        packages::transfer(package, Some(&receiver), part, id, &context).map(Some)
    }

    pub(super) fn change_members(&self, command: &Command) -> Decided {
        let wanted = |p: &Package| is_open(p) && p.terms.conditions.max_members > 0;
        let Some(package) = self.package(command, wanted) else {
            return Ok(None);
        };
        let someone = self.customer(command);
        let add = [someone.id];
        let members = package.standing.members.clone();
        let (add, remove) = match command.what % 4 {
            0 => (&[][..], members),
            _ => (&add[..], Vec::new()),
        };
        let key = self.key(package);
        let customers = [someone];
        let (changes, context) = ((add, remove.as_slice()), self.context());
        packages::change_members(package, changes, &customers, key, &context).map(Some)
    }

    pub(super) fn expire(&self, command: &Command) -> Decided {
        let wanted = |p: &Package| {
            let worth = p.pools.iter().any(|pool| pool.worth_minor > 0);
            is_open(p) && self.has_ended(p) && (has_units(p) || worth)
        };
        let Some(package) = self.package(command, wanted) else {
            return Ok(None);
        };
        packages::expire(package, &self.context())
    }

    pub(super) fn change_settings(&self, command: &Command) -> Decided {
        use domain::bookings::{DeductAt, Penalty};
        let mut wanted = self.settings.clone();
        let penalty = |number: u8| match number % 3 {
            0 => Penalty::Release,
            1 => Penalty::Forfeit,
            _ => Penalty::ForfeitPercent(50),
        };
        wanted.auto_apply = command.yes;
        let policies = &mut wanted.policies;
        policies.deduct_at = match command.what % 3 {
            0 => DeductAt::Completion,
            _ => DeductAt::Booking,
        };
        (policies.no_show, policies.late_cancel) = (penalty(command.who), penalty(command.which));
        policies.return_grace_days = [0, 1, 14][usize::from(command.what % 3)];
        policies.cancel_window_hours = command.much % 48;
        let seen = Some(self.settings.version);
        domain::settings::change(Some(&self.settings), wanted, seen, &self.context()).map(Some)
    }

    pub(super) fn edit_service(&self, command: &Command) -> Decided {
        let Some(present) = Command::pick(command.what, &self.services) else {
            return Ok(None);
        };
        let mut terms = present.terms.clone();
        let price = terms.list_price;
        let changed = price.amount_minor() * u64::from(command.much % 3 + 1) / 2;
        terms.list_price = money(changed, price.currency().code());
        let context = self.context();
        domain::catalog::edit_service(present, terms, present.version, &context).map(Some)
    }
}
