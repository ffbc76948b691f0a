//! Moves become lines: the one place where units, their value and standings change.

use std::collections::{BTreeMap, BTreeSet};

use super::used_up::note_what_is_used_up;
use super::{Fact, Line, StandingChange};
use crate::calendar::Slot;
use crate::packages::{Account, Package, Standing, Unit, Use};
use crate::{Context, CustomerId, Decision, EntryKey, Instant, Money, PackageId, Refusal};

/// Units to be moved, before it is known whether they can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    /// The package.
    pub package: PackageId,
    /// Which of its pools.
    pub pool: usize,
    /// Taken from; none grants new units.
    pub from: Option<Account>,
    /// Put into; none takes back what was granted.
    pub to: Option<Account>,
    /// How many.
    pub units: u64,
    /// The money they stand for; none is their share of the pool's worth.
    pub value_minor: Option<u64>,
    /// What the service would have cost at list price, where it is used.
    pub list_price: Option<Money>,
    /// The appointment that the units are for.
    pub slot: Option<Slot>,
    /// Whether this is the rest of a draw, another part of which tells what became of it.
    pub rest: bool,
}

impl Move {
    /// `units` of a pool from one account to another, for no appointment, at their share of the
    /// pool's worth.
    pub fn new(
        (package, pool): (PackageId, usize),
        from: Option<Account>,
        to: Option<Account>,
        units: u64,
    ) -> Self {
        Self {
            package,
            pool,
            from,
            to,
            units,
            value_minor: None,
            list_price: None,
            slot: None,
            rest: false,
        }
    }
}

/// An entry in the making: packages, and what has been done to them.
#[derive(Debug, Clone)]
pub struct Posting {
    now: Instant,
    before: Vec<Package>,
    packages: Vec<Package>,
    lines: Vec<Line>,
}

impl Posting {
    /// Nothing done to `packages` yet, at `now`.
    pub fn new(packages: &[Package], now: Instant) -> Self {
        Self {
            now,
            before: packages.to_vec(),
            packages: packages.to_vec(),
            lines: Vec::new(),
        }
    }

    /// When it is done.
    pub fn now(&self) -> Instant {
        self.now
    }

    /// The packages as they are by now.
    pub fn packages(&self) -> &[Package] {
        &self.packages
    }

    /// The package as it is by now.
    ///
    /// # Errors
    /// [`Refusal::PackageNotFound`].
    pub fn package(&self, id: PackageId) -> Result<&Package, Refusal> {
        let package = self.packages.iter().find(|package| package.id == id);
        package.ok_or(Refusal::PackageNotFound)
    }

    /// Changes the standing of a package.
    ///
    /// # Errors
    /// [`Refusal::PackageNotFound`].
    pub fn stand(
        &mut self,
        id: PackageId,
        change: impl FnOnce(&mut Standing),
    ) -> Result<(), Refusal> {
        change(&mut self.package_mut(id)?.standing);
        Ok(())
    }

    fn package_mut(&mut self, id: PackageId) -> Result<&mut Package, Refusal> {
        let package = self.packages.iter_mut().find(|package| package.id == id);
        package.ok_or(Refusal::PackageNotFound)
    }

    /// Moves units, all of them or none.
    ///
    /// # Errors
    /// Those of [`Posting::step`], for the first move that cannot be made.
    pub fn moves(&mut self, moves: &[Move]) -> Result<(), Refusal> {
        let mut next = self.clone();
        for step in moves {
            next.step(*step)?;
        }
        *self = next;
        Ok(())
    }

    /// Moves units of one pool.
    ///
    /// # Errors
    /// In this order: [`Refusal::PackageNotFound`] for a package or pool that is not there,
    /// [`Refusal::InsufficientUnits`] when an account would fall below zero
    /// ([`Refusal::HoldMissing`] for what is held), [`Refusal::TooLarge`] when one would leave the
    /// range of numbers, [`Refusal::ValidityOutOfRange`] for a first use too far away.
    fn step(&mut self, step: Move) -> Result<(), Refusal> {
        let now = self.now;
        let before = self.before.iter().find(|before| before.id == step.package);
        let end_before = before.and_then(|before| before.standing.ends_at);
        let package = self.package_mut(step.package)?;
        let pool = package
            .pools
            .get(step.pool)
            .ok_or(Refusal::PackageNotFound)?;
        // A unit that is granted as it is drawn is always held first, so that its value can leave.
        let drawn_at_once = step.from.is_none() && step.slot.is_some();
        if pool.unit == Unit::Unlimited && drawn_at_once && step.to != Some(Account::Held) {
            let held = Some(Account::Held);
            self.step(Move { to: held, ..step })?;
            return self.step(Move { from: held, ..step });
        }
        let (owed_before, owed_after) = (
            step.from.is_some_and(Account::is_owed),
            step.to.is_some_and(Account::is_owed),
        );
        let share = match pool.unit {
            Unit::Visit | Unit::Money(_) => pool.value_of(step.units),
            Unit::Unlimited if step.to.is_none() => 0,
            Unit::Unlimited => pool.worth_minor - package.unearned_minor(pool, now),
        };
        let value_minor = match (owed_before, owed_after) {
            (true, false) => step.value_minor.unwrap_or(share),
            (false, true) => step.value_minor.unwrap_or(0),
            (true, true) | (false, false) => 0,
        };
        let currency = package.terms.price.currency();
        let value = Money::new(value_minor, currency).map_err(|_| Refusal::TooLarge)?;
        let used = step.to == Some(Account::Captured) || step.from == Some(Account::Captured);
        let listed = step.list_price.filter(|price| {
            let visits = matches!(pool.unit, Unit::Visit | Unit::Unlimited);
            used && visits && price.currency() == currency
        });
        let version = package.version + 1;
        let mut line = Line {
            package: step.package,
            pool: step.pool,
            from: step.from,
            to: step.to,
            units: step.units,
            value: Some(value).filter(|value| value.amount_minor() > 0),
            list_minor: listed.map_or(0, Money::amount_minor),
            day: step
                .slot
                .filter(|_| pool.days.is_some() && (step.from.is_none() || step.to.is_none()))
                .map(Slot::day),
            after: pool.balance,
            version,
            valid_at: None,
            uses_up: false,
        };
        let free = pool.free();
        let drawn = step.from == free && step.to.is_some();
        // The store holds it to the end that the package had, which says nothing once this very entry
        // has moved it.
        let same_end = package.standing.ends_at == end_before;
        line.valid_at = step
            .slot
            .filter(|_| drawn && same_end)
            .map(|slot| slot.starts_at);
        let pool = package
            .pools
            .get_mut(step.pool)
            .ok_or(Refusal::PackageNotFound)?;
        pool.apply(&line)?;
        line.after = pool.balance;
        if let Some(slot) = step.slot.filter(|_| !step.rest)
            && let Some(what) = used_as(step, free)
        {
            package.note_use(what, slot)?;
        }
        self.lines.push(line);
        Ok(())
    }

    /// The decision to record all this as `fact` under `key`. Its time does not run behind the last
    /// change of a package it touches.
    pub fn record(
        mut self,
        key: EntryKey,
        customer: CustomerId,
        fact: Fact,
        context: &Context,
    ) -> Decision {
        note_what_is_used_up(&mut self.lines, (&self.before, &self.packages), self.now);
        let standings: Vec<StandingChange> = self
            .packages
            .iter()
            .zip(&self.before)
            .filter(|(after, before)| after.standing != before.standing)
            .map(|(after, _)| StandingChange {
                package: after.id,
                standing: after.standing.clone(),
                version: after.version + 1,
            })
            .collect();
        let touched = self.before.iter().filter(|package| {
            let moved = self.lines.iter().any(|line| line.package == package.id);
            moved || standings.iter().any(|change| change.package == package.id)
        });
        let existing = touched.clone().filter(|package| package.version > 0);
        let last_change = existing.map(Package::last_change).max();
        let holders: BTreeMap<PackageId, CustomerId> = touched
            .map(|package| (package.id, package.customer))
            .collect();
        let changed = self.packages.iter().zip(&self.before);
        let joined_or_left = changed.flat_map(|(after, before)| {
            let (now, then) = (&after.standing.members, &before.standing.members);
            let joined = now.iter().filter(|member| !then.contains(member));
            joined.chain(then.iter().filter(|member| !now.contains(member)))
        });
        let also: BTreeSet<CustomerId> = holders
            .values()
            .chain(joined_or_left)
            .copied()
            .filter(|holder| *holder != customer)
            .collect();
        let mut entry = context.entry(Some(customer), fact, self.lines, last_change);
        entry.also = also.into_iter().collect();
        entry.standings = standings;
        Decision {
            key,
            entry,
            holders,
            puts: Vec::new(),
            series: Vec::new(),
            counting: Vec::new(),
        }
    }
}

fn used_as(step: Move, free: Option<Account>) -> Option<Use> {
    match (step.from, step.to) {
        (from, Some(Account::Held)) if from == free => Some(Use::Drawn),
        (from, Some(Account::Captured | Account::Forfeited)) if from == free => {
            Some(Use::DrawnAndUsed)
        }
        (Some(Account::Held), to) if to == free => Some(Use::Released),
        (Some(Account::Held), Some(Account::Captured | Account::Forfeited)) => Some(Use::Used),
        (Some(Account::Captured | Account::Forfeited), Some(Account::Held)) => Some(Use::Reopened),
        (Some(Account::Captured | Account::Forfeited), to) if to == free => Some(Use::Undone),
        (_, _) => None,
    }
}
