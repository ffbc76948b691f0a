//! Functions that a schedule calls.

use std::time::{Duration, Instant, SystemTime};

use futures::future::BoxFuture;
use infra::Fault;
use lambda_runtime::{LambdaEvent, service_fn};
use serde_json::Value;

use crate::due_work;
use crate::due_work::Worked;
use crate::run::{App, Start, begin_at_table};

/// How long before its time is up a function begins nothing more: what it has begun gets as long as a
/// mutation may take.
const MARGIN: Duration = Duration::from_secs(15);

/// Until when a function goes on.
#[derive(Debug, Clone, Copy)]
pub struct Deadline(Instant);

impl Deadline {
    /// So long from now.
    pub fn after(time: Duration) -> Self {
        Self(Instant::now() + time)
    }

    /// Whether nothing more is to be begun.
    pub(crate) fn is_over(self) -> bool {
        Instant::now() >= self.0
    }
}

/// One Lambda function on a schedule.
#[derive(Debug, Clone, Copy)]
pub struct TimedFunction {
    /// Its name: the binary's, and the last part of its `CodeUri` in template.yaml.
    pub name: &'static str,
    pub(crate) handle: for<'a> fn(&'a App, Deadline) -> BoxFuture<'a, Result<Worked, Fault>>,
}

/// Every function there is on a schedule.
pub const TIMED_FUNCTIONS: [TimedFunction; 1] = [due_work::FUNCTION];

impl TimedFunction {
    /// Does what is to be done by now, as far as the time reaches.
    ///
    /// # Errors
    /// [`Fault`] when the database fails; the next call goes on.
    pub async fn call(&self, app: &App, deadline: Deadline) -> Result<Worked, Fault> {
        let worked = (self.handle)(app, deadline).await;
        match &worked {
            Ok(worked) => tracing::info!(function = self.name, ?worked, "worked"),
            Err(fault) => tracing::error!(function = self.name, cause = fault.cause(), "worked"),
        }
        worked
    }
}

/// Runs a function on a schedule on Lambda, on the table that `CARNET_TABLE` names.
///
/// # Errors
/// When the environment is incomplete or the runtime ends.
pub async fn run_timed(function: TimedFunction) -> Start {
    let app = &begin_at_table().await?;
    lambda_runtime::run(service_fn(|event: LambdaEvent<Value>| async move {
        let ends_at = event.context.deadline();
        let left = ends_at
            .duration_since(SystemTime::now())
            .unwrap_or_default();
        let deadline = Deadline::after(left.saturating_sub(MARGIN));
        Ok::<_, lambda_runtime::Error>(function.call(app, deadline).await?)
    }))
    .await
}
