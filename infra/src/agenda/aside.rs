//! What failed, and what is set aside because it failed again and again.

use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{AttributeValue, Delete, Put, TransactWriteItem};
use domain::Instant;

use super::items::{FoundDue, OnAgenda};
use crate::keys::{self, Key};
use crate::single_writes::Where;
use crate::store::{Item, sdk_fault, write};
use crate::{Consistency, Fault, Store};

/// Why something was set aside, where it stands.
const REASON: &str = "reason";
/// The version of the record that put it on the agenda, where it stands.
const VERSION: &str = "version";

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

    /// Puts on the agenda again what was set aside, as if it had never failed. Whether it did: what cannot
    /// be read stays where it is.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn retry_set_aside(&self, found: &FoundDue, now: Instant) -> Result<bool, Fault> {
        let Ok(item) = &found.due else {
            return Ok(false);
        };
        let (of, due) = (item.of, item.due);
        // What a later version put there is tried anyway.
        self.put_on(&item.business, of, due, (item.version, now))
            .await?;
        self.delete_where(&found.key, Where::Always).await
    }

    /// Puts `item` in the place of what stands under `key` in this version, in one transaction. Whether it
    /// stood there.
    async fn move_aside(&self, item: Item, key: &Key, version: Option<u64>) -> Result<bool, Fault> {
        let put = Put::builder()
            .table_name(&self.table)
            .set_item(Some(item))
            .build()
            .map_err(Fault::broken)?;
        let mut delete = Delete::builder()
            .table_name(&self.table)
            .set_key(Some(key.attributes()));
        if let Some(version) = version {
            delete = delete
                .condition_expression("#version = :version")
                .expression_attribute_names("#version", VERSION)
                .expression_attribute_values(":version", AttributeValue::N(version.to_string()));
        }
        let delete = delete.build().map_err(Fault::broken)?;
        let request = self.client.transact_write_items();
        let sent = request
            .transact_items(TransactWriteItem::builder().put(put).build())
            .transact_items(TransactWriteItem::builder().delete(delete).build());
        let Err(error) = sent.send().await else {
            return Ok(true);
        };
        let gone = match error.as_service_error() {
            Some(TransactWriteItemsError::TransactionCanceledException(canceled)) => {
                let reasons = canceled.cancellation_reasons();
                let failed = |code: Option<&str>| code == Some("ConditionalCheckFailed");
                reasons.iter().any(|reason| failed(reason.code()))
            }
            Some(_) | None => false,
        };
        match gone {
            true => Ok(false),
            false => Err(sdk_fault(&error)),
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
