//! What many decisions leave behind, written at once: for benchmarks, which begin with the work of years.

use std::collections::{BTreeMap, HashMap};

use aws_sdk_dynamodb::error::DisplayErrorContext;
use aws_sdk_dynamodb::types::{PutRequest, TransactWriteItem, WriteRequest};
use domain::packages::Package;
use domain::{BusinessId, Decision, PackageId, Put};
use futures::{StreamExt, TryStreamExt, stream};

use super::changes;
use crate::keys::Key;
use crate::pace::Pace;
use crate::store::Item;
use crate::{Fault, Store};

/// The most that one request may write.
const OF_A_REQUEST: usize = 25;
/// How many requests are under way at once.
const AT_ONCE: usize = 4;

/// What the decisions so far leave behind.
#[derive(Default)]
struct Left {
    items: HashMap<Key, Item>,
    packages: BTreeMap<PackageId, (BusinessId, Package)>,
}

impl Store {
    /// Writes what these decisions, one after the other, leave behind: each item once, as it is in the
    /// end. A package needs every entry that touches it, from its sale on. There are no transactions and
    /// no conditions, so this is for tables that nobody works with yet. How many items that were.
    ///
    /// # Errors
    /// [`Fault::Broken`] for a decision on a package that was not sold among them, or on what is counted
    /// for a quota; otherwise when the database fails.
    pub async fn write_in_bulk(&self, decisions: &[Decision]) -> Result<usize, Fault> {
        let mut left = Left::default();
        for decision in decisions {
            if !decision.counting.is_empty() {
                return Err(Fault::broken(
                    "what counts for a quota is linked one by one",
                ));
            }
            for (_, put) in self.put_entries(decision)? {
                left.take(put)?;
            }
            for put in self.put_records(decision)? {
                left.take(put)?;
            }
            left.follow(decision)?;
        }
        for (business, package) in left.packages.values() {
            for put in self.put_record(business, &Put::Package(package.clone()), &[])? {
                let item = put.put.map(|put| put.item);
                left.items.extend(item.and_then(keyed));
            }
        }
        let items: Vec<Item> = left.items.into_values().collect();
        let requests = items.chunks(OF_A_REQUEST).map(|items| self.put_all(items));
        let requests = stream::iter(requests).buffer_unordered(AT_ONCE);
        requests.try_collect::<Vec<()>>().await?;
        Ok(items.len())
    }

    async fn put_all(&self, items: &[Item]) -> Result<(), Fault> {
        let put = |item: &Item| {
            let put = PutRequest::builder().set_item(Some(item.clone())).build();
            let put = put.map_err(Fault::broken)?;
            Ok(WriteRequest::builder().put_request(put).build())
        };
        let mut left: Vec<WriteRequest> = items.iter().map(put).collect::<Result<_, Fault>>()?;
        let mut pace = Pace::new(self.patience);
        loop {
            let request = self.client.batch_write_item();
            let sent = request.request_items(&self.table, left).send().await;
            let output = sent.map_err(|error| Fault::Unavailable {
                cause: DisplayErrorContext(&error).to_string(),
            })?;
            let mut unprocessed = output.unprocessed_items.unwrap_or_default();
            left = unprocessed.remove(&self.table).unwrap_or_default();
            if left.is_empty() {
                return Ok(());
            }
            pace.ease().await?;
        }
    }
}

impl Left {
    fn take(&mut self, part: TransactWriteItem) -> Result<(), Fault> {
        if part.update.is_some() {
            return Err(Fault::broken("an update needs what it updates"));
        }
        self.items
            .extend(part.put.map(|put| put.item).and_then(keyed));
        let gone = part.delete.and_then(|delete| Key::of(&delete.key));
        if let Some(key) = gone {
            self.items.remove(&key);
        }
        Ok(())
    }

    /// The packages as the decision leaves them.
    fn follow(&mut self, decision: &Decision) -> Result<(), Fault> {
        for put in &decision.puts {
            if let Put::Package(package) = put {
                let business = decision.entry.business.clone();
                self.packages
                    .insert(package.id, (business, package.clone()));
            }
        }
        for id in changes(decision).keys() {
            let (_, package) = self
                .packages
                .get_mut(id)
                .ok_or_else(|| Fault::broken("a package that was not sold here"))?;
            for (_, entry) in decision.entries() {
                *package = package.after(entry).map_err(Fault::broken)?;
            }
        }
        Ok(())
    }
}

fn keyed(item: Item) -> Option<(Key, Item)> {
    Some((Key::of(&item)?, item))
}
