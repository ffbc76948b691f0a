//! The account that direct debits go to.

use serde::{Deserialize, Serialize};

use crate::journal::Fact;
use crate::sepa::Creditor;
use crate::{Context, Decision, EntryKey, Put, Refusal};

/// The business as its bank knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreditorRecord {
    /// Account, name and identifier.
    pub creditor: Creditor,
    /// Counts the edits, from 1.
    pub version: u64,
}

/// Puts `wanted` in the place of `present`. `expected` is the version the caller read, none for a
/// business that has no account yet. The journal records that it changed, and nothing of it.
///
/// # Errors
/// [`Refusal::VersionMismatch`] when the caller has not seen the present account.
pub fn change_creditor(
    present: Option<&CreditorRecord>,
    wanted: Creditor,
    expected: Option<u64>,
    context: &Context,
) -> Result<Decision, Refusal> {
    if present.map(|record| record.version) != expected {
        return Err(Refusal::VersionMismatch);
    }
    let record = CreditorRecord {
        creditor: wanted,
        version: expected.unwrap_or(0) + 1,
    };
    let key = EntryKey::Creditor(record.version);
    let entry = context.entry(None, Fact::CreditorChanged, Vec::new(), None);
    Ok(Decision::of_records(
        key,
        entry,
        vec![Put::Creditor(record)],
    ))
}
