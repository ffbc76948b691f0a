//! A journal from its beginning: the same postings as from the stream, which tells each step alone.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use chrono_tz::Tz;

use super::{Origin, Posting, endings, movements};
use crate::journal::Entry;
use crate::packages::Package;
use crate::{PackageId, Refusal};

/// The packages of a business, as far as its journal has been read.
#[derive(Debug, Clone, Default)]
pub struct Replay {
    packages: BTreeMap<PackageId, Package>,
    origins: BTreeMap<PackageId, Origin>,
}

/// What one entry adds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Step {
    /// By its lines.
    pub movements: Vec<Posting>,
    /// By what it changes in what will end, for each package.
    pub endings: Vec<Ending>,
}

/// What the step of a package adds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    /// The package.
    pub package: PackageId,
    /// The versions that it reached by the step: one for each entry.
    pub versions: RangeInclusive<u64>,
    /// What it adds.
    pub postings: Vec<Posting>,
}

impl Ending {
    /// What the step of a package from `before` to `after` adds, in the days of `zone`. Several entries
    /// of one moment may be one step: what they add one by one is the same.
    pub fn of(before: Option<&Package>, after: &Package, origin: &Origin, zone: Tz) -> Self {
        let first = before.map_or(0, |package| package.version) + 1;
        Self {
            package: after.id,
            versions: first..=after.version,
            postings: endings(before, after, origin, zone),
        }
    }
}

impl Step {
    /// Everything that it adds.
    pub fn postings(self) -> impl Iterator<Item = Posting> {
        let endings = self.endings.into_iter().flat_map(|ending| ending.postings);
        self.movements.into_iter().chain(endings)
    }
}

impl Replay {
    /// The next entry of the journal.
    ///
    /// # Errors
    /// Those of the fold: a journal that holds a line its state does not allow.
    pub fn step(&mut self, entry: &Entry, zone: Tz) -> Result<Step, Refusal> {
        if let Some((id, origin)) = Origin::of(entry) {
            self.origins.insert(id, origin);
        }
        let mut step = Step {
            movements: movements(entry, &self.origins, zone)?,
            endings: Vec::new(),
        };
        for id in touched(entry) {
            let before = self.packages.get(&id).cloned();
            let created = entry.fact.creates().filter(|package| package.id == id);
            let mut after = match (created, &before) {
                (Some(package), _) => Package {
                    version: 1,
                    ..package.clone()
                },
                (None, Some(package)) => package.clone(),
                (None, None) => return Err(Refusal::PackageNotFound),
            };
            after.apply(entry)?;
            let origin = self.origins.get(&id).ok_or(Refusal::PackageNotFound)?;
            let ending = Ending::of(before.as_ref(), &after, origin, zone);
            step.endings.push(ending);
            self.packages.insert(id, after);
        }
        Ok(step)
    }

    /// The packages as they are by now.
    pub fn packages(&self) -> impl Iterator<Item = &Package> {
        self.packages.values()
    }
}

fn touched(entry: &Entry) -> BTreeSet<PackageId> {
    let lines = entry.lines.iter().map(|line| line.package);
    let standings = entry.standings.iter().map(|change| change.package);
    let created = entry.fact.creates().map(|package| package.id);
    lines.chain(standings).chain(created).collect()
}
