//! Bad input, on every route that takes some: a 4xx with a stable code and a sentence that helps, and
//! nothing written.

mod bodies;
mod headers;
mod ids;
mod lists;
mod mutated;
mod numbers;
mod paths;
mod shapes;
mod templates;
mod texts;
mod times;

use crate::contract::Schemas;
use crate::harness::{Business, Call, Request, routes};

const SERVICE: &str = "POST /v1/services";
const SERVICE_EDIT: &str = "PUT /v1/services/{id}";
const VISITS: &str = "POST /v1/package-templates";
const VISITS_EDIT: &str = "PUT /v1/package-templates/{id}";
const CREDIT: &str = "POST /v1/package-templates (credit)";
const SETTINGS: &str = "PUT /v1/settings";

/// Every route that takes a body; twice, where it takes two kinds.
fn routes_with_body() -> Vec<String> {
    let schemas = Schemas::read();
    let more = [
        "POST /v1/package-templates (credit)",
        "POST /v1/packages (terms)",
        "POST /v1/bookings/{id}/complete (walk-in)",
        "POST /v1/opportunities/{id}/activities (planned)",
        "POST /v1/quotas (count)",
    ];
    routes()
        .into_iter()
        .filter(|route| !schemas.request(route).is_null())
        .chain(more.map(str::to_owned))
        .collect()
}

/// Sends what should be refused, and remembers what was not.
struct Bad<'b> {
    business: &'b Business<'b>,
    entries: usize,
    sent: usize,
    mistakes: Vec<String>,
}

impl<'b> Bad<'b> {
    /// From here on nothing may be written.
    async fn begin(business: &'b Business<'b>) -> Self {
        Self {
            business,
            entries: business.entries().await,
            sent: 0,
            mistakes: Vec::new(),
        }
    }

    /// Sends it, and expects this status and code, and `says` in the detail.
    async fn send(&mut self, what: &str, call: Call, (status, code): (u16, &str), says: &str) {
        let answer = call.by(&self.business.owner).send().await;
        let detail = answer.body["detail"].as_str().unwrap_or_default();
        let problem = answer.content_type == "application/problem+json" && detail.len() > 15;
        let as_expected = answer.status == status && answer.body["code"] == code;
        if !as_expected || !problem || !detail.contains(says) {
            let body = answer.body.to_string();
            let body: String = body.chars().take(200).collect();
            self.mistakes.push(format!(
                "{what}: {} {body}, not {status} {code}",
                answer.status
            ));
        }
        self.sent += 1;
    }

    /// Fails if anything was not refused as it should be, or something was written.
    async fn end(self) {
        assert!(self.sent > 0, "nothing was tried");
        assert!(self.mistakes.is_empty(), "\n{}", self.mistakes.join("\n"));
        assert_eq!(
            self.business.entries().await,
            self.entries,
            "something was written"
        );
    }
}

/// The request with this text as its body.
fn with_body(business: &Business<'_>, request: &Request, body: impl Into<reqwest::Body>) -> Call {
    let bare = Request {
        body: None,
        ..request.clone()
    };
    bare.call(business.world).raw("application/json", body)
}

/// The request's body with this JSON in the place that `pointer` names; also JSON that no number of
/// ours can hold.
fn replaced(request: &Request, pointer: &str, json: &str) -> String {
    let mut body = request.body.clone().unwrap();
    let (parent, field) = pointer.rsplit_once('/').unwrap();
    let parent = body.pointer_mut(parent).unwrap();
    match parent.as_object_mut() {
        Some(fields) => drop(fields.insert(field.to_owned(), "@".into())),
        None => *parent.pointer_mut(&format!("/{field}")).unwrap() = "@".into(),
    }
    body.to_string().replace("\"@\"", json)
}

/// Tries every JSON in every place, and expects 422 with this code of each.
async fn refused(
    business: &Business<'_>,
    places: &[(&str, &str)],
    jsons: &[&str],
    code: &str,
    says: &str,
) {
    for (route, pointer) in places {
        let request = business.request(route, &business.one).await;
        let mut bad = Bad::begin(business).await;
        for json in jsons {
            let call = with_body(business, &request, replaced(&request, pointer, json));
            let what = format!("{route} with {pointer} = {json}");
            bad.send(&what, call, (422, code), says).await;
        }
        bad.end().await;
    }
}
