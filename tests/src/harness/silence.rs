//! A database that does not answer in the time that an attempt has: the SDK gives the attempt up as it does
//! after two seconds in the cloud, and no test waits for them.

use std::cell::Cell;
use std::future::poll_fn;
use std::task::Poll;
use std::time::Duration;

use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_sdk_dynamodb::config::{AsyncSleep, Sleep};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::ConnectorError;

/// The time that an attempt has where nobody keeps silent: more than the slowest database takes.
const ATTEMPT: Duration = Duration::from_mins(10);

thread_local! {
    /// Whether the attempt that is looked at just now is not answered.
    static SILENT: Cell<bool> = const { Cell::new(false) };
}

/// Sleeps, but the time of an attempt that is not answered is over at once.
#[derive(Debug)]
pub(super) struct Impatient;

impl AsyncSleep for Impatient {
    fn sleep(&self, duration: Duration) -> Sleep {
        let mut slept = Box::pin(tokio::time::sleep(duration));
        Sleep::new(poll_fn(move |context| {
            // The SDK looks at the request first, and right after it at the time.
            if duration == ATTEMPT && SILENT.take() {
                return Poll::Ready(());
            }
            slept.as_mut().poll(context)
        }))
    }
}

/// Gives each attempt a time.
pub(super) fn timeouts() -> TimeoutConfig {
    let config = TimeoutConfig::builder().operation_attempt_timeout(ATTEMPT);
    config.build()
}

/// No answer, and the time of the attempt is over.
pub(super) async fn kept() -> Result<HttpResponse, ConnectorError> {
    poll_fn(|_| {
        SILENT.set(true);
        Poll::Pending
    })
    .await
}
