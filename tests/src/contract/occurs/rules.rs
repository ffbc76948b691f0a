//! What is refused on every route in the same way.

use local::{Claims, Role};
use serde_json::json;

use super::{Sent, Stage, set, standing};
use crate::contract::Schemas;
use crate::harness::{Request, World};

/// One byte more than a body may have; a file may have more.
const TOO_LARGE: usize = 64 * 1024 + 1;
const FILE_TOO_LARGE: usize = 4 * 1024 * 1024 + 1;

/// An id that is well formed and nobody's.
const UNKNOWN: &str = "01JD2Y3Z4A5B6C7D8E9F0G1H2J";

/// What the route refuses with this status by its form alone, or without finding what it is about.
pub(super) async fn of(
    stage: &Stage<'_>,
    route: &str,
    valid: Request,
    status: u16,
) -> Option<Sent> {
    let takes_body = valid.body.is_some() || valid.csv.is_some();
    let request = match status {
        200..300 => valid,
        400 => Request {
            path: format!("{}?stray=1", valid.path.split('?').next().unwrap()),
            ..valid
        },
        401 => {
            let nobody = Claims::new(Role::Owner, &stage.business.id, "");
            return Some(stage.by(&minted(stage, &nobody), &valid));
        }
        403 => {
            let of_no_business = Claims {
                business: None,
                ..Claims::new(Role::Owner, &stage.business.id, "someone")
            };
            return Some(stage.by(&minted(stage, &of_no_business), &valid));
        }
        404 => unknown(route, valid),
        412 => valid.without("if-match").if_match(999),
        413 => return Some(large(stage, route, &valid)),
        415 => {
            let call = bare(&valid).call(stage.world()).raw("text/plain", "{}");
            let token = stage.business.sender(route).to_owned();
            return Some(Sent {
                call,
                token: Some(token),
            });
        }
        422 => return invalid(stage, route, valid, takes_body).await,
        428 => valid.without("if-match"),
        500 => return Some(elsewhere(stage, route, &valid, stage.denied)),
        503 => return Some(elsewhere(stage, route, &valid, stage.busy)),
        _ => return None,
    };
    Some(stage.by_sender(route, &request))
}

/// The same request, by a token that is good in every world, where the database does nothing.
fn elsewhere(stage: &Stage<'_>, route: &str, request: &Request, world: &World) -> Sent {
    Sent {
        call: request.call(world),
        token: Some(stage.business.sender(route).to_owned()),
    }
}

fn minted(stage: &Stage<'_>, claims: &Claims) -> String {
    stage.world().tokens().mint(claims).unwrap()
}

fn bare(request: &Request) -> Request {
    Request {
        body: None,
        csv: None,
        ..request.clone()
    }
}

fn large(stage: &Stage<'_>, route: &str, valid: &Request) -> Sent {
    let (kind, size) = match valid.csv {
        Some(_) => ("text/csv", FILE_TOO_LARGE),
        None => ("application/json", TOO_LARGE),
    };
    Sent {
        call: bare(valid).call(stage.world()).raw(kind, " ".repeat(size)),
        token: Some(stage.business.sender(route).to_owned()),
    }
}

/// With ids in the path that are nobody's, also where the body repeats them.
fn unknown(route: &str, mut request: Request) -> Request {
    let path = request.path.clone();
    let of_route = route.split_once(' ').unwrap().1.split('/');
    let segments = path.split('/').zip(of_route).map(|(segment, of_route)| {
        let named = of_route.starts_with('{');
        if !named {
            return segment.to_owned();
        }
        let id = match segment.split_once('_') {
            Some((prefix, _)) => format!("{prefix}_{UNKNOWN}"),
            None => segment.chars().rev().collect(),
        };
        if let Some(body) = &mut request.body {
            *body = serde_json::from_str(&body.to_string().replace(segment, &id)).unwrap();
        }
        id
    });
    let path = segments.collect::<Vec<_>>().join("/");
    Request { path, ..request }
}

/// A field or a column that nobody knows, a key that was used, or parameters that do not go together.
async fn invalid(stage: &Stage<'_>, route: &str, valid: Request, takes_body: bool) -> Option<Sent> {
    let schemas = Schemas::shared();
    if valid.csv.is_some() {
        return Some(stage.by_sender(route, &valid.csv("nonsense\n")));
    }
    if takes_body || !schemas.request(route).is_null() {
        return Some(stage.by_sender(route, &set(valid, "unknown", json!(1))));
    }
    let takes_key = schemas.operation(route)["parameters"].as_array();
    let mut takes_key = takes_key.into_iter().flatten();
    if takes_key.any(|parameter| parameter["name"] == "Idempotency-Key") {
        // The key of the same verb about something else.
        let key = stage.business.fresh("key");
        let first = stage.valid(route).await.header("idempotency-key", &key);
        first
            .call(stage.world())
            .by(stage.business.sender(route))
            .ok()
            .await;
        return Some(stage.by_sender(route, &valid.header("idempotency-key", &key)));
    }
    let query = match route {
        "GET /v1/customers/{id}/wallet" | "GET /v1/me/wallet" => "as_of=2027-01-01T00:00:00Z",
        "GET /v1/reports/liability" | "GET /v1/reports/pipeline" | "GET /v1/reports/forecast" => {
            "as_of=2027-01-01"
        }
        _ if route.starts_with("GET /v1/reports/") => "from=2026-11-02&to=2026-11-01",
        "POST /v1/quotes/{id}/send" => return Some(standing::lapsed_draft(stage).await),
        _ => return None,
    };
    Some(stage.by_sender(route, &bare(&valid).query(query)))
}
