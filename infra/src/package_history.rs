//! A package with the entries that are its own: its sale, its payments, whatever was done to it outside
//! appointments.

use std::collections::VecDeque;

use domain::customers::Customer;
use domain::journal::Entry;
use domain::packages::{MOST_GIVEN, Package, given_away};
use domain::settings::Settings;
use domain::{BusinessId, CustomerId, PackageId};

use crate::customers::Found;
use crate::keys::Key;
use crate::packages::holder_at_first;
use crate::store::{Item, read};
use crate::{Consistency, Fault, Store, keys};

/// What recording a returned payment looks at.
#[derive(Debug, Clone)]
pub struct PackageHistory {
    /// The business's settings.
    pub settings: Option<Settings>,
    /// The package; none if there is no such package.
    pub package: Option<Package>,
    /// Who holds it.
    pub holder: Option<Customer>,
    /// The package's own entries, oldest first.
    pub entries: Vec<Entry>,
}

impl Store {
    /// A package and its own entries: one round trip if the caller knows its holder, else two.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn package_history(
        &self,
        business: &BusinessId,
        id: PackageId,
        holder: Option<CustomerId>,
        consistency: Consistency,
    ) -> Result<PackageHistory, Fault> {
        let partition = keys::package_entries(business, id);
        let entries = self.query_all(&partition, consistency);
        let (items, entries) = match holder {
            Some(holder) => {
                let items = self.package_items(business, id, holder, consistency);
                let (items, entries) = tokio::try_join!(items, entries)?;
                (items, in_order(entries)?)
            }
            None => {
                let entries = in_order(entries.await?)?;
                let items = match entries.iter().find_map(holder_at_first) {
                    Some(holder) => {
                        self.package_items(business, id, holder, consistency)
                            .await?
                    }
                    None => Vec::new(),
                };
                (items, entries)
            }
        };
        let holder = holder.or_else(|| entries.iter().find_map(holder_at_first));
        let mut found = Found(items);
        let mut history = PackageHistory {
            settings: found.take(&keys::settings(business))?,
            package: None,
            holder: None,
            entries,
        };
        if let Some(holder) = holder {
            history.package = found.take(&keys::package(business, holder, id))?;
            history.holder = found.take(&keys::profile(business, holder))?;
        }
        Ok(history)
    }

    /// The packages that units of `package` were given away to, and where those were given on, nearest
    /// first and [`MOST_GIVEN`] at most; as far as the journal's index has caught up. The packages are
    /// read strongly: no condition of a write tells of those that it leaves as they are.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn given_away(
        &self,
        business: &BusinessId,
        package: &Package,
    ) -> Result<Vec<Package>, Fault> {
        let mut found: Vec<Package> = Vec::new();
        let mut givers = VecDeque::from([package.clone()]);
        while let Some(giver) = givers.pop_front()
            && found.len() < MOST_GIVEN
        {
            if !giver.has_given_away() {
                continue;
            }
            let entries = self.customer_entries(business, giver.customer, None);
            let mut given = given_away(giver.id, &entries.await?);
            given.truncate(MOST_GIVEN - found.len());
            let keys = given.iter();
            let keys = keys.map(|(id, holder)| keys::package(business, *holder, *id));
            let keys: Vec<Key> = keys.collect();
            let mut items = Found(self.batch_get(&keys, Consistency::Strong).await?);
            for key in &keys {
                let package: Option<Package> = items.take(key)?;
                givers.extend(package.clone());
                found.extend(package);
            }
        }
        Ok(found)
    }

    pub(crate) async fn package_items(
        &self,
        business: &BusinessId,
        id: PackageId,
        holder: CustomerId,
        consistency: Consistency,
    ) -> Result<Vec<Item>, Fault> {
        let wanted = [
            keys::settings(business),
            keys::package(business, holder, id),
            keys::profile(business, holder),
        ];
        self.batch_get(&wanted, consistency).await
    }
}

/// Entries, oldest first.
pub(crate) fn in_order(items: Vec<Item>) -> Result<Vec<Entry>, Fault> {
    let entries = items.into_iter().map(read);
    let mut entries: Vec<Entry> = entries.collect::<Result<_, _>>()?;
    entries.sort_by_key(|entry| entry.id);
    Ok(entries)
}
