//! Trouble between us and the database, which the emulators never make: conflicts, throttling, lost
//! requests, lost answers and what a role may not do.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;

use super::trouble::refused;
use super::{Conditions, Cut, Held, Lag, Trouble, silence};

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;

const DENIED: &str = "AccessDeniedException";
const THROTTLED: &str = "ThrottlingException";

/// The trouble to come, in the order in which requests are sent.
#[derive(Debug, Clone, Default)]
pub(crate) struct Faults {
    /// For transactions.
    trouble: Arc<Mutex<VecDeque<Trouble>>>,
    /// For requests of any kind, after so many that pass.
    any: Arc<Mutex<(u32, VecDeque<Trouble>)>>,
    pause: Arc<Mutex<Option<Held>>>,
    update: Arc<Mutex<Option<(String, Change)>>>,
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
enum Change {
    HeldUp(Held),
    /// The role may not make it.
    Denied,
}

impl Faults {
    /// The next transactions get into this trouble, one each; the later ones go through.
    pub(crate) fn expect(&self, trouble: &[Trouble]) {
        self.trouble.lock().unwrap().extend(trouble);
    }

    /// After so many requests, whatever they ask, the next ones get into this trouble, one each.
    pub(crate) fn expect_of_any(&self, passing: u32, trouble: &[Trouble]) {
        *self.any.lock().unwrap() = (passing, trouble.iter().copied().collect());
    }

    /// The trouble of this request, if it has any.
    fn next(&self, transaction: bool) -> Option<Trouble> {
        let mut any = self.any.lock().unwrap();
        if !any.1.is_empty() {
            match any.0.checked_sub(1) {
                Some(fewer) => any.0 = fewer,
                None => return any.1.pop_front(),
            }
        }
        match transaction {
            true => self.trouble.lock().unwrap().pop_front(),
            false => None,
        }
    }

    /// The next transaction waits on its way until it is let go; those after it pass.
    pub(crate) fn pause(&self) -> Held {
        let pause = Held::default();
        *self.pause.lock().unwrap() = Some(pause.clone());
        pause
    }

    /// The next change of the item with this sort key, outside a transaction, waits until it is let go.
    pub(crate) fn pause_update(&self, sort_key: &str) -> Held {
        let pause = Held::default();
        *self.update.lock().unwrap() = Some((sort_key.to_owned(), Change::HeldUp(pause.clone())));
        pause
    }

    /// The next such change is denied, and those after it are not.
    pub(crate) fn deny_update(&self, sort_key: &str) {
        *self.update.lock().unwrap() = Some((sort_key.to_owned(), Change::Denied));
    }

    /// What happens to this request, if it is the change that was named.
    fn change(&self, request: &HttpRequest) -> Option<Change> {
        let target = request.headers().get("x-amz-target").unwrap_or_default();
        let body: &[u8] = request.body().bytes().unwrap_or_default();
        let mut update = self.update.lock().unwrap();
        let (key, change) = update.take()?;
        let named = String::from_utf8_lossy(body).contains(&key);
        if target.ends_with(".UpdateItem") && named {
            return Some(change);
        }
        *update = Some((key, change));
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
        let of_any = std::mem::take(&mut *self.any.lock().unwrap()).1.len();
        of_any + self.trouble.lock().unwrap().drain(..).count()
    }

    /// Whether all the trouble has happened.
    pub(crate) fn over(&self) -> bool {
        self.any.lock().unwrap().1.is_empty() && self.trouble.lock().unwrap().is_empty()
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
        let config = config.timeout_config(silence::timeouts());
        let config = config.sleep_impl(silence::Impatient);
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
        let mut held = self.faults.conditions.take(&action, &mut request);
        if writes && held.is_none() {
            held = self.faults.pause.lock().unwrap().take();
        }
        match self.faults.change(&request) {
            Some(Change::HeldUp(change)) => held = held.or(Some(change)),
            Some(Change::Denied) => {
                return HttpConnectorFuture::ready(Ok(refused(DENIED)));
            }
            None => {}
        }
        if let Some(held) = held {
            return HttpConnectorFuture::new(held.pass(request, self.inner.clone()));
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
        if let Some(trouble) = self.faults.next(writes) {
            return trouble.meet(&action, request, &self.inner);
        }
        match self.faults.lag.concerns(&action, &request) {
            true => self.faults.lag.answer(request, &self.inner),
            false => self.inner.call(request),
        }
    }
}
