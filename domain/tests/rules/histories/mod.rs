//! Any history of a business keeps every promise at every step.

mod all;
mod command;
mod model;
mod paying;
mod reports;
mod shared;
mod sold;
mod world;

use std::collections::BTreeMap;

use domain::bookings::{BookingStatus, DeductAt, Draw, PayWith, ServiceLine};
use domain::journal::{Entry, Fact, fold};
use domain::packages::{Balance, Package};
use domain::{PackageId, Refusal};
use proptest::prelude::*;

use self::command::{Command, commands};
use self::model::Model;
use self::reports::Books;
use self::world::World;
use crate::fixtures::cus;

proptest! {
    #[test]
    fn any_history_keeps_every_promise(commands in commands()) {
        let (mut world, mut model) = (World::new(), Model::new());
        for command in commands {
            let command = command.fit(&model);
            step(&mut world, &mut model, &command);
            balances_agree(&world, &model);
            holds_agree(&world, &model);
            bookings_agree(&world, &model);
            the_journal_tells_the_state(&world);
        }
        paying_with_none_moved_nothing(&world, &model);
        the_journal_is_in_order(&world.journal, &world.packages);
        entries_survive_their_text(&world.journal);
        reports::the_reports_tell_the_fold(&Books {
            journal: &world.journal,
            packages: &world.packages,
            now: world.now,
            zone: chrono_tz::Europe::Istanbul,
        });
    }
}

/// Runs one command; it is accepted exactly when it should be, and a refused one changes nothing.
fn step(world: &mut World, model: &mut Model, command: &Command) {
    let accepted = model.accepts(command);
    let (packages, length) = (world.packages.clone(), world.journal.len());
    let outcome = world.run(command);
    model.now = world.now;
    match &outcome {
        Ok(decision) => {
            assert!(
                accepted,
                "{command:?} should have been refused: {decision:?}"
            );
            assert_eq!(world.journal.len(), length + 1);
            lines_tell_the_balances(world, &decision.entry);
            model.record(command, paid(&decision.entry));
        }
        Err(reason) => {
            assert!(!accepted, "{command:?} should have been accepted: {reason}");
            assert_eq!(world.packages, packages);
            assert_eq!(world.journal.len(), length);
        }
    }
}

/// What an entry says pays for each service.
fn paid(entry: &Entry) -> &[ServiceLine] {
    match &entry.fact {
        Fact::Booked(terms) | Fact::WalkInCompleted(terms) => &terms.services,
        Fact::Rescheduled { services, .. }
        | Fact::Paid { services, .. }
        | Fact::Cancelled { services, .. }
        | Fact::NoShow { services, .. }
        | Fact::Completed { services, .. }
        | Fact::Reversed { services, .. } => services,
        Fact::PackageOffered(_)
        | Fact::PackageChanged { .. }
        | Fact::PackageSold(_)
        | Fact::PackageImported(_)
        | Fact::CustomerErased
        | Fact::SettingsChanged(_)
        | Fact::ServiceSaved(_)
        | Fact::TemplateSaved(_)
        | Fact::CustomerCreated
        | Fact::CustomerEdited(_)
        | Fact::CustomerClaimed
        | Fact::CreditorChanged
        | Fact::CollectionPlanned(_)
        | Fact::PipelineSettingsChanged(_)
        | Fact::StageSchemeSaved(_)
        | Fact::CompanySaved { .. }
        | Fact::QuotaSaved(_)
        | Fact::OpportunityChanged(_)
        | Fact::Noticed(_) => &[],
    }
}

/// The last line on each pool shows the pool as it is now, and its package's version.
fn lines_tell_the_balances(world: &World, entry: &Entry) {
    let last: BTreeMap<_, _> = entry
        .lines
        .iter()
        .map(|l| ((l.package, l.pool), l))
        .collect();
    for ((package, pool), line) in last {
        let package = &world.packages[&package];
        assert_eq!(line.after, package.pools[pool].balance);
        assert_eq!(line.version, package.version);
    }
}

/// Every unit granted is in exactly one account, and in the one where the model has it.
fn balances_agree(world: &World, model: &Model) {
    assert_eq!(world.packages.len(), model.packages.len());
    for (id, counters) in &model.packages {
        let pools = &world.packages[id].pools;
        assert_eq!(pools.len(), 1);
        let expected = Balance {
            granted: counters.granted(),
            available: counters.available,
            held: counters.held,
            captured: counters.captured,
            forfeited: counters.forfeited,
            expired: counters.expired,
            ..Balance::default()
        };
        assert_eq!(pools[0].balance, expected);
        let accounts = [
            counters.available,
            counters.held,
            counters.captured,
            counters.forfeited,
            counters.expired,
        ];
        assert_eq!(accounts.iter().sum::<u64>(), counters.granted());
    }
}

/// What the packages hold is what the open bookings say they hold, and nothing else.
fn holds_agree(world: &World, model: &Model) {
    let mut held = BTreeMap::<PackageId, u64>::new();
    for booking in model.bookings.keys().filter_map(|n| world.booking(*n)) {
        let open = booking.status == BookingStatus::Booked;
        if open && booking.terms.policies.deduct_at == DeductAt::Booking {
            for draw in booking
                .terms
                .services
                .iter()
                .filter_map(|line| line.paid_by)
            {
                *held.entry(draw.package).or_default() += draw.units;
            }
        }
    }
    for (id, package) in &world.packages {
        let expected = held.get(id).copied().unwrap_or_default();
        assert_eq!(package.pools[0].balance.held, expected, "{id}");
    }
}

/// Each booking stands where the model has it; once resolved, it cannot be resolved again.
fn bookings_agree(world: &World, model: &Model) {
    for (n, expected) in &model.bookings {
        let booking = world.booking(*n).unwrap();
        assert_eq!(booking.status, expected.status);
        assert_eq!(booking.steps, expected.steps);
        assert_eq!(booking.customer, cus(expected.bill.customer));
        assert_eq!(booking.terms.starts_at, expected.bill.starts_at);
        assert_eq!(booking.terms.pay_with, expected.bill.pay_with);
        let paid_by = booking.terms.services.iter().map(|line| line.paid_by);
        assert_eq!(paid_by.flatten().collect::<Vec<Draw>>(), expected.draws);
        for resolution in world.resolutions(*n) {
            match expected.status {
                BookingStatus::Booked => assert!(resolution.is_ok(), "{resolution:?}"),
                resolved @ (BookingStatus::Completed
                | BookingStatus::Cancelled
                | BookingStatus::NoShow) => {
                    assert_eq!(resolution, Err(Refusal::BookingResolved(resolved)));
                }
            }
        }
    }
}

/// As this holds after every step, it holds for every prefix of the final journal.
fn the_journal_tells_the_state(world: &World) {
    for (id, package) in &world.packages {
        assert_eq!(fold(*id, &world.journal).unwrap().as_ref(), Some(package));
    }
}

fn paying_with_none_moved_nothing(world: &World, model: &Model) {
    for n in model.bookings.keys() {
        let unpaid = world
            .booking(*n)
            .filter(|b| b.terms.pay_with == PayWith::None);
        if let Some(booking) = unpaid {
            let id = Some(&booking.terms.booking);
            let mut entries = world.journal.iter().filter(|e| e.fact.booking() == id);
            assert!(entries.all(|entry| entry.lines.is_empty()), "{booking:?}");
        }
    }
}

/// Read back in the order of their ids, as the store does, the entries of each package come in the
/// order in which they were written, later ones strictly later; so they fold to the same state.
fn the_journal_is_in_order(journal: &[Entry], packages: &BTreeMap<PackageId, Package>) {
    let mut read = journal.to_vec();
    read.sort_by_key(|entry| entry.id);
    for (id, package) in packages {
        let written: Vec<&Entry> = journal.iter().filter(|e| changes(e, *id)).collect();
        for pair in written.windows(2) {
            assert!(
                pair[0].at < pair[1].at && pair[0].id < pair[1].id,
                "{pair:?}"
            );
        }
        assert_eq!(
            written.last().map(|entry| entry.at),
            Some(package.last_change())
        );
        assert_eq!(fold(*id, &read).unwrap().as_ref(), Some(package));
    }
}

/// Whether the package is another one after the entry.
fn changes(entry: &Entry, package: PackageId) -> bool {
    let made = entry.fact.creates();
    entry.lines.iter().any(|line| line.package == package)
        || entry.standings.iter().any(|s| s.package == package)
        || made.is_some_and(|made| made.id == package)
}

fn entries_survive_their_text(journal: &[Entry]) {
    for entry in journal {
        let json = serde_json::to_string(entry).unwrap();
        assert_eq!(
            serde_json::from_str::<Entry>(&json).unwrap(),
            *entry,
            "{json}"
        );
    }
}
