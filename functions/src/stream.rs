//! Functions that the table's stream calls: what they are given, and how they say what failed.

use aws_lambda_events::dynamodb::{Event, EventRecord};
use aws_lambda_events::streams::{DynamoDbBatchItemFailure, DynamoDbEventResponse};
use futures::future::BoxFuture;
use infra::{Bus, Fault, Metrics, Store, client, telemetry};
use lambda_runtime::{LambdaEvent, service_fn};

use crate::Clock;
use crate::run::{App, Start};

/// One Lambda function behind the table's stream.
#[derive(Debug, Clone, Copy)]
pub struct StreamFunction {
    /// Its name: the binary's, and the last part of its `CodeUri` in template.yaml.
    pub name: &'static str,
    pub(crate) handle: for<'a> fn(&'a App, &'a [EventRecord]) -> Handled<'a>,
    /// Whether it publishes events, and so works with the bus and not with the table.
    pub publishes: bool,
}

/// Whether a batch was handled, once that is known.
pub(crate) type Handled<'a> = BoxFuture<'a, Result<(), Failed>>;

/// Every function there is behind the stream.
pub const STREAM_FUNCTIONS: [StreamFunction; 2] = [
    crate::follow_journal::FUNCTION,
    crate::publish_events::FUNCTION,
];

/// Where a batch stopped. What comes before is done; what comes from there on is delivered again.
#[derive(Debug)]
pub struct Failed {
    /// The place in the batch of the first record that was not handled, from 0.
    pub first: usize,
    /// Why.
    pub fault: Fault,
}

impl StreamFunction {
    /// Handles a batch of records as Lambda delivers it. The answer names the first record that
    /// failed, if one did: from it on, the stream delivers again.
    pub async fn call(&self, app: &App, event: Event) -> DynamoDbEventResponse {
        let mut response = DynamoDbEventResponse::default();
        let Err(failed) = (self.handle)(app, &event.records).await else {
            tracing::info!(function = self.name, records = event.records.len(), "batch");
            return response;
        };
        let record = event.records.get(failed.first);
        let sequence = record.and_then(|record| record.change.sequence_number.as_deref());
        let sequence = sequence.unwrap_or_default();
        tracing::error!(
            function = self.name,
            records = event.records.len(),
            sequence,
            cause = failed.fault.cause(),
            "batch"
        );
        let mut failure = DynamoDbBatchItemFailure::default();
        failure.item_identifier = Some(sequence.to_owned());
        response.batch_item_failures.push(failure);
        response
    }
}

/// Runs a stream function on Lambda, on the table that `CARNET_TABLE` names; one that publishes, on the
/// bus that `CARNET_BUS` names.
///
/// # Errors
/// When the environment is incomplete or the runtime ends.
pub async fn run_stream(function: StreamFunction) -> Start {
    telemetry::init();
    let table = std::env::var("CARNET_TABLE").map_err(|_| "CARNET_TABLE is not set")?;
    let store = Store::new(client::from_env().await, table).with_metrics(Metrics::from_env());
    let bus = if function.publishes {
        let name = std::env::var("CARNET_BUS").map_err(|_| "CARNET_BUS is not set")?;
        let bus = Bus::from_env(name).await;
        bus.open().await;
        Some(bus)
    } else {
        store.open().await;
        None
    };
    let app = &App {
        store,
        clock: Clock::system(),
        bus,
    };
    lambda_runtime::run(service_fn(|event: LambdaEvent<Event>| async move {
        Ok::<_, lambda_runtime::Error>(function.call(app, event.payload).await)
    }))
    .await
}
