//! Functions that the table's stream calls: what they are given, and how they say what failed.

use aws_lambda_events::dynamodb::{Event, EventRecord};
use aws_lambda_events::streams::{DynamoDbBatchItemFailure, DynamoDbEventResponse};
use futures::future::BoxFuture;
use infra::{Bus, Fault};
use lambda_runtime::{Diagnostic, LambdaEvent, service_fn};

use crate::Clock;
use crate::run::{App, Start, begin};

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

// What Lambda says of a batch of which nothing was handled.
impl From<Failed> for Diagnostic {
    fn from(failed: Failed) -> Self {
        Self {
            error_type: "batch-failed".to_owned(),
            error_message: failed.fault.to_string(),
        }
    }
}

impl StreamFunction {
    /// Handles a batch of records as Lambda delivers it. The answer names the first record that
    /// failed, if one did: from it on, the stream delivers again.
    ///
    /// # Errors
    /// [`Failed`] when it is the very first of several or the only one. Lambda then cuts the batch in two,
    /// until what fails is alone; from a record that is named it would deliver the same batch again, and
    /// in the end set all of it aside.
    pub async fn call(&self, app: &App, event: Event) -> Result<DynamoDbEventResponse, Failed> {
        let mut response = DynamoDbEventResponse::default();
        let Err(failed) = (self.handle)(app, &event.records).await else {
            tracing::info!(function = self.name, records = event.records.len(), "batch");
            return Ok(response);
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
        if failed.first == 0 {
            return Err(failed);
        }
        let mut failure = DynamoDbBatchItemFailure::default();
        failure.item_identifier = Some(sequence.to_owned());
        response.batch_item_failures.push(failure);
        Ok(response)
    }
}

/// Runs a stream function on Lambda, on the table that `CARNET_TABLE` names; one that publishes, on the
/// bus that `CARNET_BUS` names.
///
/// # Errors
/// When the environment is incomplete or the runtime ends.
pub async fn run_stream(function: StreamFunction) -> Start {
    let store = begin()?;
    let bus = if function.publishes {
        let name = std::env::var("CARNET_BUS").map_err(|_| "CARNET_BUS is not set")?;
        let bus = Bus::of_function(name)?;
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
        function.call(app, event.payload).await
    }))
    .await
}
