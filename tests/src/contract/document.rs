//! The document as such.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Schemas;
use crate::harness::{World, routes};

/// Every operation of the document, as `GET /v1/services`, in order.
fn operations(schemas: &Schemas) -> Vec<String> {
    let paths = schemas.0["paths"].as_object().unwrap();
    let mut operations = Vec::new();
    for (path, methods) in paths {
        let methods = methods.as_object().unwrap().keys();
        operations.extend(methods.map(|method| format!("{} {path}", method.to_uppercase())));
    }
    operations.sort();
    operations
}

#[test]
fn the_document_and_the_template_have_the_same_routes() {
    let mut routes = routes();
    routes.sort();
    assert_eq!(operations(&Schemas::read()), routes);
}

#[test]
fn every_operation_has_a_name_and_says_what_it_does_what_it_takes_and_how_it_answers() {
    let schemas = Schemas::read();
    let mut names = BTreeSet::new();
    for route in operations(&schemas) {
        let operation = schemas.operation(&route);
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        assert!(
            text(&operation["summary"]).len() > 7,
            "{route} says nothing"
        );
        let name = text(&operation["operationId"]);
        assert!(!name.is_empty(), "{route} has no operationId");
        assert!(names.insert(name.clone()), "{route} is not the only {name}");

        let responses = operation["responses"].as_object().unwrap();
        let successes = responses.keys().filter(|status| status.starts_with('2'));
        assert_eq!(successes.count(), 1, "{route} answers {responses:?}");
        for status in ["400", "401", "403", "500", "503"] {
            assert!(responses.contains_key(status), "{route} never {status}");
        }
        for (status, response) in responses {
            let exact = status.parse::<u16>().is_ok();
            assert!(exact, "{route} answers {status}");
            let what = text(&response["description"]);
            assert!(!what.is_empty(), "{route} {status} has no description");
            let kind = match status.as_str() {
                "200" | "201" => "application/json",
                _ => "application/problem+json",
            };
            let schema = &response["content"][kind]["schema"];
            assert!(
                !schemas.whole(schema).is_empty(),
                "{route} {status} has no schema"
            );
        }
    }
}

#[test]
fn every_operation_declares_what_stands_in_its_path() {
    let schemas = Schemas::read();
    for route in operations(&schemas) {
        let in_path = |segment: &str| {
            let name = segment.strip_prefix('{')?.strip_suffix('}')?;
            Some(name.to_owned())
        };
        let parameters = schemas.operation(&route)["parameters"].as_array();
        let declared = parameters.into_iter().flatten();
        let declared: Vec<String> = declared
            .filter(|parameter| parameter["in"] == "path" && parameter["required"] == true)
            .map(|parameter| parameter["name"].as_str().unwrap().to_owned())
            .collect();
        let used: Vec<String> = route.split('/').filter_map(in_path).collect();
        assert_eq!(declared, used, "{route}");
    }
}

#[test]
fn every_reference_of_the_document_leads_somewhere() {
    fn references<'v>(value: &'v Value, found: &mut Vec<&'v str>) {
        match value {
            Value::Object(fields) => {
                found.extend(fields.get("$ref").and_then(Value::as_str));
                fields.values().for_each(|field| references(field, found));
            }
            Value::Array(items) => items.iter().for_each(|item| references(item, found)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    let schemas = Schemas::read();
    let mut found = Vec::new();
    references(&schemas.0, &mut found);
    assert!(found.len() > 100, "{} references", found.len());
    for reference in found {
        assert!(schemas.referred(reference).is_some(), "{reference}");
    }
    let bearer = &schemas.0["components"]["securitySchemes"]["bearer"];
    assert_eq!(
        (&bearer["type"], &bearer["scheme"]),
        (&"http".into(), &"bearer".into())
    );
    assert_eq!(schemas.0["security"][0]["bearer"], Value::Array(Vec::new()));
}

#[tokio::test]
async fn the_document_and_its_page_are_served_to_anyone() {
    let world = World::new().await;
    let document = world.get("/openapi.json").anonymous().ok().await;
    assert_eq!(document, Schemas::read().0);
    let page = world.get("/docs").anonymous().send().await;
    assert_eq!(page.status, 200);
    assert!(
        page.content_type.starts_with("text/html"),
        "{}",
        page.content_type
    );
    assert!(page.body.as_str().unwrap().contains("swagger-ui"));
}
