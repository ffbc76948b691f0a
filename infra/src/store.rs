//! The few ways the database is asked. Each is one request, counted by the meter if there is one.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::types::{AttributeValue, KeysAndAttributes, ReturnConsumedCapacity};

use crate::keys::Key;
use crate::table::{Index, PK, SK};
use crate::{Fault, Meter, Metrics};

pub(crate) type Item = HashMap<String, AttributeValue>;

/// How fresh a read is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consistency {
    /// Half the price; may miss the last moments.
    Eventual,
    /// Sees every commit that was acknowledged before.
    Strong,
}

impl Consistency {
    pub(crate) fn is_strong(self) -> bool {
        self == Consistency::Strong
    }
}

/// The table.
#[derive(Debug, Clone)]
pub struct Store {
    pub(crate) client: Client,
    pub(crate) table: String,
    pub(crate) patience: Duration,
    pub(crate) metrics: Metrics,
    meter: Option<Meter>,
}

/// Which part of a partition, and in which order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Range {
    pub(crate) from: Option<String>,
    pub(crate) to: Option<String>,
    pub(crate) descending: bool,
    pub(crate) limit: Option<u16>,
}

impl Store {
    /// The table `table`, through `client`.
    pub fn new(client: Client, table: impl Into<String>) -> Self {
        Self {
            client,
            table: table.into(),
            patience: Duration::from_secs(10),
            metrics: Metrics::default(),
            meter: None,
        }
    }

    /// How long a mutation may take before it gives up.
    #[must_use]
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Says what is committed, and what that took.
    #[must_use]
    pub fn with_metrics(self, metrics: Metrics) -> Self {
        Self { metrics, ..self }
    }

    /// Where its metrics go.
    pub fn metrics(&self) -> &Metrics {
        &self.metrics
    }

    /// Counts what its requests cost.
    #[must_use]
    pub fn with_meter(self, meter: Meter) -> Self {
        Self {
            meter: Some(meter),
            ..self
        }
    }

    /// Opens the connection ahead of the first request. Whether the read succeeds is of no matter
    /// here: the first request will say.
    pub async fn open(&self) {
        let key = Key {
            pk: "OPEN".to_owned(),
            sk: "OPEN".to_owned(),
        };
        let _ = self.get(&key, Consistency::Eventual).await;
    }

    pub(crate) fn capacity(&self) -> Option<ReturnConsumedCapacity> {
        self.meter.as_ref().map(|_| ReturnConsumedCapacity::Indexes)
    }

    pub(crate) fn record<'a>(
        &self,
        from: Instant,
        write: bool,
        consumed: impl IntoIterator<Item = &'a aws_sdk_dynamodb::types::ConsumedCapacity>,
    ) {
        if let Some(meter) = &self.meter {
            meter.record(from, write, consumed);
        }
    }

    /// One item.
    pub(crate) async fn get(
        &self,
        key: &Key,
        consistency: Consistency,
    ) -> Result<Option<Item>, Fault> {
        let from = Instant::now();
        let request = self.client.get_item().table_name(&self.table);
        let sent = request
            .set_key(Some(key.attributes()))
            .consistent_read(consistency.is_strong())
            .set_return_consumed_capacity(self.capacity());
        let output = sent.send().await.map_err(|error| sdk_fault(&error))?;
        self.record(from, false, output.consumed_capacity());
        Ok(output.item)
    }

    /// Items by key, in no order; those that do not exist are left out.
    pub(crate) async fn batch_get(
        &self,
        keys: &[Key],
        consistency: Consistency,
    ) -> Result<Vec<Item>, Fault> {
        let mut wanted: Vec<&Key> = keys.iter().collect();
        wanted.sort_by_key(|key| (&key.pk, &key.sk));
        wanted.dedup();
        let mut items = Vec::with_capacity(wanted.len());
        // What one request may ask for.
        for part in wanted.chunks(100) {
            items.extend(self.batch_part(part, consistency).await?);
        }
        Ok(items)
    }

    async fn batch_part(
        &self,
        keys: &[&Key],
        consistency: Consistency,
    ) -> Result<Vec<Item>, Fault> {
        let mut items = Vec::with_capacity(keys.len());
        let mut left: Vec<Item> = keys.iter().map(|key| key.attributes()).collect();
        for _ in 0..10 {
            if left.is_empty() {
                return Ok(items);
            }
            let keys = KeysAndAttributes::builder()
                .set_keys(Some(left))
                .consistent_read(consistency.is_strong())
                .build()
                .map_err(Fault::broken)?;
            let from = Instant::now();
            let request = self
                .client
                .batch_get_item()
                .request_items(&self.table, keys);
            let sent = request.set_return_consumed_capacity(self.capacity());
            let output = sent.send().await.map_err(|error| sdk_fault(&error))?;
            self.record(from, false, output.consumed_capacity());
            let found = output.responses.into_iter();
            items.extend(
                found
                    .flat_map(|mut found| found.remove(&self.table))
                    .flatten(),
            );
            let unprocessed = output
                .unprocessed_keys
                .and_then(|mut left| left.remove(&self.table));
            left = unprocessed.map(|left| left.keys).unwrap_or_default();
        }
        Err(Fault::Unavailable {
            cause: "a batch read kept leaving keys unprocessed".to_owned(),
        })
    }

    /// Everything in a range of a partition, page by page.
    pub(crate) async fn query_all(
        &self,
        partition: &str,
        consistency: Consistency,
    ) -> Result<Vec<Item>, Fault> {
        let mut items = Vec::new();
        let mut start = None;
        loop {
            let from = Instant::now();
            let request = self.client.query().table_name(&self.table);
            let sent = request
                .key_condition_expression("#pk = :pk")
                .expression_attribute_names("#pk", PK)
                .expression_attribute_values(":pk", AttributeValue::S(partition.to_owned()))
                .consistent_read(consistency.is_strong())
                .set_exclusive_start_key(start)
                .set_return_consumed_capacity(self.capacity());
            let output = sent.send().await.map_err(|error| sdk_fault(&error))?;
            self.record(from, false, output.consumed_capacity());
            items.extend(output.items.unwrap_or_default());
            start = output.last_evaluated_key;
            if start.is_none() {
                return Ok(items);
            }
        }
    }

    /// One page of a range of a partition, of the table or of an index, and whether the range goes
    /// on: a page also ends at a megabyte. `from` and `to` are inclusive bounds of the sort key.
    pub(crate) async fn query_page(
        &self,
        index: Option<Index>,
        partition: &str,
        range: &Range,
    ) -> Result<(Vec<Item>, bool), Fault> {
        let (hash, sort) = index.map_or((PK, SK), |index| (index.partition, index.sort));
        let started = Instant::now();
        let bounds = match (&range.from, &range.to) {
            (Some(_), Some(_)) => " AND #sk BETWEEN :from AND :to",
            (Some(_), None) => " AND #sk >= :from",
            (None, Some(_)) => " AND #sk <= :to",
            (None, None) => "",
        };
        let mut request = self
            .client
            .query()
            .table_name(&self.table)
            .set_index_name(index.map(|index| index.name.to_owned()))
            .key_condition_expression(format!("#pk = :pk{bounds}"))
            .expression_attribute_names("#pk", hash)
            .expression_attribute_values(":pk", AttributeValue::S(partition.to_owned()))
            .scan_index_forward(!range.descending)
            .set_limit(range.limit.map(i32::from))
            .set_return_consumed_capacity(self.capacity());
        if !bounds.is_empty() {
            request = request.expression_attribute_names("#sk", sort);
        }
        for (name, bound) in [(":from", &range.from), (":to", &range.to)] {
            if let Some(bound) = bound {
                let value = AttributeValue::S(bound.clone());
                request = request.expression_attribute_values(name, value);
            }
        }
        let output = request.send().await.map_err(|error| sdk_fault(&error))?;
        self.record(started, false, output.consumed_capacity());
        let more = output.last_evaluated_key.is_some();
        Ok((output.items.unwrap_or_default(), more))
    }
}

/// A read that failed. Throttling and lost connections pass; a request the database finds invalid
/// is ours.
pub(crate) fn sdk_fault<E>(error: &SdkError<E>) -> Fault
where
    E: ProvideErrorMetadata + std::error::Error + 'static,
    SdkError<E>: std::error::Error,
{
    let cause = DisplayErrorContext(error).to_string();
    let code = error
        .as_service_error()
        .and_then(ProvideErrorMetadata::code);
    match code {
        Some("ValidationException") => Fault::Broken { cause },
        Some("ResourceNotFoundException" | "AccessDeniedException") => Fault::Denied { cause },
        Some(_) | None => Fault::Unavailable { cause },
    }
}

/// The item's value of a type, or what is wrong with it.
pub(crate) fn read<T: for<'a> serde::Deserialize<'a>>(item: Item) -> Result<T, Fault> {
    let key = Key::of(&item).map(|key| key.sk).unwrap_or_default();
    serde_dynamo::aws_sdk_dynamodb_1::from_item(item)
        .map_err(|error| Fault::broken(format_args!("item {key}: {error}")))
}

/// The attributes of a value, under its key.
pub(crate) fn write(value: &impl serde::Serialize, key: &Key) -> Result<Item, Fault> {
    let mut item: Item = serde_dynamo::aws_sdk_dynamodb_1::to_item(value).map_err(Fault::broken)?;
    item.extend(key.attributes());
    Ok(item)
}
