//! A request that waits on its way to the database.

use std::sync::{Arc, Mutex};

use aws_smithy_runtime_api::client::http::{HttpConnector, SharedHttpConnector};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use tokio::sync::Notify;

use super::StoredKey;

/// Held up until it is let go.
#[derive(Debug, Clone, Default)]
pub(crate) struct Held(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    reached: Notify,
    go: Notify,
    ended: Notify,
    key: Mutex<StoredKey>,
    written: Mutex<bool>,
}

impl Held {
    /// Waits until the request is on its way.
    pub(crate) async fn reached(&self) {
        self.0.reached.notified().await;
    }

    /// The key of the item that has the condition for which it is held up.
    pub(crate) fn key(&self) -> StoredKey {
        self.0.key.lock().unwrap().clone()
    }

    /// Lets it go on.
    pub(crate) fn resume(&self) {
        self.0.go.notify_one();
    }

    /// Lets it go on, and waits for its end. Whether it was written: a failed condition stops all of it.
    pub(crate) async fn let_go(&self) -> bool {
        self.resume();
        self.0.ended.notified().await;
        *self.0.written.lock().unwrap()
    }

    pub(super) fn is_for(&self, key: StoredKey) {
        *self.0.key.lock().unwrap() = key;
    }

    /// What is answered to the request when it has gone on.
    pub(super) async fn pass(
        self,
        request: HttpRequest,
        inner: SharedHttpConnector,
    ) -> Result<HttpResponse, ConnectorError> {
        self.0.reached.notify_one();
        self.0.go.notified().await;
        let answer = inner.call(request).await;
        let written = answer.as_ref().is_ok_and(|it| it.status().is_success());
        *self.0.written.lock().unwrap() = written;
        self.0.ended.notify_one();
        answer
    }
}
