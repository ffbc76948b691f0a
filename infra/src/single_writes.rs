//! Writing one item where its place allows it: outside of the transactions that write the journal.

use std::collections::HashMap;
use std::time::Instant as Started;

use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::types::AttributeValue;

use crate::keys::Key;
use crate::store::{Item, sdk_fault};
use crate::table::PK;
use crate::{Fault, Store};

/// Where something is written, or taken away.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Where {
    /// Whatever is there.
    Always,
    /// Where nothing is.
    Nothing,
    /// Where this version is.
    Version(u64),
    /// Where an earlier version is.
    Before(u64),
    /// Where nothing or an earlier version is.
    NothingOrBefore(u64),
}

impl Where {
    pub(crate) fn condition(self) -> Option<String> {
        let condition = match self {
            Where::Always => return None,
            Where::Nothing => "attribute_not_exists(#pk)",
            Where::Version(_) => "#version = :version",
            Where::Before(_) => "#version < :version",
            Where::NothingOrBefore(_) => "attribute_not_exists(#pk) OR #version < :version",
        };
        Some(condition.to_owned())
    }

    /// What its condition speaks of: a name that is not spoken of is an error.
    pub(crate) fn names(self) -> Option<HashMap<String, String>> {
        let condition = self.condition()?;
        let names = [("#pk", PK), ("#version", "version")];
        let names = names
            .into_iter()
            .filter(|(name, _)| condition.contains(name));
        Some(
            names
                .map(|(name, is)| (name.to_owned(), is.to_owned()))
                .collect(),
        )
    }

    pub(crate) fn values(self) -> Option<HashMap<String, AttributeValue>> {
        match self {
            Where::Always | Where::Nothing => None,
            Where::Version(version) | Where::Before(version) | Where::NothingOrBefore(version) => {
                let version = AttributeValue::N(version.to_string());
                Some(HashMap::from([(":version".to_owned(), version)]))
            }
        }
    }
}

impl Store {
    /// Puts an item where its place allows it; whether it did.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub(crate) async fn put_where(&self, item: Item, place: Where) -> Result<bool, Fault> {
        let from = Started::now();
        let put = self.client.put_item().table_name(&self.table);
        let put = put
            .set_item(Some(item))
            .set_condition_expression(place.condition())
            .set_expression_attribute_names(place.names())
            .set_expression_attribute_values(place.values());
        let sent = put.set_return_consumed_capacity(self.capacity()).send();
        allowed(sent.await, |done| {
            self.record(from, true, done.consumed_capacity());
        })
    }

    /// Deletes an item where its place allows it; whether it did.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub(crate) async fn delete_where(&self, key: &Key, place: Where) -> Result<bool, Fault> {
        let from = Started::now();
        let delete = self.client.delete_item().table_name(&self.table);
        let delete = delete
            .set_key(Some(key.attributes()))
            .set_condition_expression(place.condition())
            .set_expression_attribute_names(place.names())
            .set_expression_attribute_values(place.values());
        let sent = delete.set_return_consumed_capacity(self.capacity()).send();
        allowed(sent.await, |done| {
            self.record(from, true, done.consumed_capacity());
        })
    }
}

/// Whether the condition held.
fn allowed<O, E>(sent: Result<O, SdkError<E>>, done: impl FnOnce(&O)) -> Result<bool, Fault>
where
    E: ProvideErrorMetadata + std::error::Error + 'static,
    SdkError<E>: std::error::Error,
{
    match sent {
        Ok(output) => {
            done(&output);
            Ok(true)
        }
        Err(error) => {
            let service = error.as_service_error();
            match service.and_then(ProvideErrorMetadata::code) {
                Some("ConditionalCheckFailedException") => Ok(false),
                Some(_) | None => Err(sdk_fault(&error)),
            }
        }
    }
}
