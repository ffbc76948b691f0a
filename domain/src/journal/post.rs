//! Moves become lines, and lines make the state again.

use super::{Entry, Fact, Line};
use crate::packages::{Account, Package};
use crate::{Instant, PackageId, Refusal};

/// Units to be moved, before it is known whether they can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    /// The package.
    pub package: PackageId,
    /// Which of its pools.
    pub pool: usize,
    /// Taken from; none grants new units.
    pub from: Option<Account>,
    /// Put into.
    pub to: Account,
    /// How many.
    pub units: u64,
    /// When the package must still be valid.
    pub valid_at: Option<Instant>,
}

/// The lines of `moves` on `packages`, with the balance after each.
///
/// # Errors
/// In this order for each move: [`Refusal::PackageNotFound`] for a package or pool that is not
/// there, [`Refusal::InsufficientUnits`] when an account would fall below zero ([`Refusal::HoldMissing`]
/// for what is held),
/// [`Refusal::TooLarge`] when one would leave the range of numbers.
pub fn post(packages: &[Package], moves: &[Move]) -> Result<Vec<Line>, Refusal> {
    let mut packages: Vec<Package> = packages.to_vec();
    moves
        .iter()
        .map(|step| {
            let package = packages
                .iter_mut()
                .find(|package| package.id == step.package)
                .ok_or(Refusal::PackageNotFound)?;
            let version = package.version + 1;
            let pool = package
                .pools
                .get_mut(step.pool)
                .ok_or(Refusal::PackageNotFound)?;
            pool.transfer(step.from, step.to, step.units)?;
            Ok(Line {
                package: step.package,
                pool: step.pool,
                from: step.from,
                to: step.to,
                units: step.units,
                after: pool.balance,
                version,
                valid_at: step.valid_at,
            })
        })
        .collect()
}

/// The packages after `lines`.
///
/// # Errors
/// Those of [`post`].
pub(crate) fn fold_lines(packages: &[Package], lines: &[Line]) -> Result<Vec<Package>, Refusal> {
    let mut packages = packages.to_vec();
    for package in &mut packages {
        package.apply(lines)?;
    }
    Ok(packages)
}

/// The package `id` as the entries, in order, made it; none before its sale. Any prefix of a
/// journal gives the package as of that instant.
///
/// # Errors
/// The refusals of [`post`]: a journal that holds a line its state does not allow.
pub fn fold<'a>(
    id: PackageId,
    entries: impl IntoIterator<Item = &'a Entry>,
) -> Result<Option<Package>, Refusal> {
    let mut state: Option<Package> = None;
    for entry in entries {
        if let Fact::PackageSold(package) = &entry.fact
            && package.id == id
        {
            state = Some(package.clone());
        }
        if let Some(package) = &mut state {
            let before = package.version;
            package.apply(&entry.lines)?;
            if package.version != before {
                package.changed_at = entry.at;
            }
        }
    }
    Ok(state)
}
