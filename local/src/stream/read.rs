//! Reading the stream, each shard from where it was left.

use std::collections::BTreeMap;

use aws_lambda_events::dynamodb::{EventRecord, StreamRecord, StreamViewType};
use aws_sdk_dynamodbstreams::Client;
use aws_sdk_dynamodbstreams::config::{BehaviorVersion, Builder, Credentials, Region};
use aws_sdk_dynamodbstreams::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodbstreams::operation::get_shard_iterator::GetShardIteratorError;
use aws_sdk_dynamodbstreams::types::{Record, Shard, ShardIteratorType};
use serde_dynamo::Item;

use super::Positions;
use crate::Problem;

/// The stream of one table.
#[derive(Debug)]
pub struct Stream {
    client: Client,
    endpoint: String,
    arn: String,
    positions: Positions,
    /// Where each shard ended when the stream was opened, where that is where to begin.
    ends: BTreeMap<String, String>,
}

/// Where to begin in a stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Start {
    /// With the oldest record there is.
    Oldest,
    /// After these.
    After(Positions),
    /// With what is written from now on.
    Now,
}

impl Stream {
    /// The stream of `table` at `endpoint`; `start` is asked where to begin, by the stream's name.
    ///
    /// # Errors
    /// [`Problem::Stream`] when it cannot be read or the table has none.
    pub async fn open(
        endpoint: &str,
        table: &str,
        start: impl FnOnce(&str) -> Start,
    ) -> Result<Stream, Problem> {
        let config = Builder::default()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("eu-central-1"))
            .credentials_provider(Credentials::new("local", "local", None, None, "local"))
            .endpoint_url(endpoint)
            .http_client(aws_smithy_http_client::Builder::new().build_http())
            .build();
        let mut stream = Stream {
            client: Client::from_conf(config),
            endpoint: endpoint.to_owned(),
            arn: String::new(),
            positions: Positions::new(),
            ends: BTreeMap::new(),
        };
        let listed = stream.client.list_streams().table_name(table).send().await;
        let listed = listed.map_err(|error| stream.problem(&error))?;
        let arn = listed
            .streams()
            .first()
            .and_then(|found| found.stream_arn());
        stream.arn = arn
            .ok_or_else(|| stream.said("the table has no stream"))?
            .to_owned();
        match start(&stream.arn) {
            Start::Oldest => {}
            Start::After(positions) => stream.positions = positions,
            Start::Now => {
                for shard in stream.shards().await? {
                    let end = stream
                        .iterator(&shard, ShardIteratorType::Latest, None)
                        .await;
                    let end = end.map_err(|error| stream.problem(&error))?;
                    stream.ends.extend(end.map(|end| (shard, end)));
                }
            }
        }
        Ok(stream)
    }

    /// Its name: another table of the same name has another.
    pub fn arn(&self) -> &str {
        &self.arn
    }

    /// How far each shard has been read.
    pub fn positions(&self) -> &Positions {
        &self.positions
    }

    /// The record that has been handled; reading goes on after it.
    pub fn reached(&mut self, shard: &str, sequence: String) {
        self.positions.insert(shard.to_owned(), sequence);
    }

    /// The next records of each shard, at most `limit` of each.
    ///
    /// # Errors
    /// [`Problem::Stream`] when it cannot be read.
    pub async fn next(&self, limit: usize) -> Result<Vec<(String, Vec<EventRecord>)>, Problem> {
        let mut found = Vec::new();
        for shard in self.shards().await? {
            let records = self.records(&shard, limit).await?;
            found.push((shard, records));
        }
        Ok(found)
    }

    /// Every shard, parents before their children.
    async fn shards(&self) -> Result<Vec<String>, Problem> {
        let (mut shards, mut after) = (Vec::<Shard>::new(), None);
        loop {
            let request = self.client.describe_stream().stream_arn(&self.arn);
            let sent = request.set_exclusive_start_shard_id(after).send().await;
            let output = sent.map_err(|error| self.problem(&error))?;
            let Some(described) = output.stream_description else {
                break;
            };
            shards.extend(described.shards.unwrap_or_default());
            after = described.last_evaluated_shard_id;
            if after.is_none() {
                break;
            }
        }
        let ids = shards.into_iter().filter_map(|shard| shard.shard_id);
        Ok(ids.collect())
    }

    async fn records(&self, shard: &str, limit: usize) -> Result<Vec<EventRecord>, Problem> {
        let mut iterator = match (self.positions.get(shard), self.ends.get(shard)) {
            (None, Some(end)) => Some(end.clone()),
            (after, _) => self.place(shard, after).await?,
        };
        let limit = i32::try_from(limit).unwrap_or(i32::MAX).min(1000);
        // A page may be empty before the end of what there is.
        for _ in 0..3 {
            let Some(from) = iterator else { break };
            let request = self.client.get_records().shard_iterator(from).limit(limit);
            let output = request.send().await.map_err(|error| self.problem(&error))?;
            let records = output.records.unwrap_or_default();
            if !records.is_empty() {
                return Ok(records.into_iter().map(record).collect());
            }
            iterator = output.next_shard_iterator;
        }
        Ok(Vec::new())
    }

    /// The place after a record, or at the oldest there is.
    async fn place(&self, shard: &str, after: Option<&String>) -> Result<Option<String>, Problem> {
        let oldest = || self.iterator(shard, ShardIteratorType::TrimHorizon, None);
        let place = match after {
            None => oldest().await,
            Some(_) => {
                let kind = ShardIteratorType::AfterSequenceNumber;
                match self.iterator(shard, kind, after).await {
                    // What it was left at is gone.
                    Err(error) if is_trimmed(&error) => oldest().await,
                    place => place,
                }
            }
        };
        place.map_err(|error| self.problem(&error))
    }

    async fn iterator(
        &self,
        shard: &str,
        kind: ShardIteratorType,
        after: Option<&String>,
    ) -> Result<Option<String>, SdkError<GetShardIteratorError>> {
        let request = self.client.get_shard_iterator().stream_arn(&self.arn);
        let request = request.shard_id(shard).shard_iterator_type(kind);
        let output = request.set_sequence_number(after.cloned()).send().await?;
        Ok(output.shard_iterator)
    }

    fn problem(&self, error: &(impl std::error::Error + 'static)) -> Problem {
        self.said(&DisplayErrorContext(error).to_string())
    }

    fn said(&self, reason: &str) -> Problem {
        Problem::Stream {
            endpoint: self.endpoint.clone(),
            reason: crate::problem::without_debug(reason),
        }
    }
}

fn is_trimmed<E: ProvideErrorMetadata>(error: &SdkError<E>) -> bool {
    error
        .as_service_error()
        .and_then(ProvideErrorMetadata::code)
        == Some("TrimmedDataAccessException")
}

/// A record as Lambda gives it to a function.
fn record(read: Record) -> EventRecord {
    let mut record = EventRecord::default();
    record.aws_region = read.aws_region.unwrap_or_default();
    record.event_id = read.event_id.unwrap_or_default();
    record.event_name = read
        .event_name
        .map(|name| name.to_string())
        .unwrap_or_default();
    record.event_source = read.event_source;
    record.event_version = read.event_version;
    let Some(read) = read.dynamodb else {
        return record;
    };
    let mut change = StreamRecord::default();
    change.keys = Item::from(read.keys.unwrap_or_default());
    change.new_image = Item::from(read.new_image.unwrap_or_default());
    change.old_image = Item::from(read.old_image.unwrap_or_default());
    change.sequence_number = read.sequence_number;
    change.size_bytes = read.size_bytes.unwrap_or_default();
    change.stream_view_type = Some(StreamViewType::NewAndOldImages);
    record.change = change;
    record
}
