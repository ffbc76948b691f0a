//! Requests that would succeed, damaged: on every route, in the body, the query, the path and the headers.

use std::cell::RefCell;
use std::collections::HashMap;

use proptest::prelude::*;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use super::corpus::{kept, kept_if_failed};
use super::damage::{cut, damaged};
use super::values::{request_change, whole};
use super::{Stored, all_stored, cases, changes, fuzz, in_world};
use crate::harness::{Answer, Business, Call, Request, World, routes};

/// How many cases are tried in one world, whose table stays small.
const CASES_PER_WORLD: u32 = 60;

/// A world, and what is known of it between two cases.
struct Ground<'b> {
    business: &'b Business<'b>,
    /// A request of each route that nobody has carried out.
    valid: HashMap<String, Request>,
    /// What is stored, until something may have been written.
    stored: Option<Stored>,
}

fn text<'c>(change: &'c Value, name: &str) -> &'c str {
    change[name].as_str().unwrap_or_default()
}

/// The path of a request after the changes that are about it.
fn path_of(request: &Request, changes: &[Value]) -> String {
    let (path, query) = request.path.split_once('?').unwrap_or((&request.path, ""));
    let mut segments: Vec<String> = path.split('/').map(str::to_owned).collect();
    let mut query: Vec<String> = query.split('&').map(str::to_owned).collect();
    for change in changes {
        let with = whole(text(change, "with")).replace('"', "");
        match text(change, "change") {
            "path" => {
                let at = change["at"].as_u64().unwrap_or_default();
                // After /v1/ and the name of what it is about.
                let at = usize::try_from(at).unwrap() + 3;
                if let Some(segment) = segments.get_mut(at) {
                    // Longer than any server reads.
                    *segment = with.chars().take(2000).collect();
                }
            }
            "query" => {
                let with: String = with.chars().take(2000).collect();
                query.push(format!("{}={with}", text(change, "name")));
            }
            _ => {}
        }
    }
    query.retain(|part| !part.is_empty());
    match query.is_empty() {
        true => segments.join("/"),
        false => format!("{}?{}", segments.join("/"), query.join("&")),
    }
}

/// The call of a damaged request.
fn call(world: &World, request: &Request, changes: &[Value]) -> Call {
    let mut call = world.call(&request.method, &path_of(request, changes));
    let body = match (&request.body, &request.csv) {
        (Some(body), _) => Some(("application/json", damaged(body.clone(), changes))),
        (None, Some(file)) => {
            let mut file = file.clone().into_bytes();
            cut(&mut file, changes);
            Some(("text/csv", file))
        }
        // Where nothing is taken, or it may be left out.
        (None, None) if !changes.is_empty() => {
            Some(("application/json", damaged(json!({}), changes)))
        }
        (None, None) => None,
    };
    let mut headers: Vec<(&str, String)> = request.headers.clone();
    let mut kind = body.as_ref().map(|(kind, _)| (*kind).to_owned());
    for change in changes.iter().filter(|change| change["change"] == "header") {
        let value = whole(text(change, "with"));
        let value: String = value.chars().take(4000).collect();
        match text(change, "name") {
            "content-type" => kind = Some(value),
            name => {
                headers.retain(|(known, _)| *known != name);
                call = call.header(name, value);
            }
        }
    }
    for (name, value) in &headers {
        call = call.header(name, value);
    }
    match body {
        Some((_, body)) => call.raw(kind.as_deref().unwrap_or_default(), body),
        None => call,
    }
}

impl<'b> Ground<'b> {
    fn new(business: &'b Business<'b>) -> Self {
        Self {
            business,
            valid: HashMap::new(),
            stored: None,
        }
    }

    /// What was taken can be read: its record, the lists it is in, and what else there is of it.
    async fn read_back(&self, sent: &Request, answer: &Answer) -> Result<(), String> {
        if sent.method == "GET" {
            return Ok(());
        }
        let path = sent.path.split('?').next().unwrap_or_default();
        let mut segments = path.split('/').skip(2);
        let (kind, id) = (segments.next().unwrap_or_default(), segments.next());
        let made = answer.body["id"].as_str();
        let ids: Vec<&str> = id.into_iter().chain(made).collect();
        let of_it = format!("GET /v1/{kind}");
        for route in routes().iter().filter(|route| route.starts_with(&of_it)) {
            let about = match route.contains('{') {
                true => ids.as_slice(),
                // Lists, and what there is one of.
                false => &[""],
            };
            for id in about {
                let request = Request::new(route).at(id);
                self.read(&request).await?;
            }
        }
        Ok(())
    }

    async fn read(&self, request: &Request) -> Result<(), String> {
        let route = format!("{} {}", request.method, request.path);
        let call = request.call(self.business.world);
        let answer = call.by(self.business.sender(&route)).send().await;
        match answer.status {
            500.. => Err(format!("{route}: {answer:?}")),
            _ => Ok(()),
        }
    }

    /// What is left in the end of all that was taken: every list can be read, the stream is told and given up on
    /// nowhere, and the rows of the reports are what the journal tells.
    async fn look_back(&self) {
        self.business.world.compare_rows().await;
        let holders = [&self.business.one, &self.business.another];
        let of_customers = holders.map(|holder| {
            ["wallet", "journal", "export"]
                .map(|what| format!("GET /v1/customers/{}/{what}", holder.id))
        });
        let lists = routes().into_iter();
        let lists = lists.filter(|route| route.starts_with("GET ") && !route.contains('{'));
        for route in lists.chain(of_customers.concat()) {
            let read = self.read(&Request::new(&route)).await;
            read.unwrap_or_else(|wrong| panic!("{wrong}"));
        }
    }

    /// Tries a case; what is wrong with what came of it.
    async fn tried(&mut self, case: &Value) -> Result<u16, String> {
        let (business, world) = (self.business, self.business.world);
        let route = case["route"].as_str().unwrap();
        if !self.valid.contains_key(route) {
            let valid = business.request(route, &business.one).await;
            self.valid.insert(route.to_owned(), valid);
            self.stored = None;
        }
        let before = match self.stored.take() {
            Some(stored) => stored,
            None => all_stored(world).await,
        };
        let call = call(world, &self.valid[route], changes(case));
        let answer = call.by(business.sender(route)).send().await;
        let said = format!("{case}: {answer:?}");
        if answer.status >= 500 {
            return Err(said);
        }
        if answer.status < 300 {
            // It is used up.
            let sent = self.valid.remove(route).unwrap();
            self.read_back(&sent, &answer)
                .await
                .map_err(|wrong| format!("{said}, and then {wrong}"))?;
            return Ok(answer.status);
        }
        if !is_explained(&answer) {
            return Err(format!("{said} says nothing"));
        }
        let after = all_stored(world).await;
        if after != before {
            return Err(format!("{said} wrote"));
        }
        self.stored = Some(after);
        Ok(answer.status)
    }
}

/// Whether it is a problem with a code and a sentence, or what the gateway says.
fn is_explained(answer: &Answer) -> bool {
    let length = |name: &str| answer.body[name].as_str().unwrap_or_default().len();
    (length("code") > 3 && length("detail") > 15) || length("message") > 5
}

fn try_all(runtime: &Runtime, world: &World, work: impl FnOnce(&mut Ground<'_>)) {
    let business = runtime.block_on(Business::open(world));
    let mut ground = Ground::new(&business);
    work(&mut ground);
    runtime.block_on(ground.look_back());
}

#[test]
fn every_request_of_the_corpus_is_answered_as_it_should_be() {
    in_world(|runtime, world| {
        try_all(runtime, world, |ground| {
            let mut mistakes = Vec::new();
            for (file, case) in kept("requests") {
                let expected = case["status"].as_u64();
                match runtime.block_on(ground.tried(&case)) {
                    Ok(status) if expected.is_none_or(|expected| expected == u64::from(status)) => {
                    }
                    Ok(status) => mistakes.push(format!("{file}: {status}")),
                    Err(wrong) => mistakes.push(format!("{file}: {wrong}")),
                }
            }
            assert!(mistakes.is_empty(), "\n{}", mistakes.join("\n"));
        });
    });
}

#[test]
fn no_damage_of_a_valid_request_breaks_anything_and_what_is_refused_writes_nothing() {
    let routes = routes();
    let strategy = (
        any::<usize>(),
        prop::collection::vec(request_change(), 1..4),
    );
    let mut left = cases();
    let mut part = 0;
    while left > 0 {
        let now = left.min(CASES_PER_WORLD);
        left -= now;
        in_world(|runtime, world| {
            try_all(runtime, world, |ground| {
                let ground = RefCell::new(ground);
                fuzz(&strategy, (part, now), |(route, changes)| {
                    let route = &routes[route % routes.len()];
                    let case = json!({"route": route, "changes": changes});
                    kept_if_failed("requests", &case, || {
                        runtime.block_on(ground.borrow_mut().tried(&case)).map(drop)
                    })
                });
            });
        });
        part += 1;
    }
}
