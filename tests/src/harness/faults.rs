//! Trouble between us and the database, which the emulators never make: conflicts, throttling, lost
//! requests, lost answers and what a role may not do.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;
use tokio::sync::Notify;

use super::trouble::{broken, refused};
use super::{Conditions, Cut, Lag, Trouble};

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;

const DENIED: &str = r#"{"__type":"com.amazonaws.dynamodb.v20120810#AccessDeniedException"}"#;
const THROTTLED: &str = r#"{"__type":"com.amazonaws.dynamodb.v20120810#ThrottlingException"}"#;

/// The trouble to come, for transactions in the order in which they are sent.
#[derive(Debug, Clone, Default)]
pub(crate) struct Faults {
    trouble: Arc<Mutex<VecDeque<Trouble>>>,
    pause: Arc<Mutex<Option<Pause>>>,
    update: Arc<Mutex<Option<(String, Held)>>>,
    tokens: Arc<Mutex<HashMap<String, Value>>>,
    cut: Cut,
    lag: Lag,
    conditions: Conditions,
    denied: Arc<Mutex<Option<&'static str>>>,
    refusing: Arc<Mutex<Option<Refusing>>>,
}

/// What every request is refused for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusing {
    /// The role may do nothing.
    Denied,
    /// Its rate.
    Throttled,
}

/// What happens to the next change of one item alone.
#[derive(Debug)]
enum Held {
    /// It waits on its way.
    Up(Pause),
    /// The role may not make it.
    Denied,
}

/// A request that is held up on its way to the database.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pause(Arc<(Notify, Notify)>);

impl Pause {
    /// Waits until the request is on its way.
    pub(crate) async fn reached(&self) {
        self.0.0.notified().await;
    }

    /// Lets it go on.
    pub(crate) fn resume(&self) {
        self.0.1.notify_one();
    }
}

impl Faults {
    /// The next transactions get into this trouble, one each; the later ones go through.
    pub(crate) fn expect(&self, trouble: &[Trouble]) {
        self.trouble.lock().unwrap().extend(trouble);
    }

    /// The next transaction waits on its way until it is let go; those after it pass.
    pub(crate) fn pause(&self) -> Pause {
        let pause = Pause::default();
        *self.pause.lock().unwrap() = Some(pause.clone());
        pause
    }

    /// The next change of the item with this sort key, outside a transaction, waits until it is let go.
    pub(crate) fn pause_update(&self, sort_key: &str) -> Pause {
        let pause = Pause::default();
        *self.update.lock().unwrap() = Some((sort_key.to_owned(), Held::Up(pause.clone())));
        pause
    }

    /// The next such change is denied, and those after it are not.
    pub(crate) fn deny_update(&self, sort_key: &str) {
        *self.update.lock().unwrap() = Some((sort_key.to_owned(), Held::Denied));
    }

    /// What happens to this request, if it is the change that was named.
    fn held(&self, request: &HttpRequest) -> Option<Held> {
        let target = request.headers().get("x-amz-target").unwrap_or_default();
        let body: &[u8] = request.body().bytes().unwrap_or_default();
        let mut update = self.update.lock().unwrap();
        let (key, held) = update.take()?;
        let named = String::from_utf8_lossy(body).contains(&key);
        if target.ends_with(".UpdateItem") && named {
            return Some(held);
        }
        *update = Some((key, held));
        None
    }

    /// DynamoDB refuses a token that comes again with another transaction, the emulators forget the
    /// tokens of cancelled ones: it is checked here, in every test.
    fn watch(&self, body: &[u8]) {
        let body: Value = serde_json::from_slice(body).unwrap();
        let token = body["ClientRequestToken"].as_str().unwrap().to_owned();
        let known = self.tokens.lock().unwrap().insert(token, body.clone());
        assert!(
            known.is_none_or(|known| known == body),
            "one token, two transactions"
        );
    }

    /// Every request of this action is denied from now on, as without a grant; none is without it.
    pub(crate) fn deny(&self, action: Option<&'static str>) {
        *self.denied.lock().unwrap() = action;
    }

    /// Every request, whatever it asks, is refused from now on.
    pub(crate) fn refuse(&self, refusing: Refusing) {
        *self.refusing.lock().unwrap() = Some(refusing);
    }

    /// What cuts the connection at a request, whatever it asks.
    pub(crate) fn cut(&self) -> &Cut {
        &self.cut
    }

    /// What conditions writes are sent with, and what holds one up to let it go on without.
    pub(crate) fn conditions(&self) -> &Conditions {
        &self.conditions
    }

    /// What answers reads as they were answered before.
    pub(crate) fn lag(&self) -> &Lag {
        &self.lag
    }

    /// The rest of the trouble does not happen; how much that is.
    pub(crate) fn clear(&self) -> usize {
        self.trouble.lock().unwrap().drain(..).count()
    }

    /// Whether all the trouble has happened.
    pub(crate) fn over(&self) -> bool {
        self.trouble.lock().unwrap().is_empty()
    }

    /// The client with this trouble between it and its database.
    pub(crate) fn between(&self, client: &Client) -> Client {
        let inner = client.config().http_client().unwrap();
        let faulty = FaultyClient {
            inner,
            faults: self.clone(),
        };
        // The trouble is no reason to wait.
        let retries = RetryConfig::standard().with_initial_backoff(Duration::from_millis(1));
        let config = client.config().to_builder().http_client(faulty);
        Client::from_conf(config.retry_config(retries).build())
    }
}

#[derive(Debug)]
struct FaultyClient {
    inner: SharedHttpClient,
    faults: Faults,
}

impl HttpClient for FaultyClient {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        let inner = self.inner.http_connector(settings, components);
        SharedHttpConnector::new(FaultyConnector {
            inner,
            faults: self.faults.clone(),
        })
    }
}

#[derive(Debug)]
struct FaultyConnector {
    inner: SharedHttpConnector,
    faults: Faults,
}

impl HttpConnector for FaultyConnector {
    fn call(&self, mut request: HttpRequest) -> HttpConnectorFuture {
        let target = request.headers().get("x-amz-target").unwrap_or_default();
        let action = target.rsplit('.').next().unwrap_or_default().to_owned();
        let refusing = *self.faults.refusing.lock().unwrap();
        let denied = *self.faults.denied.lock().unwrap() == Some(action.as_str());
        if denied || refusing == Some(Refusing::Denied) {
            return HttpConnectorFuture::ready(Ok(refused(DENIED)));
        }
        if refusing == Some(Refusing::Throttled) {
            return HttpConnectorFuture::ready(Ok(refused(THROTTLED)));
        }
        let writes = action == "TransactWriteItems";
        if writes {
            self.faults.watch(request.body().bytes().unwrap());
        }
        if let Some(held) = self.faults.conditions.take(&action, &mut request) {
            let inner = self.inner.clone();
            return HttpConnectorFuture::new(async move {
                held.wait().await;
                let answer = inner.call(request).await;
                held.ends(answer.as_ref().is_ok_and(|it| it.status().is_success()));
                answer
            });
        }
        let mut pause = match writes {
            true => self.faults.pause.lock().unwrap().take(),
            false => None,
        };
        match self.faults.held(&request) {
            Some(Held::Up(held)) => pause = Some(held),
            Some(Held::Denied) => {
                return HttpConnectorFuture::ready(Ok(refused(DENIED)));
            }
            None => {}
        }
        if let Some(pause) = pause {
            let inner = self.inner.clone();
            return HttpConnectorFuture::new(async move {
                pause.0.0.notify_one();
                pause.0.1.notified().await;
                inner.call(request).await
            });
        }
        if let Some(cut) = self.faults.cut.next() {
            let inner = self.inner.clone();
            return HttpConnectorFuture::new(async move {
                if cut.arrives {
                    inner.call(request).await?;
                }
                cut.reached.notify_one();
                std::future::pending().await
            });
        }
        if self.faults.lag.concerns(&action, &request) {
            return self.faults.lag.answer(request, &self.inner);
        }
        let trouble = match writes {
            true => self.faults.trouble.lock().unwrap().pop_front(),
            false => None,
        };
        let lost = || Err(ConnectorError::io("the connection broke".into()));
        match trouble {
            None => self.inner.call(request),
            Some(Trouble::Conflict) => HttpConnectorFuture::ready(Ok(refused(
                r#"{"__type":"com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
                "CancellationReasons":[{"Code":"None"},{"Code":"TransactionConflict"}]}"#,
            ))),
            Some(Trouble::Throttled) => HttpConnectorFuture::ready(Ok(refused(THROTTLED))),
            Some(Trouble::Broken) => HttpConnectorFuture::ready(Ok(broken())),
            Some(Trouble::BrokenLate) => {
                let sent = self.inner.call(request);
                HttpConnectorFuture::new(async move {
                    sent.await?;
                    Ok(broken())
                })
            }
            Some(Trouble::LostRequest) => HttpConnectorFuture::ready(lost()),
            Some(Trouble::Silence) => HttpConnectorFuture::new(std::future::pending()),
            Some(Trouble::LostAnswer) => {
                let sent = self.inner.call(request);
                HttpConnectorFuture::new(async move {
                    sent.await?;
                    lost()
                })
            }
        }
    }
}
