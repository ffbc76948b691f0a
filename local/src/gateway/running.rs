//! A gateway that answers, until it is stopped.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::invoke::Calls;
use crate::Tokens;

/// How long requests under way may take to finish after a stop.
const GRACE: Duration = Duration::from_secs(5);

/// A gateway that answers. Dropping it stops it too, without waiting.
#[derive(Debug)]
pub struct Running {
    pub(super) address: SocketAddr,
    pub(super) tokens: Tokens,
    pub(super) calls: Calls,
    pub(super) stop: oneshot::Sender<()>,
    pub(super) server: JoinHandle<()>,
}

impl Running {
    /// Where it answers.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Ends every call under way where it stands, as when the machine under it fails: otherwise a function runs
    /// to its end even if its client goes away.
    pub fn end_calls(&self) {
        self.calls.end();
    }

    /// What mints the tokens it accepts.
    pub fn tokens(&self) -> &Tokens {
        &self.tokens
    }

    /// Takes no more requests, and lets those under way finish.
    pub async fn stop(self) {
        let _ = self.stop.send(());
        within_grace(self.server).await;
    }
}

/// Waits for a server that was told to stop, but not for a client that never ends its request.
pub(crate) async fn within_grace(mut server: JoinHandle<()>) {
    if tokio::time::timeout(GRACE, &mut server).await.is_err() {
        server.abort();
    }
}
