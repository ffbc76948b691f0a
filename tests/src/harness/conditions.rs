//! The conditions of every write, each by a name, and writes that go without some of them.
//!
//! A name is the action, the kind of item, and one of the terms that are joined by AND, such as
//! `Update PACKAGE version = ?` or `Put QUOTE absent`. `PutItem`, `UpdateItem` and
//! `DeleteItem` are writes of one item, outside of any transaction; `PutRequest` and `DeleteRequest` are
//! parts of a batch. A write without any condition is an action and a kind of item alone.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock, Mutex};

use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use serde_json::Value;

use super::terms::writes;
use super::{Held, Listed, StoredKey};

/// The condition that no write of any test has: to see which tests fall without it.
static WITHOUT: LazyLock<Option<String>> =
    LazyLock::new(|| std::env::var("CARNET_TEST_WITHOUT").ok());

/// Which conditions a write has when it goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Left {
    /// All but the named one.
    Others,
    /// The named one, and no other of the whole transaction.
    Alone,
    /// None.
    Nothing,
}

/// What is sent, and what is held up.
#[derive(Debug, Clone, Default)]
pub(crate) struct Conditions {
    sent: Arc<Mutex<BTreeSet<String>>>,
    unlisted: Arc<Mutex<BTreeSet<String>>>,
    wanted: Arc<Mutex<Option<(String, Left, Held)>>>,
}

impl Conditions {
    /// The names of all that was sent.
    pub(crate) fn sent(&self) -> BTreeSet<String> {
        self.sent.lock().unwrap().clone()
    }

    /// The names of what was sent and docs/conditions.md does not have.
    pub(crate) fn unlisted(&self) -> BTreeSet<String> {
        self.unlisted.lock().unwrap().clone()
    }

    fn note(&self, names: impl Iterator<Item = String>) {
        let mut sent = self.sent.lock().unwrap();
        for name in names {
            if !Listed::shared().names().contains(&name) {
                self.unlisted.lock().unwrap().insert(name.clone());
            }
            sent.insert(name);
        }
    }

    /// The next write with this condition waits on its way, and goes on with what is `left` of them.
    pub(crate) fn hold(&self, name: &str, left: Left) -> Held {
        let held = Held::default();
        *self.wanted.lock().unwrap() = Some((name.to_owned(), left, held.clone()));
        held
    }

    /// Takes from a request the conditions that it is to go without; what holds it up, if it is held up.
    pub(super) fn take(&self, action: &str, request: &mut HttpRequest) -> Option<Held> {
        if !matches!(
            action,
            "TransactWriteItems" | "BatchWriteItem" | "PutItem" | "UpdateItem" | "DeleteItem"
        ) {
            return None;
        }
        let mut body: Value = serde_json::from_slice(request.body().bytes()?).unwrap();
        let mut writes = writes(action, &mut body);
        let found: Vec<(String, StoredKey)> = writes
            .iter()
            .flat_map(|write| {
                let names = write.names().into_iter();
                names.map(|name| (name, write.key()))
            })
            .collect();
        self.note(found.iter().map(|(name, _)| name.clone()));
        let mut wanted = self.wanted.lock().unwrap();
        let held = wanted.take_if(|(name, ..)| found.iter().any(|(found, _)| found == name));
        let taken = |name: &str| {
            let of_all = WITHOUT.as_deref() == Some(name);
            of_all
                || held.as_ref().is_some_and(|(of, left, _)| match left {
                    Left::Others => of == name,
                    Left::Alone => of != name,
                    Left::Nothing => true,
                })
        };
        if found.iter().any(|(name, _)| taken(name)) {
            writes.iter_mut().for_each(|write| write.go_without(taken));
            send_instead(request, &body);
        }
        let (name, _, held) = held?;
        let key = found.into_iter().find(|(found, _)| *found == name)?.1;
        held.is_for(key);
        Some(held)
    }
}

fn send_instead(request: &mut HttpRequest, body: &Value) {
    let bytes = serde_json::to_vec(body).unwrap();
    let length = bytes.len().to_string();
    request.headers_mut().insert("content-length", length);
    *request.body_mut() = SdkBody::from(bytes);
}
