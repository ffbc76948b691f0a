//! How every step of a booking is recorded.

use crate::journal::{Fact, Move, post};
use crate::packages::Package;
use crate::{Context, CustomerId, Decision, EntryKey, Refusal};

/// The decision to record `fact` under `key`, moving units by `moves`. Its time does not run behind
/// the last change of a package it touches.
///
/// # Errors
/// Those of [`post`].
pub(super) fn record(
    key: EntryKey,
    customer: CustomerId,
    fact: Fact,
    packages: &[Package],
    moves: &[Move],
    context: &Context,
) -> Result<Decision, Refusal> {
    let lines = post(packages, moves)?;
    let touched = packages
        .iter()
        .filter(|p| moves.iter().any(|step| step.package == p.id));
    let last_change = touched.map(|package| package.changed_at).max();
    let entry = context.entry(Some(customer), fact, lines, last_change);
    Ok(Decision {
        key,
        entry,
        puts: Vec::new(),
    })
}
