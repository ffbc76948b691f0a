//! The file of a collection, from what was taken of each package and the accounts as they are now.

use domain::packages::{CollectedDebit, CollectionOf};
use domain::sepa::{Collection, Debit, SepaText, collect};
use domain::settings::CreditorRecord;
use domain::{Instant, Refusal};

use super::one::Taken;
use super::pain008;
use crate::edge::Problem;

/// The debits of a package as the bank is told of them; none where the mandate was taken back since.
fn debits(taken: &Taken) -> Vec<Debit> {
    let mandate = taken.mandate.as_ref();
    let Some(mandate) = mandate.and_then(|record| record.mandate.as_ref()) else {
        return Vec::new();
    };
    let terms = &taken.package.terms;
    let count = terms.plan.map_or(0, |plan| plan.count);
    let debit = |debit: &CollectedDebit| Debit {
        id: debit.id.clone(),
        amount: debit.amount,
        mandate: mandate.clone(),
        sequence: debit.sequence,
        remittance: SepaText::of(&format!("{}/{count} {}", debit.instalment, terms.name)),
    };
    taken.collected.debits.iter().map(debit).collect()
}

/// The file, made at the moment the collection was planned. The same collection gives the same bytes
/// as long as accounts and mandates stay as they are.
///
/// # Errors
/// `creditor-missing`, then those of [`collect`].
pub(super) fn file(
    collection: CollectionOf,
    planned_at: Instant,
    creditor: Option<CreditorRecord>,
    taken: &[Taken],
) -> Result<Vec<u8>, Problem> {
    let creditor = creditor.ok_or(Refusal::CreditorMissing)?.creditor;
    let file = collect(Collection {
        id: collection.id,
        created_at: planned_at,
        collect_on: collection.collect_on,
        creditor,
        debits: taken.iter().flat_map(debits).collect(),
    })?;
    Ok(pain008(&file)?)
}
