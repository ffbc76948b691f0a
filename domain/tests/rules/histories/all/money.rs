//! What is paid, what comes back, what is collected and what is paid back.

use chrono::{Days, NaiveDate};
use domain::customers::MandateRecord;
use domain::journal::{Entry, Fact, PackageChange};
use domain::packages::{
    self, CollectionOf, Package, Payment, PaymentMethod, PoolUnits, RefundPolicy, RefundQuote,
    Stage, Survey, Unit, VoidReason, end_to_end,
};
use domain::{EntryKey, Money, PackageId, Refusal};

use super::command::Command;
use super::sales::is_open;
use super::world::{Decided, World, ZONE};
use crate::fixtures::*;

impl World {
    pub(super) fn pay(&self, command: &Command) -> Decided {
        let owing = |package: &Package| package.is_sold() && outstanding(package) > 0;
        let Some(package) = self.package(command, owing) else {
            return Ok(None);
        };
        let part = 1 + u64::from(command.much) % outstanding(package).max(1);
        let amount = match command.what % 4 {
            _ if command.is_odd() => u64::from(command.much),
            0 => part,
            _ => outstanding(package),
        };
        let in_flight = in_flight(package);
        let debited = Command::pick(command.who, &in_flight);
        let amount = debited.map_or(amount, |(_, arriving)| match command.what % 8 {
            0 => amount,
            1 => arriving.div_ceil(2),
            _ => *arriving,
        });
        let debit = debited.map(|(number, _)| end_to_end(package.id, *number).unwrap());
        let payment = Payment {
            amount: Money::total(package.terms.price.currency(), amount),
            method: match command.much % 4 {
                _ if debited.is_some() && command.yes => PaymentMethod::DirectDebit,
                0 => PaymentMethod::Cash,
                1 => PaymentMethod::Transfer,
                2 => PaymentMethod::Card,
                _ => PaymentMethod::DirectDebit,
            },
            reference: debit.map(|id| id.as_str().parse().unwrap()),
        };
        let (key, context) = (self.key(package), self.context());
        packages::pay(package, payment, key, &self.settings, &context).map(Some)
    }

    pub(super) fn return_payment(&self, command: &Command) -> Decided {
        let payments: Vec<(&Entry, PackageId)> = self.changes().filter_map(payment_of).collect();
        let standing = payments.iter().filter(|(entry, package)| {
            let returned = EntryKey::Return(*package, entry.id);
            can_return(entry) && !self.keys.contains(&returned)
        });
        let standing: Vec<(&Entry, PackageId)> = standing.copied().collect();
        // Sometimes of money that is not there any more.
        let gone = standing.iter().filter(|(_, package)| {
            let package = &self.packages[package];
            package.has_given_away() || package.standing.stage == Stage::Refunded
        });
        let gone: Vec<(&Entry, PackageId)> = gone.copied().collect();
        let of = match command.is_odd() {
            true => payments,
            false if command.yes && !gone.is_empty() => gone,
            false => standing,
        };
        let Some((entry, package)) = Command::pick(command.which, &of) else {
            return Ok(None);
        };
        let touches = |other: &&Entry| other.touches(*package);
        let history: Vec<Entry> = self.journal.iter().filter(touches).cloned().collect();
        let what = (entry.id, "AM04".parse().unwrap());
        let (package, context) = (&self.packages[package], self.context());
        let known = (history.as_slice(), &*self.given_away(package.id));
        packages::return_payment(package, known, what, &self.settings, &context).map(Some)
    }

    /// The packages that units of this one went to, and theirs.
    fn given_away(&self, package: PackageId) -> Vec<Package> {
        let (mut given, mut next) = (vec![package], 0);
        while let Some(giver) = given.get(next) {
            let found = packages::given_away(*giver, &self.journal);
            given.extend(found.into_iter().map(|(id, _)| id));
            next += 1;
        }
        let given = given.into_iter().skip(1);
        given.map(|id| self.packages[&id].clone()).collect()
    }

    pub(super) fn reject_debit(&self, command: &Command) -> Decided {
        let wanted = |package: &Package| !in_flight(package).is_empty();
        let Some(package) = self.package(command, wanted) else {
            return Ok(None);
        };
        let in_flight = in_flight(package);
        let number = Command::pick(command.who, &in_flight).map_or(1, |(number, _)| *number);
        let id = end_to_end(package.id, number).unwrap();
        let what = (id, "AC04".parse().unwrap());
        packages::reject_debit(package, what, &self.settings, &self.context()).map(Some)
    }

    /// Plans a collection of everything that is due, and carries it out package by package.
    pub(super) fn collect(&mut self, command: &Command) -> Result<bool, Refusal> {
        let collection = CollectionOf {
            id: self.unique("C"),
            collect_on: self.today() + Days::new(u64::from(command.much % 60)),
        };
        let on = collection.collect_on;
        let surveyed = self.packages.values().filter(|package| due_by(package, on));
        let surveyed: Vec<(Package, Option<MandateRecord>)> = surveyed
            .map(|package| {
                (
                    package.clone(),
                    self.mandates.get(&package.customer).cloned(),
                )
            })
            .collect();
        let survey = Survey::of(&surveyed, on, ZONE, self.now);
        let (settings, creditor) = (self.settings.clone(), creditor_record());
        let plan = packages::plan_collection(
            Some(&settings),
            Some(&creditor),
            collection.clone(),
            &survey,
            &self.context(),
        )?;
        self.commit(&plan);
        for (planned, _) in &survey.collectable {
            let package = &self.packages[&planned.package];
            let mandate = self.mandates.get(&planned.customer);
            let (key, context) = (self.key(package), self.context());
            let settings = &self.settings;
            let one = packages::collect(package, mandate, &collection, key, settings, &context);
            self.commit(&one?);
        }
        Ok(true)
    }

    pub(super) fn top_up(&self, command: &Command) -> Decided {
        let Some(package) = self.package(command, |p| self.can_change(p)) else {
            return Ok(None);
        };
        let pools = package.pools.iter().enumerate();
        let added = pools.map(|(pool, _)| PoolUnits {
            pool,
            units: u64::from(command.much % 5) + 1,
        });
        let price = match command.is_odd() {
            true => lira(100),
            false => Money::total(package.terms.price.currency(), command.much.into()),
        };
        let added: Vec<PoolUnits> = added.collect();
        let key = self.key(package);
        packages::top_up(package, &added, price, key, &self.context()).map(Some)
    }

    pub(super) fn void(&self, command: &Command) -> Decided {
        let mistaken = |package: &Package| {
            let unused = package.pools.iter().all(|p| {
                let balance = p.balance;
                balance.held + balance.captured + balance.forfeited + balance.transferred == 0
            });
            is_open(package) && unused && package.standing.paid_minor == 0
        };
        let Some(package) = self.package(command, mistaken) else {
            return Ok(None);
        };
        let reason = VoidReason::Mistake;
        packages::void(package, reason, self.key(package), &self.context()).map(Some)
    }

    pub(super) fn quote_refund(&self, command: &Command) -> Decided {
        let nothing_held = |p: &Package| p.pools.iter().all(|pool| pool.balance.held == 0);
        let wanted = |p: &Package| is_open(p) && nothing_held(p) && !self.has_ended(p);
        let Some(package) = self.package(command, wanted) else {
            return Ok(None);
        };
        let policy = match command.yes {
            true => RefundPolicy::ProRata,
            false => RefundPolicy::UsedAtList,
        };
        let id = domain::RefundQuoteId::new(self.now, self.context().random);
        packages::quote_refund(package, policy, id, self.key(package), &self.context()).map(Some)
    }

    pub(super) fn refund(&self, command: &Command) -> Decided {
        let quotes: Vec<(&Entry, PackageId, &RefundQuote)> = self
            .changes()
            .filter_map(|(entry, package, _)| {
                Some((entry, package, RefundQuote::recorded_in(entry)?))
            })
            .collect();
        let good = quotes.iter().filter(|(_, package, quote)| {
            self.packages[package].version == quote.version && self.now < quote.valid_until
        });
        let good: Vec<(&Entry, PackageId, &RefundQuote)> = good.copied().collect();
        let of = match command.is_odd() {
            true => quotes,
            false => good,
        };
        let Some((entry, package, quote)) = Command::pick(command.which, &of) else {
            return Ok(None);
        };
        let package = &self.packages[package];
        let key = self.key(package);
        packages::refund(package, quote.id, Some(entry), key, &self.context()).map(Some)
    }

    /// What happened to packages outside of appointments.
    fn changes(&self) -> impl Iterator<Item = (&Entry, PackageId, &PackageChange)> {
        self.journal.iter().filter_map(changed)
    }

    pub(super) fn has_ended(&self, package: &Package) -> bool {
        package.standing.ends_at.is_some_and(|end| end <= self.now)
    }

    /// Whether units can be added or taken: sold, not over, and counted.
    pub(super) fn can_change(&self, package: &Package) -> bool {
        let counted = package.pools.iter().all(|p| p.unit != Unit::Unlimited);
        is_open(package) && !self.has_ended(package) && counted
    }
}

pub(super) fn changed(entry: &Entry) -> Option<(&Entry, PackageId, &PackageChange)> {
    let Fact::PackageChanged { package, change } = &entry.fact else {
        return None;
    };
    Some((entry, *package, change))
}

fn payment_of<'e>(
    (entry, package, change): (&'e Entry, PackageId, &PackageChange),
) -> Option<(&'e Entry, PackageId)> {
    matches!(change, PackageChange::Paid(_)).then_some((entry, package))
}

fn can_return(entry: &Entry) -> bool {
    let Some((_, _, PackageChange::Paid(payment))) = changed(entry) else {
        return false;
    };
    matches!(
        payment.method,
        PaymentMethod::Card | PaymentMethod::DirectDebit
    )
}

fn due_by(package: &Package, day: NaiveDate) -> bool {
    let debit = package.standing.debit.as_ref();
    debit.is_some_and(|debit| debit.next_due_on.is_some_and(|due| due <= day))
}

fn outstanding(package: &Package) -> u64 {
    package.standing.price_minor - package.standing.paid_minor
}

/// The debits on their way: which instalment, and how much of it.
fn in_flight(package: &Package) -> Vec<(u8, u64)> {
    let debits = package
        .standing
        .debit
        .iter()
        .flat_map(|debit| &debit.in_flight);
    debits.map(|(number, amount)| (*number, *amount)).collect()
}
