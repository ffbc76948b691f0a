//! Every answer that any test gets is held to the OpenAPI document: its path and method, its status, its
//! media type and its body; and the code of a problem to docs/problems.md.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, LazyLock, Mutex};

use reqwest::Method;
use serde_json::{Value, json};

use super::{Answer, template};
use crate::contract::Schemas;
use crate::tidy::read;

/// The document, read once for all tests.
struct Document {
    schemas: &'static Schemas,
    routes: HashMap<Method, matchit::Router<String>>,
    /// The codes of problems, each with a status.
    codes: BTreeSet<(String, u16)>,
    /// By route, status and media type; each is put together when it is first answered.
    bodies: Mutex<HashMap<(String, u16, String), Arc<Value>>>,
}

static DOCUMENT: LazyLock<Document> = LazyLock::new(|| {
    let mut routes = HashMap::<Method, matchit::Router<String>>::new();
    for route in &template().routes {
        let of_method = routes.entry(route.method.clone()).or_default();
        let name = format!("{} {}", route.method, route.path);
        of_method.insert(&route.path, name).unwrap();
    }
    Document {
        schemas: Schemas::shared(),
        routes,
        codes: codes(),
        bodies: Mutex::default(),
    }
});

fn codes() -> BTreeSet<(String, u16)> {
    let document = read("docs/problems.md");
    let rows = document.lines().filter_map(|line| line.strip_prefix("| `"));
    rows.flat_map(|row| {
        let (code, rest) = row.split_once("` | ").unwrap();
        // One has two of them.
        let statuses = rest.split('|').next().unwrap().split([' ', ',']);
        let statuses = statuses.filter_map(|word| word.parse().ok());
        statuses.map(|status| (code.to_owned(), status))
    })
    .collect()
}

/// The operation that a request of this method and path comes to, such as `GET /v1/services/{id}`.
fn operation_of(method: &Method, path: &str) -> Option<&'static str> {
    let matched = DOCUMENT.routes.get(method)?.at(path).ok()?;
    Some(matched.value)
}

/// What the document does not say of an answer to this request; nothing of what is beside the API.
pub(super) fn undocumented(method: &Method, path: &str, answer: &Answer) -> Vec<String> {
    let no_route = match answer.status {
        400 => answer.body == json!({"message": "Bad Request"}),
        404 => answer.body == json!({"message": "Not Found"}),
        _ => false,
    };
    match operation_of(method, path) {
        _ if !path.starts_with("/v1/") => Vec::new(),
        Some(operation) => DOCUMENT.mistakes(operation, answer),
        None if no_route => Vec::new(),
        None => vec![format!("{method} {path} is not documented")],
    }
}

impl Document {
    fn mistakes(&self, operation: &str, answer: &Answer) -> Vec<String> {
        let kind = answer.content_type.split(';').next().unwrap_or_default();
        let body = self.body(operation, answer.status, kind);
        match (body.is_null(), kind) {
            (true, _) => vec![format!("{} as {kind:?} is not documented", answer.status)],
            (false, "application/json") => self.schemas.mistakes(&body, &answer.body, ""),
            (false, "application/problem+json") => {
                let mut mistakes = self.schemas.mistakes(&body, &answer.body, "");
                mistakes.extend(self.unknown_code(answer));
                mistakes
            }
            (false, _) => Vec::new(),
        }
    }

    /// A code that docs/problems.md does not have with this status.
    fn unknown_code(&self, answer: &Answer) -> Option<String> {
        let code = answer.body["code"].as_str().unwrap_or_default().to_owned();
        let known = (code, answer.status);
        let unknown = !self.codes.contains(&known);
        unknown.then(|| format!("{known:?} is not in docs/problems.md"))
    }

    /// The schema, with what it refers to; null if nothing of the kind is documented.
    fn body(&self, operation: &str, status: u16, kind: &str) -> Arc<Value> {
        let key = (operation.to_owned(), status, kind.to_owned());
        let mut bodies = self.bodies.lock().unwrap();
        let body = bodies.entry(key).or_insert_with(|| {
            let schema = self.schemas.response(operation, status, kind);
            Arc::new(match schema.is_null() {
                true => Value::Null,
                false => self.schemas.inlined(schema),
            })
        });
        body.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, content_type: &str, body: Value) -> Answer {
        Answer {
            status,
            body,
            etag: None,
            replayed: false,
            content_type: content_type.to_owned(),
        }
    }

    #[test]
    fn an_answer_that_the_document_does_not_have_is_noticed() {
        let of = |method: Method, path: &str, answer: &Answer| {
            let mistakes = undocumented(&method, path, answer);
            mistakes.first().cloned().unwrap_or_default()
        };
        let get = |answer: &Answer| of(Method::GET, "/v1/services", answer);
        let (json, problem) = ("application/json", "application/problem+json");
        let empty = json!({"items": [], "next_cursor": null});
        assert_eq!(get(&answer(200, json, empty.clone())), "");
        assert_eq!(
            get(&answer(201, json, empty.clone())),
            "201 as \"application/json\" is not documented"
        );
        assert_eq!(
            get(&answer(200, "text/csv", empty.clone())),
            "200 as \"text/csv\" is not documented"
        );
        let more = json!({"items": [], "next_cursor": null, "secret": 1});
        assert_eq!(get(&answer(200, json, more)), "/secret is not documented");
        let conflict =
            json!({"type": "t", "title": "t", "status": 409, "detail": "d", "code": "c"});
        assert_eq!(
            get(&answer(409, problem, conflict)),
            "409 as \"application/problem+json\" is not documented"
        );
        let brief = json!({"type": "t", "title": "t", "status": 400, "code": "c"});
        assert_eq!(get(&answer(400, problem, brief)), "/detail is missing");
        let unknown = json!({
            "type": "t", "title": "t", "status": 400, "detail": "d", "code": "already-claimed",
        });
        assert_eq!(
            get(&answer(400, problem, unknown)),
            "(\"already-claimed\", 400) is not in docs/problems.md"
        );
        let other = answer(200, json, empty);
        assert_eq!(
            of(Method::DELETE, "/v1/services", &other),
            "DELETE /v1/services is not documented"
        );
        assert_eq!(of(Method::GET, "/openapi.json", &other), "");
    }
}
