//! Giving what is due to the bank.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{DirectDebit, Due, Obstacle, Package, due};
use crate::customers::MandateRecord;
use crate::journal::{Fact, PackageChange, Posting};
use crate::sepa::{EndToEndId, MessageId, Sequence};
use crate::settings::Settings;
use crate::{Context, Decision, EntryKey, Money, PackageId, Put, Refusal};

/// Which collection something belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CollectionOf {
    /// What its file is called.
    pub id: MessageId,
    /// The day it was asked for.
    pub collect_on: NaiveDate,
}

/// What a collection took of a package: no account, no name and no mandate, which stand beside the
/// customer alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Collected {
    /// What its file is called.
    pub collection: MessageId,
    /// What was asked for; nothing when nothing was due any more, or could not be collected.
    pub debits: Vec<CollectedDebit>,
    /// What stood against it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub obstacle: Option<Obstacle>,
    /// The version of the package that it was decided on. Where nothing is asked for, there is no other
    /// one.
    #[serde(default)]
    pub version: u64,
}

/// An instalment that was given to the bank.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollectedDebit {
    /// Which of the plan, from 1.
    pub instalment: u8,
    /// How much of it.
    pub amount: Money,
    /// What the bank calls it: the package and the instalment.
    pub id: EndToEndId,
    /// Where it stands among those of its mandate.
    pub sequence: Sequence,
}

/// Gives what is due of the package to the bank, if nothing stands against it at this moment; each
/// instalment in one collection only. That it was asked for is no payment: that is recorded when the
/// money is there. The decision is made either way, so that the collection's file is settled by it.
///
/// # Errors
/// Those of a [`Posting`], for a package that is not there.
pub fn collect(
    package: &Package,
    mandate: Option<&MandateRecord>,
    collection: &CollectionOf,
    key: EntryKey,
    settings: &Settings,
    context: &Context,
) -> Result<Decision, Refusal> {
    let zone = settings.time_zone();
    let Due { debits, obstacle } = due(package, mandate, collection.collect_on, zone, context.now);
    let record = mandate.filter(|_| obstacle.is_none() && !debits.is_empty());
    let mut posting = Posting::new(std::slice::from_ref(package), context.now);
    let mut collected = Vec::new();
    if let Some(record) = record {
        let mut first = record.used_on.is_none();
        for debit in debits {
            let sequence = match std::mem::take(&mut first) {
                true => Sequence::First,
                false => Sequence::Recurring,
            };
            collected.push(CollectedDebit {
                instalment: debit.instalment,
                amount: debit.amount,
                id: end_to_end(package.id, debit.instalment)?,
                sequence,
            });
        }
    }
    posting.stand(package.id, |standing| {
        if let Some(debit) = &mut standing.debit {
            for one in &collected {
                debit.collected = debit.collected.max(one.instalment);
                let amount_minor = one.amount.amount_minor();
                debit.in_flight.insert(one.instalment, amount_minor);
            }
        }
    })?;
    DirectDebit::look_ahead(&mut posting, package.id, zone)?;
    let used = record.map(|record| record.used(collection.collect_on));
    let change = PackageChange::Collected(Collected {
        collection: collection.id.clone(),
        debits: collected,
        obstacle,
        version: package.version,
    });
    let fact = Fact::PackageChanged {
        package: package.id,
        change,
    };
    let mut decision = posting.record(key, package.customer, fact, context);
    let used = used.map(|record| Put::Mandate(package.customer, record));
    decision.puts.extend(used);
    Ok(decision)
}

/// What the bank calls a debit: the package's id without its prefix, and the instalment, 29 characters
/// at most.
///
/// # Errors
/// None in practice: an id and a number are a reference.
pub fn end_to_end(package: PackageId, instalment: u8) -> Result<EndToEndId, Refusal> {
    let package = package.to_string();
    let ulid = package.split_once('_').map_or("", |(_, ulid)| ulid);
    let id = format!("{ulid}-{instalment:02}").parse();
    id.map_err(|_| Refusal::PackageNotFound)
}

/// Which instalment of `package` the bank calls so, if any.
pub fn instalment_of(package: PackageId, id: &str) -> Option<u8> {
    let (_, instalment) = id.rsplit_once('-')?;
    let instalment = instalment.parse().ok()?;
    let called = end_to_end(package, instalment).ok()?;
    (called.as_str() == id).then_some(instalment)
}

/// Whether the bank may call a debit of some package so.
pub(super) fn is_debit_id(id: &str) -> bool {
    let package = id.rsplit_once('-').map(|(ulid, _)| format!("pkg_{ulid}"));
    package.is_some_and(|package| package.parse::<PackageId>().is_ok())
}
