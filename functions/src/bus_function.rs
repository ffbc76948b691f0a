//! Functions that the event bus calls: what they are given, and how they say what they do not take.

use std::fmt;

use futures::future::BoxFuture;
use infra::{Failure, Fault};
use lambda_runtime::{Diagnostic, LambdaEvent, service_fn};
use serde_json::Value;

use crate::edge::Problem;
use crate::run::{App, Start, begin_at_table};

/// One Lambda function behind the event bus.
#[derive(Debug, Clone, Copy)]
pub struct BusFunction {
    /// Its name: the binary's, and the last part of its `CodeUri` in template.yaml.
    pub name: &'static str,
    pub(crate) handle: for<'a> fn(&'a App, Value) -> Taken<'a>,
}

/// Whether an event was taken, once that is known.
pub(crate) type Taken<'a> = BoxFuture<'a, Result<(), Rejected>>;

/// Every function there is behind the bus.
pub const BUS_FUNCTIONS: [BusFunction; 1] = [crate::inbound_events::FUNCTION];

/// An event that was not taken. It is delivered again a few times, then set aside with this as its
/// reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// Stable: for programs.
    pub code: &'static str,
    /// What is wrong with it, or with the moment.
    pub detail: String,
    cause: Option<String>,
}

impl Rejected {
    /// An event that is not taken, with a stable code and a sentence that says why.
    pub(crate) fn new(code: &'static str, detail: impl Into<String>) -> Self {
        Self {
            code,
            detail: detail.into(),
            cause: None,
        }
    }
}

impl fmt::Display for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.detail)
    }
}

impl From<Problem> for Rejected {
    fn from(problem: Problem) -> Self {
        Self {
            code: problem.code(),
            detail: problem.detail().to_owned(),
            cause: problem.cause().map(ToOwned::to_owned),
        }
    }
}

impl From<domain::Refusal> for Rejected {
    fn from(refusal: domain::Refusal) -> Self {
        Problem::from(refusal).into()
    }
}

impl From<Fault> for Rejected {
    fn from(fault: Fault) -> Self {
        Problem::from(fault).into()
    }
}

impl From<Failure> for Rejected {
    fn from(failure: Failure) -> Self {
        Problem::from(failure).into()
    }
}

// What Lambda puts into the record of an event that is set aside.
impl From<Rejected> for Diagnostic {
    fn from(rejected: Rejected) -> Self {
        Self {
            error_type: rejected.code.to_owned(),
            error_message: rejected.to_string(),
        }
    }
}

impl BusFunction {
    /// Handles an event as EventBridge delivers it.
    ///
    /// # Errors
    /// Why it is not taken: the bus delivers it again, then sets it aside.
    pub async fn call(&self, app: &App, event: Value) -> Result<(), Rejected> {
        let text = |name: &str| event.get(name).and_then(Value::as_str).unwrap_or_default();
        let (id, source) = (text("id").to_owned(), text("source").to_owned());
        let kind = text("detail-type").to_owned();
        let taken = (self.handle)(app, event).await;
        match &taken {
            Ok(()) => tracing::info!(function = self.name, id, source, kind, "event"),
            Err(rejected) => {
                tracing::error!(
                    function = self.name,
                    id,
                    source,
                    kind,
                    code = rejected.code,
                    cause = rejected.cause.as_deref().unwrap_or_default(),
                    "event"
                );
                app.store.metrics().refused(rejected.code);
            }
        }
        taken
    }
}

/// Runs a function behind the bus on Lambda, on the table that `CARNET_TABLE` names.
///
/// # Errors
/// When the environment is incomplete or the runtime ends.
pub async fn run_bus(function: BusFunction) -> Start {
    let app = &begin_at_table().await?;
    lambda_runtime::run(service_fn(|event: LambdaEvent<Value>| async move {
        function.invoke(app, event.payload).await
    }))
    .await
}
