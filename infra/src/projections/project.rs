//! From the stream into the rows.

use std::collections::{BTreeMap, BTreeSet};

use chrono_tz::Tz;
use domain::reports::{Ending, Origin, movements, paid_for};
use domain::{BusinessId, EntryKey, PackageId};

use super::apply::Addition;
use super::row_keys::Mark;
use crate::customers::Found;
use crate::{Change, Consistency, Fault, Store, keys};

impl Store {
    /// Adds what these records of the stream tell to the rows of every generation, each once however
    /// often it comes, and in any order.
    ///
    /// # Errors
    /// [`Fault`] when the database fails, or for a record that contradicts the journal. What was
    /// added until then stays; the same records may come again.
    pub async fn project(&self, changes: &[&Change]) -> Result<(), Fault> {
        let mut by_business = BTreeMap::<&BusinessId, Vec<&Change>>::new();
        for change in changes.iter().copied() {
            if let Some(business) = concerned(change) {
                by_business.entry(business).or_default().push(change);
            }
        }
        for (business, changes) in by_business {
            let Some(projection) = self.projection_begun(business).await? else {
                return Err(Fault::broken("rows of a business without settings"));
            };
            let origins = self.origins(business, &changes).await?;
            for (generation, zone) in projection.generations() {
                let additions = changes
                    .iter()
                    .map(|change| addition(change, &origins, zone));
                let additions = additions.filter_map(Result::transpose);
                let additions = additions.collect::<Result<_, Fault>>()?;
                self.add(business, generation, additions).await?;
            }
        }
        Ok(())
    }

    /// What the packages that the changes concern were sold as: read from the records of their sales,
    /// which never change.
    async fn origins(
        &self,
        business: &BusinessId,
        changes: &[&Change],
    ) -> Result<BTreeMap<PackageId, Origin>, Fault> {
        let mut origins = BTreeMap::new();
        let mut wanted = BTreeSet::new();
        for change in changes {
            match change {
                Change::Entry(entry) => {
                    origins.extend(Origin::of(entry));
                    wanted.extend(entry.lines.iter().map(|line| line.package));
                    wanted.extend(paid_for(&entry.fact));
                }
                Change::Package { after, .. } => drop(wanted.insert(after.id)),
                Change::Other => {}
            }
        }
        let missing = wanted.into_iter().filter(|id| !origins.contains_key(id));
        let keys = missing.map(|id| keys::entry(business, &EntryKey::Sale(id)));
        let keys: Vec<_> = keys.collect();
        let mut found = Found(self.batch_get(&keys, Consistency::Strong).await?);
        for key in &keys {
            let sale = found.take(key)?;
            origins.extend(sale.as_ref().and_then(Origin::of));
        }
        Ok(origins)
    }
}

/// Whose rows a change concerns; none where it adds to none.
fn concerned(change: &Change) -> Option<&BusinessId> {
    match change {
        Change::Entry(entry) => {
            let adds = !entry.lines.is_empty()
                || paid_for(&entry.fact).is_some()
                || entry.fact.opportunity().is_some();
            Some(&entry.business).filter(|_| adds)
        }
        Change::Package { business, .. } => Some(business),
        Change::Other => None,
    }
}

/// What a change adds, in the days of `zone`.
fn addition(
    change: &Change,
    origins: &BTreeMap<PackageId, Origin>,
    zone: Tz,
) -> Result<Option<Addition>, Fault> {
    Ok(match change {
        Change::Entry(entry) => Some(Addition {
            marks: vec![Mark::Entry(entry.id)],
            postings: movements(entry, origins, zone).map_err(Fault::broken)?,
        }),
        Change::Package { before, after, .. } => {
            let origin = origins.get(&after.id);
            let origin = origin.ok_or_else(|| Fault::broken("a package without a sale"))?;
            let ending = Ending::of(before.as_deref(), after, origin, zone);
            Some(Addition::of(ending))
        }
        Change::Other => None,
    })
}
