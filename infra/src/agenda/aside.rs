//! What failed, and what is set aside because it failed again and again.

use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{AttributeValue, Delete, Put, TransactWriteItem};
use domain::Instant;

use super::items::{FoundDue, OnAgenda, day_for};
use crate::keys::{self, Key};
use crate::single_writes::Where;
use crate::store::{Item, sdk_fault, write};
use crate::{Consistency, Fault, Store};

/// Why something was set aside, where it stands.
const REASON: &str = "reason";
/// The version of the record that put it on the agenda, where it stands.
const VERSION: &str = "version";

/// How a move ended; nothing was written where it is not done.
enum Moved {
    Done,
    /// What was to be moved does not stand there, or in another version.
    Gone,
    /// Its place does not allow it.
    Taken,
}

impl Store {
    /// Notes that an attempt failed, and why. What failed `most` times is set aside: it is not tried any
    /// more, and stands in a list of its own. Whether it does; what was done or put there again meanwhile
    /// is left as it is.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn failed_on_agenda(
        &self,
        item: &OnAgenda,
        reason: &str,
        most: u32,
    ) -> Result<bool, Fault> {
        let failed = OnAgenda {
            attempts: item.attempts + 1,
            reason: Some(reason.to_owned()),
            ..item.clone()
        };
        let key = item.key();
        if failed.attempts >= most {
            let aside = write(&failed, &aside(&key))?;
            return self.move_aside(aside, &key, Some(item.version)).await;
        }
        let failed = write(&failed, &key)?;
        self.put_where(failed, Where::Version(item.version)).await?;
        Ok(false)
    }

    /// Sets aside as it is what cannot be read. Whether it does; what a later version of the record put there
    /// meanwhile is left as it is.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn set_unreadable_aside(
        &self,
        found: &FoundDue,
        reason: &str,
    ) -> Result<bool, Fault> {
        let mut item = found.item.clone();
        // One without a version is replaced by nobody.
        let version = item.get(VERSION).and_then(|version| version.as_n().ok());
        let version = version.and_then(|version| version.parse().ok());
        item.extend(aside(&found.key).attributes());
        item.insert(REASON.to_owned(), AttributeValue::S(reason.to_owned()));
        self.move_aside(item, &found.key, version).await
    }

    /// What was set aside, the longest due first.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn set_aside(&self) -> Result<Vec<FoundDue>, Fault> {
        let partition = keys::set_aside();
        let items = self.query_all(&partition, Consistency::Strong).await?;
        Ok(items.into_iter().filter_map(FoundDue::of).collect())
    }

    /// Puts on the agenda again what was set aside, as if it had never failed, and takes it from there, in one
    /// transaction. Whether it is on the agenda: what cannot be read stays where it is, and so does what
    /// another moved or put there meanwhile.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn retry_set_aside(&self, found: &FoundDue, now: Instant) -> Result<bool, Fault> {
        let Ok(item) = &found.due else {
            return Ok(false);
        };
        let again = OnAgenda {
            day: day_for(item.due, now),
            attempts: 0,
            reason: None,
            ..item.clone()
        };
        let again = write(&again, &again.key())?;
        let from = Where::Version(item.version);
        // What is there in this version too is tried from its beginning.
        let to = Where::NothingOrBefore(item.version + 1);
        match self.move_to((again, to), (&found.key, from)).await? {
            Moved::Done => Ok(true),
            Moved::Gone => Ok(false),
            // What a later version put there is tried anyway.
            Moved::Taken => self.delete_where(&found.key, from).await,
        }
    }

    /// Puts `item` in the place of what stands under `key` in this version. Whether it stood there.
    async fn move_aside(&self, item: Item, key: &Key, version: Option<u64>) -> Result<bool, Fault> {
        let from = version.map_or(Where::Always, Where::Version);
        let moved = self.move_to((item, Where::Always), (key, from)).await?;
        Ok(matches!(moved, Moved::Done))
    }

    /// Puts an item where its place allows it, and deletes what stands elsewhere: both or neither.
    async fn move_to(
        &self,
        (item, to): (Item, Where),
        (key, from): (&Key, Where),
    ) -> Result<Moved, Fault> {
        let put = Put::builder()
            .table_name(&self.table)
            .set_item(Some(item))
            .set_condition_expression(to.condition())
            .set_expression_attribute_names(to.names())
            .set_expression_attribute_values(to.values());
        let delete = Delete::builder()
            .table_name(&self.table)
            .set_key(Some(key.attributes()))
            .set_condition_expression(from.condition())
            .set_expression_attribute_names(from.names())
            .set_expression_attribute_values(from.values());
        let put = put.build().map_err(Fault::broken)?;
        let delete = delete.build().map_err(Fault::broken)?;
        let request = self.client.transact_write_items();
        let sent = request
            .transact_items(TransactWriteItem::builder().delete(delete).build())
            .transact_items(TransactWriteItem::builder().put(put).build());
        let Err(error) = sent.send().await else {
            return Ok(Moved::Done);
        };
        let failed = match error.as_service_error() {
            Some(TransactWriteItemsError::TransactionCanceledException(canceled)) => {
                let mut reasons = canceled.cancellation_reasons().iter();
                reasons.position(|reason| reason.code() == Some("ConditionalCheckFailed"))
            }
            Some(_) | None => None,
        };
        match failed {
            Some(0) => Ok(Moved::Gone),
            Some(_) => Ok(Moved::Taken),
            None => Err(sdk_fault(&error)),
        }
    }
}

impl FoundDue {
    /// Why it was set aside.
    pub fn reason(&self) -> &str {
        let reason = self.item.get(REASON).and_then(|reason| reason.as_s().ok());
        reason.map(String::as_str).unwrap_or_default()
    }

    /// Where it stands, for one that cannot be read.
    pub fn place(&self) -> &str {
        &self.key.sk
    }
}

fn aside(key: &Key) -> Key {
    Key {
        pk: keys::set_aside(),
        sk: key.sk.clone(),
    }
}
