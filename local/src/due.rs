//! A local stand-in for the schedules: the functions on one are called when they are due, and when the
//! clock was moved.

use std::sync::Arc;
use std::time::Duration;

use functions::{App, Deadline, TIMED_FUNCTIONS};
use tokio::sync::{Notify, oneshot};
use tokio::task::JoinHandle;

use crate::gateway::within_grace;

/// How often they are called: more often than in the cloud, as somebody is watching.
const EVERY: Duration = Duration::from_secs(15);
/// How long after the clock was moved, so that the stream has told what was written before.
const AFTER_MOVE: Duration = Duration::from_secs(1);
/// How long one call may take.
const TIME: Duration = Duration::from_secs(240);

/// Every function on a schedule, running. Dropping it stops it too, without waiting.
#[derive(Debug)]
pub(crate) struct Schedule {
    stop: oneshot::Sender<()>,
    running: JoinHandle<()>,
}

impl Schedule {
    /// Calls them until it is stopped.
    pub(crate) fn start(app: App, moved: Arc<Notify>) -> Schedule {
        let (stop, mut stopped) = oneshot::channel::<()>();
        let running = tokio::spawn(async move {
            loop {
                for function in TIMED_FUNCTIONS {
                    // It says itself what it could not do; the next call goes on, also after a panic.
                    let app = app.clone();
                    let call =
                        async move { function.call(&app, Deadline::after(TIME)).await.is_ok() };
                    if let Err(error) = tokio::spawn(call).await {
                        tracing::error!(function = function.name, %error, "panicked");
                    }
                }
                tokio::select! {
                    // A dropped sender means stop, too.
                    _ = &mut stopped => return,
                    () = tokio::time::sleep(EVERY) => {}
                    () = moved.notified() => tokio::time::sleep(AFTER_MOVE).await,
                }
            }
        });
        Schedule { stop, running }
    }

    /// Lets the call under way finish, then stops.
    pub(crate) async fn stop(self) {
        let _ = self.stop.send(());
        within_grace(self.running).await;
    }
}
