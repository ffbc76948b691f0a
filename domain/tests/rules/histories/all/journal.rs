//! What the journal tells when it is read again: the state after each of its entries, the state and the
//! wallet as of an instant, and nobody's name.

use std::collections::BTreeMap;

use domain::journal::{Entry, fold};
use domain::packages::{Covers, Package, Stage, Unit, wallet};
use domain::{Currency, Instant, PackageId, ServiceId};

use super::ledger::Ledger;
use super::people::KNOWN;
use super::world::World;
use crate::histories::changes;

/// Every prefix of the journal folds to what the packages were after its last entry.
pub(super) fn every_prefix_tells_what_was(world: &World) {
    for id in world.packages.keys() {
        let (mut prefix, mut told) = (Vec::new(), None);
        for (entry, remembered) in world.journal.iter().zip(&world.remembered) {
            if entry.touches(*id) {
                prefix.push(entry);
                told = fold(*id, prefix.iter().copied()).unwrap();
            }
            assert_eq!(told.as_ref(), remembered.get(id), "after {entry:?}");
        }
    }
}

/// As of the instant of any entry, the entries until then, in the order in which the store reads them,
/// tell each package as its last change until then had left it, and what the wallet adds up to.
pub(super) fn the_past_is_told_as_it_was(world: &World) {
    let mut read: Vec<&Entry> = world.journal.iter().collect();
    read.sort_by_key(|entry| entry.id);
    for entry in world.journal.iter().step_by(7) {
        let (at, mut ledger) = (entry.at, Ledger::default());
        let until = || read.iter().copied().filter(|other| other.at <= at);
        until().for_each(|entry| ledger.post_units(entry));
        let mut packages = Vec::new();
        for id in world.packages.keys() {
            let told = fold(*id, until()).unwrap();
            assert_eq!(told.as_ref(), remembered(world, *id, at), "{id} at {at}");
            packages.extend(told);
        }
        the_wallet_adds_up(&packages, &ledger, at);
    }
}

fn remembered(world: &World, id: PackageId, at: Instant) -> Option<&Package> {
    let steps = world.journal.iter().zip(&world.remembered).rev();
    let mut until = steps.filter(|(entry, _)| changes(entry, id) && entry.at <= at);
    until.next().and_then(|(_, packages)| packages.get(&id))
}

/// A wallet has what is available in what is active and has not ended.
fn the_wallet_adds_up(packages: &[Package], ledger: &Ledger, at: Instant) {
    let mut credit = BTreeMap::<Currency, i128>::new();
    let mut visits = BTreeMap::<ServiceId, i128>::new();
    for package in packages {
        let standing = &package.standing;
        let resting = standing.frozen.is_some_and(|rest| rest.until.is_none());
        let ended = !resting && standing.ends_at.is_some_and(|end| end <= at);
        if standing.stage != Stage::Active || ended {
            continue;
        }
        for (index, pool) in package.pools.iter().enumerate() {
            let available = ledger.available((package.id, index));
            match (pool.unit, &pool.covers) {
                (Unit::Money(currency), _) => *credit.entry(currency).or_default() += available,
                (Unit::Visit, Covers::Services(covers)) => {
                    for cover in covers {
                        *visits.entry(cover.service).or_default() += available;
                    }
                }
                (Unit::Visit | Unit::Unlimited, _) => {}
            }
        }
    }
    credit.retain(|_, sum| *sum > 0);
    visits.retain(|_, sum| *sum > 0);
    let told = wallet(packages, at);
    let of_money = told.credit.iter();
    let mut of_money: BTreeMap<Currency, i128> = of_money
        .map(|money| (money.currency(), money.amount_minor().into()))
        .collect();
    let of_visits = told.services.iter();
    let mut of_visits: BTreeMap<ServiceId, i128> = of_visits
        .map(|total| (total.service, total.available_units.into()))
        .collect();
    of_money.retain(|_, sum| *sum > 0);
    of_visits.retain(|_, sum| *sum > 0);
    assert_eq!((of_money, of_visits), (credit, visits));
}

/// Neither of the erased nor of anyone else.
pub(super) fn nobody_is_named(world: &World) {
    for entry in &world.journal {
        let text = serde_json::to_string(entry).unwrap();
        for known in KNOWN {
            assert!(!text.contains(known), "{known} in {text}");
        }
    }
}
