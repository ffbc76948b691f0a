//! Asking a bank to collect.

use std::collections::BTreeSet;

use chrono::{Months, NaiveDate};

use super::{CollectionFile, Creditor, Debit, MessageId, next_target_day, today};
use crate::{Instant, Refusal};

/// What is to be collected in one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collection {
    /// What the file is called.
    pub id: MessageId,
    /// The present.
    pub created_at: Instant,
    /// The day wanted; when banks do not settle on it, they collect on the next day they do.
    pub collect_on: NaiveDate,
    /// Who collects.
    pub creditor: Creditor,
    /// What is collected.
    pub debits: Vec<Debit>,
}

impl Collection {
    /// The most debits of one file, which keeps it below 5 MB.
    pub const MAX_DEBITS: usize = 5_000;

    /// The most of one debit, in cents.
    pub const MAX_CENTS: u64 = 99_999_999_999;
}

/// Checks a collection and makes the file of it. Days are those of Frankfurt, where banks settle.
/// How many days ahead of the collection a bank wants the file is between the two of them.
///
/// # Errors
/// In this order, each for the first debit it holds for:
/// [`Refusal::CollectionSize`] for no debit, or more than [`Collection::MAX_DEBITS`];
/// [`Refusal::CollectionCurrency`] for a debit that is not in euro;
/// [`Refusal::DebitRepeated`] for an id that a debit before it has;
/// [`Refusal::DebitAmount`] for nothing, or more than [`Collection::MAX_CENTS`];
/// [`Refusal::MandateDate`] for a mandate signed after the day of the collection, or more than a
/// hundred years before it;
/// [`Refusal::CollectionDate`] for a day before today or more than a year ahead.
pub fn collect(collection: Collection) -> Result<CollectionFile, Refusal> {
    let collect_on = next_target_day(collection.collect_on);
    check_debits(&collection.debits)?;
    check_mandates(&collection.debits, collect_on)?;
    check_day(collection.collect_on, collection.created_at)?;
    Ok(CollectionFile {
        id: collection.id,
        created_at: collection.created_at,
        collect_on,
        creditor: collection.creditor,
        debits: collection.debits,
    })
}

/// The first debit that `flawed` holds for, refused.
fn refuse_any(
    debits: &[Debit],
    flawed: impl FnMut(&&Debit) -> bool,
    refusal: fn(super::EndToEndId) -> Refusal,
) -> Result<(), Refusal> {
    let found = debits.iter().find(flawed);
    found.map_or(Ok(()), |debit| Err(refusal(debit.id.clone())))
}

fn check_debits(debits: &[Debit]) -> Result<(), Refusal> {
    if !(1..=Collection::MAX_DEBITS).contains(&debits.len()) {
        return Err(Refusal::CollectionSize);
    }
    let foreign = |debit: &&Debit| debit.amount.currency().code() != "EUR";
    refuse_any(debits, foreign, Refusal::CollectionCurrency)?;
    let mut ids = BTreeSet::new();
    let repeated = |debit: &&Debit| !ids.insert(debit.id.as_str().to_ascii_uppercase());
    refuse_any(debits, repeated, Refusal::DebitRepeated)?;
    let amounts = 1..=Collection::MAX_CENTS;
    let outside = |debit: &&Debit| !amounts.contains(&debit.amount.amount_minor());
    refuse_any(debits, outside, Refusal::DebitAmount)
}

fn check_mandates(debits: &[Debit], collect_on: NaiveDate) -> Result<(), Refusal> {
    let unsigned = |debit: &&Debit| !debit.mandate.is_signed_by(collect_on);
    refuse_any(debits, unsigned, Refusal::MandateDate)
}

/// Whether a collection can be on this day.
///
/// # Errors
/// [`Refusal::CollectionDate`] for a day before today or more than a year ahead.
pub(crate) fn check_day(wanted: NaiveDate, now: Instant) -> Result<(), Refusal> {
    let today = today(now);
    let last = today.checked_add_months(Months::new(12));
    if (today..=last.unwrap_or(today)).contains(&wanted) {
        Ok(())
    } else {
        Err(Refusal::CollectionDate)
    }
}
