//! What the gateway answers itself.

use super::{Kind, Sent, Stage};
use crate::harness::Request;

/// One byte more than the gateway takes.
const TOO_LARGE: usize = 10 * 1024 * 1024 + 1;

/// The one route that takes a body that is too large for the gateway: it looks at no other thing of it.
const LARGE: &str = "POST /v1/bookings";

/// Whether it is the gateway that answers so: a problem is the function's.
pub(super) fn answers(status: u16, kind: &str) -> bool {
    status >= 400 && kind == "application/json"
}

/// Whether nothing that is sent here obtains it: that a function fails or takes too long is none of the
/// request's doing, and a path without an id is either the route's or another.
pub(super) fn is_alone(route: &str, (status, kind): Kind<'_>) -> bool {
    let unknown = match status {
        400 | 404 => !route.contains('{'),
        413 => route != LARGE,
        500 | 503 => true,
        _ => false,
    };
    answers(status, kind) && unknown
}

/// What it refuses with this status.
pub(super) fn of(stage: &Stage<'_>, route: &str, valid: Request, status: u16) -> Option<Sent> {
    let request = match status {
        // Not UTF-8 under its encoding; more than one segment.
        400 => named(route, valid, "%FF"),
        401 => {
            let call = valid.call(stage.world());
            return Some(Sent { call, token: None });
        }
        404 => named(route, valid, "a%2Fb"),
        413 => {
            let call = Request::new(LARGE).call(stage.world());
            let call = call.raw("application/json", " ".repeat(TOO_LARGE));
            let token = Some(stage.business.owner.clone());
            return Some(Sent { call, token });
        }
        _ => return None,
    };
    Some(stage.by_sender(route, &request))
}

/// With this for each id in the path.
fn named(route: &str, request: Request, id: &str) -> Request {
    let segments = route.split_once(' ').unwrap().1.split('/');
    let segments = segments.map(|segment| match segment.starts_with('{') {
        true => id,
        false => segment,
    });
    let path = segments.collect::<Vec<_>>().join("/");
    Request { path, ..request }
}
