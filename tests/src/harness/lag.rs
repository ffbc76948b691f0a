//! A replica that lags: what was there before the last change is read again, where a read need not be strong.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use serde_json::Value;

use super::trouble::answered;

/// Answers reads as they were answered before what they read changed, when it is told to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lag(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    /// What was read, by what was asked, whatever the order of its parts; none while nobody needs it.
    read: Option<HashMap<String, Read>>,
    lags: bool,
    came: u64,
}

#[derive(Debug)]
struct Read {
    last: Value,
    /// What was read before it that was something else.
    before: Option<Value>,
}

impl Lag {
    /// Keeps what is read from now on, and forgets what it kept.
    pub(crate) fn watch(&self) {
        *self.0.lock().unwrap() = State {
            read: Some(HashMap::new()),
            ..State::default()
        };
    }

    /// From now on, what was there before is read again.
    pub(crate) fn begin(&self) {
        self.0.lock().unwrap().lags = true;
    }

    /// How often that happened; from now on, what there is is read.
    pub(crate) fn end(&self) -> u64 {
        let mut state = self.0.lock().unwrap();
        state.lags = false;
        std::mem::take(&mut state.came)
    }

    /// Whether the request is a read that may lag, and anybody wants it to.
    pub(super) fn concerns(&self, action: &str, request: &HttpRequest) -> bool {
        if self.0.lock().unwrap().read.is_none() {
            return false;
        }
        let body = request.body().bytes().unwrap_or_default();
        let body = String::from_utf8_lossy(body);
        let strong = body.contains(r#""ConsistentRead":true"#);
        matches!(action, "GetItem" | "Query" | "BatchGetItem") && !strong
    }

    /// What was answered before, or what is answered now.
    pub(super) fn answer(
        &self,
        request: HttpRequest,
        inner: &SharedHttpConnector,
    ) -> HttpConnectorFuture {
        let asked = request.body().bytes().unwrap_or_default();
        let asked: Value = serde_json::from_slice(asked).unwrap();
        let asked = asked.to_string();
        if let Some(before) = self.before(&asked) {
            return HttpConnectorFuture::ready(Ok(answered(200, before)));
        }
        let (lag, inner) = (self.clone(), inner.clone());
        HttpConnectorFuture::new(async move {
            let mut response = inner.call(request).await?;
            let body = ByteStream::new(response.take_body()).collect().await;
            let body = body.map_err(|error| ConnectorError::io(error.into()))?;
            let body = body.into_bytes().to_vec();
            if response.status().is_success() {
                lag.keep(asked, serde_json::from_slice(&body).unwrap());
            }
            *response.body_mut() = SdkBody::from(body);
            Ok(response)
        })
    }

    fn keep(&self, asked: String, last: Value) {
        let mut state = self.0.lock().unwrap();
        let Some(read) = &mut state.read else { return };
        let known = read.remove(&asked);
        let before = known.and_then(|known| match known.last == last {
            true => known.before,
            false => Some(known.last),
        });
        read.insert(asked, Read { last, before });
    }

    fn before(&self, asked: &str) -> Option<String> {
        let mut state = self.0.lock().unwrap();
        let before = state
            .read
            .as_ref()?
            .get(asked)?
            .before
            .as_ref()?
            .to_string();
        let before = Some(before).filter(|_| state.lags)?;
        state.came += 1;
        Some(before)
    }
}
