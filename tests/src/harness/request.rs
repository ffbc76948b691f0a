//! Requests as data: what is sent can be looked at, changed and sent again.

use std::sync::LazyLock;

use local::Template;
use local::template::Route;
use serde_json::Value;

use super::{Call, World};

/// Every route, such as `GET /v1/services/{id}`, from the one place that has them.
pub(crate) fn routes() -> Vec<String> {
    template().routes.iter().map(name).collect()
}

/// The function behind a route; empty if there is no such route.
pub(crate) fn function_of(route: &str) -> &'static str {
    let found = template().routes.iter().find(|known| name(known) == route);
    found.map_or("", |found| found.function)
}

/// Read once for all tests.
pub(crate) fn template() -> &'static Template {
    static TEMPLATE: LazyLock<Template> = LazyLock::new(|| {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../template.yaml");
        Template::read(path.as_ref()).unwrap()
    });
    &TEMPLATE
}

fn name(route: &Route) -> String {
    format!("{} {}", route.method, route.path)
}

/// A request that nobody has sent yet.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Option<Value>,
    /// In the place of a body of JSON.
    pub(crate) csv: Option<String>,
}

impl Request {
    /// Of a route, such as `GET /v1/services/{id}`.
    pub(crate) fn new(route: &str) -> Self {
        let (method, path) = route.split_once(' ').unwrap();
        Self {
            method: method.to_owned(),
            path: path.to_owned(),
            headers: Vec::new(),
            body: None,
            csv: None,
        }
    }

    /// With this id in the path.
    pub(crate) fn at(self, id: &str) -> Self {
        Self {
            path: self.path.replace("{id}", id),
            ..self
        }
    }

    pub(crate) fn query(self, query: &str) -> Self {
        Self {
            path: format!("{}?{query}", self.path),
            ..self
        }
    }

    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(crate) fn if_match(self, version: u64) -> Self {
        self.header("if-match", format!("\"{version}\""))
    }

    /// Without any header of this name.
    pub(crate) fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(header, _)| *header != name);
        self
    }

    /// Whether it has a header of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.headers.iter().any(|(header, _)| *header == name)
    }

    pub(crate) fn body(self, body: Value) -> Self {
        Self {
            body: Some(body),
            ..self
        }
    }

    pub(crate) fn csv(self, file: impl Into<String>) -> Self {
        Self {
            csv: Some(file.into()),
            ..self
        }
    }

    /// Whether it says this anywhere, so that an answer may repeat it.
    pub(crate) fn says(&self, text: &str) -> bool {
        let body = self.body.as_ref().map(Value::to_string);
        self.path.contains(text) || body.unwrap_or_default().contains(text)
    }

    /// The call of the world's owner; [`Call::by`] makes it someone else's.
    pub(crate) fn call(&self, world: &World) -> Call {
        self.dress(world.call(&self.method, &self.path))
    }

    /// A call with its headers and its body.
    pub(crate) fn dress(&self, mut call: Call) -> Call {
        for (name, value) in &self.headers {
            call = call.header(name, value);
        }
        match (&self.body, &self.csv) {
            (Some(body), _) => call.json(body.clone()),
            (None, Some(file)) => call.raw("text/csv", file.clone()),
            (None, None) => call,
        }
    }
}
