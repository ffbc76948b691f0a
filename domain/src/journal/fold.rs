//! A journal becomes the package it tells of.

use super::Entry;
use crate::packages::Package;
use crate::{PackageId, Refusal};

/// The package `id` as the entries, in order, made it; none before its sale. Any prefix of a
/// journal gives the package as of that instant.
///
/// # Errors
/// The refusals of a [`Posting`](super::Posting): a journal that holds a line its state does not allow.
pub fn fold<'a>(
    id: PackageId,
    entries: impl IntoIterator<Item = &'a Entry>,
) -> Result<Option<Package>, Refusal> {
    let mut state: Option<Package> = None;
    for entry in entries {
        if let Some(package) = entry.fact.creates().filter(|package| package.id == id) {
            state = Some(Package {
                version: 1,
                ..package.clone()
            });
        }
        if let Some(package) = &mut state {
            package.apply(entry)?;
        }
    }
    Ok(state)
}
