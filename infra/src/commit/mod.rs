//! The commit: a decision becomes one conditional transaction.
//!
//! A record is written whole, on the version it replaces. A package that exists is never written
//! whole: its balances move by the arithmetic of the entry's lines, on the version that was read
//! and on the units being there, so that even a wrong decision cannot overdraw it.

#[cfg(feature = "bulk")]
mod bulk;
mod change;
mod flows;
mod outcome;
mod pipeline;
mod quotas;
mod records;
mod units;

use std::collections::BTreeMap;
use std::time::Instant as Started;

use aws_sdk_dynamodb::error::{DisplayErrorContext, ProvideErrorMetadata};
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::TransactWriteItem;
use domain::journal::Entry;
use domain::packages::Package;
use domain::{Decision, PackageId, Put};

use crate::digest::token;
use crate::keys::{self, Key};
use crate::pace::Pace;
use crate::store::read;
use crate::{Consistency, Fault, Store};
use change::Change;
use outcome::{Part, Sent, outcome, refused};

/// How an attempt to commit ended.
#[derive(Debug)]
pub(crate) enum Committed {
    /// Everything was written.
    Done,
    /// The entry's key is taken, by this entry: nothing was written.
    Taken(Box<Entry>),
    /// These packages changed since they were read: nothing was written.
    Changed(Vec<Package>),
    /// Something else changed since it was read: nothing was written.
    Stale,
}

impl Store {
    /// Commits a decision, or says what stood against it. `attempt` counts the decisions of one
    /// request: the same decision sent again keeps its number.
    pub(crate) async fn commit_patiently(
        &self,
        decision: &Decision,
        attempt: u32,
        pace: &mut Pace,
    ) -> Result<Committed, Fault> {
        let entry = &decision.entry;
        let key = keys::entry(&entry.business, &decision.key);
        let mut parts = self.put_entries(decision)?;
        for (package, change) in changes(decision) {
            let holder = decision.holders.get(&package);
            let holder = holder.ok_or_else(|| Fault::broken("a change without a holder"))?;
            let update = self.change_package(&entry.business, *holder, package, &change)?;
            parts.push((Part::Package, update));
        }
        let records = self.put_records(decision)?;
        parts.extend(records.into_iter().map(|item| (Part::Other, item)));
        for quota in &decision.counting {
            parts.push((Part::Other, self.count_for(&entry.business, *quota)?));
        }
        loop {
            match self.transact(entry, &key, attempt, parts.clone()).await? {
                Sent::Ended(committed) => return Ok(committed),
                Sent::Contended => pace.wait().await?,
                Sent::Busy => pace.ease().await?,
            }
        }
    }

    fn put_entries(&self, decision: &Decision) -> Result<Vec<(Part, TransactWriteItem)>, Fault> {
        let mut parts = Vec::new();
        for (key, entry) in decision.entries() {
            let key = keys::entry(&entry.business, key);
            parts.push((Part::Entry, self.put_entry(entry, &key)?));
            for other in &entry.also {
                parts.push((Part::Other, self.put_copy(entry, *other)?));
            }
        }
        Ok(parts)
    }

    fn put_records(&self, decision: &Decision) -> Result<Vec<TransactWriteItem>, Fault> {
        let business = &decision.entry.business;
        let puts = decision.puts.iter();
        let puts = puts.map(|put| self.put_record(business, put, &decision.puts));
        Ok(puts.collect::<Result<Vec<_>, Fault>>()?.concat())
    }

    async fn transact(
        &self,
        entry: &Entry,
        key: &Key,
        attempt: u32,
        parts: Vec<(Part, TransactWriteItem)>,
    ) -> Result<Sent, Fault> {
        let (names, items): (Vec<Part>, Vec<TransactWriteItem>) = parts.into_iter().unzip();
        // One token per decision: sent again it is the same transaction, decided again another.
        let attempt = attempt.to_string();
        let request_token = token(&[&key.pk, &key.sk, &entry.id.to_string(), &attempt]);
        let from = Started::now();
        let sent = self
            .client
            .transact_write_items()
            .set_transact_items(Some(items))
            .client_request_token(request_token)
            .set_return_consumed_capacity(self.capacity())
            .send()
            .await;
        let error = match sent {
            Ok(output) => {
                self.record(from, true, output.consumed_capacity());
                return Ok(Sent::Ended(Committed::Done));
            }
            Err(error) => error,
        };
        self.record(from, true, None);
        let cause = DisplayErrorContext(&error).to_string();
        if let Some(TransactWriteItemsError::TransactionCanceledException(canceled)) =
            error.as_service_error()
        {
            return outcome(&names, canceled.cancellation_reasons(), cause);
        }
        match refused(error.code(), cause) {
            Some(sent) => sent,
            None => self.look_for(entry, key).await,
        }
    }

    /// The answer was lost: whether the transaction was written shows in whether its entry is there.
    async fn look_for(&self, entry: &Entry, key: &Key) -> Result<Sent, Fault> {
        let found: Option<Entry> = self
            .get(key, Consistency::Strong)
            .await?
            .map(read)
            .transpose()?;
        Ok(match found {
            Some(found) if found.id == entry.id => Sent::Ended(Committed::Done),
            Some(found) => Sent::Ended(Committed::Taken(Box::new(found))),
            None => Sent::Contended,
        })
    }
}

/// What the entries change in each package that exists already.
fn changes(decision: &Decision) -> BTreeMap<PackageId, Change<'_>> {
    let new = |id: PackageId| {
        decision
            .puts
            .iter()
            .any(|put| matches!(put, Put::Package(package) if package.id == id))
    };
    let mut changes = BTreeMap::<PackageId, Change<'_>>::new();
    for (_, entry) in decision.entries() {
        for line in entry.lines.iter().filter(|line| !new(line.package)) {
            let change = changes.entry(line.package).or_default();
            change.lines.push(line);
            change.reaches(line.version, entry);
        }
        for standing in entry.standings.iter().filter(|s| !new(s.package)) {
            let change = changes.entry(standing.package).or_default();
            change.standing = Some(&standing.standing);
            change.reaches(standing.version, entry);
        }
    }
    changes
}
