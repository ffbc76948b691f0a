//! Every response that the document has can be had: for each status of each operation, and each media type
//! of that, there is a request that is answered with it. What comes new fails until there is one. Of what the
//! gateway answers itself, and alike on every route, there is one where it can be provoked here.
//!
//! That its body is as documented is checked of every answer, like its code (harness/documented.rs).

mod conflicts;
mod gateway;
mod missing;
mod rules;
mod standing;

use std::cmp::Reverse;
use std::time::Duration;

use functions::{FUNCTIONS, Function};
use futures::future::join_all;
use serde_json::{Value, json};

use super::Schemas;
use crate::harness::{Answer, Business, Call, NOW, Refusing, Request, World, function_of, routes};

/// What provocations are made with.
struct Stage<'b> {
    business: &'b Business<'b>,
    /// Where the role may do nothing with the database.
    denied: &'b World,
    /// Where the database turns every request away.
    busy: &'b World,
}

/// A status and a media type.
type Kind<'k> = (u16, &'k str);

/// A request, who sends it, and to which world.
struct Sent {
    call: Call,
    token: Option<String>,
}

impl<'b> Stage<'b> {
    fn world(&self) -> &'b World {
        self.business.world
    }

    /// Sent by who may use the route.
    fn by_sender(&self, route: &str, request: &Request) -> Sent {
        self.by(self.business.sender(route), request)
    }

    fn by(&self, token: &str, request: &Request) -> Sent {
        Sent {
            call: request.call(self.world()),
            token: Some(token.to_owned()),
        }
    }

    fn by_owner(&self, request: &Request) -> Sent {
        self.by(&self.business.owner, request)
    }

    /// A request of the route that succeeds.
    async fn valid(&self, route: &str) -> Request {
        self.business.request(route, &self.business.one).await
    }

    /// What is answered so, beside a request that succeeds; none where nobody has said how.
    async fn provoked(
        &self,
        route: &str,
        valid: &Request,
        (status, kind): Kind<'_>,
    ) -> Option<Sent> {
        match status {
            _ if gateway::answers(status, kind) => gateway::of(self, route, valid.clone(), status),
            200..300 if kind != "application/json" => {
                let request = valid.clone().header("accept", kind);
                Some(self.by_sender(route, &request))
            }
            404 if !route.contains('{') => missing::of(self, route).await,
            409 => conflicts::of(self, route).await,
            _ => rules::of(self, route, valid.clone(), status).await,
        }
    }
}

impl Sent {
    async fn answer(self) -> Answer {
        match &self.token {
            Some(token) => self.call.by(token).send().await,
            None => self.call.anonymous().send().await,
        }
    }
}

/// What is wrong with what came of a provocation, if anything.
fn mistake(route: &str, expected: Kind<'_>, answer: &Answer) -> Option<String> {
    let kind = answer.content_type.split(';').next().unwrap_or_default();
    let got = (answer.status, kind);
    let other = got != expected;
    other.then(|| format!("{route}: {got:?} instead of {expected:?}: {}", answer.body))
}

/// The statuses and media types that the document has of a route, the success last: it may change what
/// there is.
fn kinds(route: &str) -> Vec<Kind<'static>> {
    let responses = Schemas::shared().operation(route)["responses"].as_object();
    let of = |(status, response): (&'static String, &'static Value)| {
        let status = status.parse().unwrap();
        let kinds = response["content"].as_object().unwrap().keys();
        kinds.map(move |kind| (status, kind.as_str()))
    };
    let mut kinds: Vec<Kind<'_>> = responses.unwrap().iter().flat_map(of).collect();
    kinds.sort_by_key(|(status, _)| Reverse(*status));
    kinds
}

/// A world for each function, so that they are tried side by side.
async fn mistakes_of(function: &str, denied: &World, busy: &World) -> (usize, Vec<String>) {
    let world = World::new().await;
    let business = Business::open(&world).await;
    let stage = Stage {
        business: &business,
        denied,
        busy,
    };
    let mut mistakes = Vec::new();
    let mut waiting = Vec::new();
    let mut tried = 0;
    for route in routes() {
        if function_of(&route) != function {
            continue;
        }
        // Nothing that is refused uses it up.
        let valid = stage.valid(&route).await;
        for kind in kinds(&route) {
            if gateway::is_alone(&route, kind) {
                continue;
            }
            tried += 1;
            let Some(sent) = stage.provoked(&route, &valid, kind).await else {
                mistakes.push(format!("{route} {kind:?}: nobody knows how to provoke it"));
                continue;
            };
            let route = route.clone();
            let checking = async move { mistake(&route, kind, &sent.answer().await) };
            if kind.0 == 503 {
                // A long wait, of which nothing depends on another.
                waiting.push(checking);
                continue;
            }
            mistakes.extend(checking.await);
            // Some are of another day.
            world.set_clock(NOW);
        }
    }
    mistakes.extend(join_all(waiting).await.into_iter().flatten());
    (tried, mistakes)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_documented_response_of_every_operation_can_be_provoked() {
    let denied = World::new().await;
    denied.faults.refuse(Refusing::Denied);
    let busy = World::with_patience(Duration::from_millis(300)).await;
    busy.faults.refuse(Refusing::Throttled);
    let of = |function: Function| mistakes_of(function.name, &denied, &busy);
    let (tried, mistakes): (Vec<usize>, Vec<Vec<String>>) =
        join_all(FUNCTIONS.map(of)).await.into_iter().unzip();
    let mistakes = mistakes.concat();
    assert!(mistakes.is_empty(), "\n{}", mistakes.join("\n"));
    let tried: usize = tried.iter().sum();
    assert!(tried > 1200, "only {tried} responses were tried");
}

/// The fields of a body, for those who change one.
fn set(mut request: Request, field: &str, value: impl Into<Value>) -> Request {
    request.body.get_or_insert_with(|| json!({}))[field] = value.into();
    request
}
