//! Bodies of JSON that differ from what is documented: each of their fields, one by one, on every route.

use serde_json::{Value, json};

use super::{Bad, routes_with_body, with_body};
use crate::contract::Schemas;
use crate::harness::{Business, World};

/// What is wrong for a field of any documented type but one.
const OTHERS: [&str; 10] = [
    "null",
    "true",
    "1.5",
    "-1",
    "7",
    "\"\\u0000\"",
    "[]",
    "[[]]",
    "{}",
    "{\"a\": 1}",
];

/// Every field of a body with its documented schema, by pointer, and whether it is required.
fn fields(schemas: &Schemas, schema: &Value, body: &Value, at: &str) -> Vec<(String, Value, bool)> {
    let mut schema = schemas.whole(schema).into_owned();
    if let Some(Value::Array(alternatives)) = schema.remove("oneOf") {
        // `null` or an object: the object.
        let object = alternatives
            .iter()
            .map(|one| schemas.whole(one).into_owned());
        schema = object.max_by_key(|one| one.len()).unwrap();
    }
    let schema = Value::Object(schema);
    let mut found = Vec::new();
    for (name, value) in body.as_object().into_iter().flatten() {
        let at = format!("{at}/{name}");
        let property = &schema["properties"][name];
        let required = schema["required"].as_array().into_iter().flatten();
        let required = required.filter(|one| *one == name).count() > 0;
        found.extend(fields(schemas, property, value, &at));
        found.push((at, property.clone(), required));
    }
    for (index, item) in body.as_array().into_iter().flatten().enumerate() {
        found.extend(fields(
            schemas,
            &schema["items"],
            item,
            &format!("{at}/{index}"),
        ));
    }
    found
}

/// The objects of a body, by pointer.
fn objects(body: &Value, at: &str) -> Vec<String> {
    let inner: Vec<(String, &Value)> = match body {
        Value::Object(fields) => fields.iter().map(|(name, v)| (name.clone(), v)).collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(i, v)| (i.to_string(), v))
            .collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    };
    let mut found: Vec<String> = inner
        .iter()
        .flat_map(|(name, value)| objects(value, &format!("{at}/{name}")))
        .collect();
    found.extend(body.is_object().then(|| at.to_owned()));
    found
}

fn last(pointer: &str) -> &str {
    pointer
        .rsplit('/')
        .find(|part| part.parse::<usize>().is_err())
        .unwrap()
}

fn takes_null(route: &str) -> bool {
    let schemas = Schemas::read();
    let schema = schemas.request(route);
    schema["oneOf"].as_array().is_some_and(|kinds| {
        let null = |kind: &Value| kind["type"] == "null";
        kinds.iter().any(null)
    })
}

#[tokio::test]
async fn a_body_that_is_no_object_is_refused() {
    let world = World::new().await;
    let business = Business::open(&world).await;
    for route in routes_with_body() {
        let request = business.request(&route, &business.one).await;
        let mut bad = Bad::begin(&business).await;
        for body in ["null", "true", "0", "1.5", "\"{}\"", "[]", "[{}]", "[null]"] {
            let call = with_body(&business, &request, body);
            // Where a body may be left out, null leaves it out.
            if body == "null" && takes_null(&route) {
                continue;
            }
            let what = format!("{route} with {body}");
            bad.send(&what, call, (422, "invalid-body"), "").await;
        }
        bad.end().await;
    }
}

#[tokio::test]
async fn a_field_that_nobody_knows_is_refused_by_its_name() {
    let world = World::new().await;
    let business = Business::open(&world).await;
    for route in routes_with_body() {
        let request = business.request(&route, &business.one).await;
        let mut bad = Bad::begin(&business).await;
        let body = request.body.as_ref().unwrap();
        for at in objects(body, "") {
            for unknown in ["unknown", "", "Name", "__proto__", "business_id", "version"] {
                let mut body = body.clone();
                body.pointer_mut(&at).unwrap()[unknown] = json!(1);
                let call = with_body(&business, &request, body.to_string());
                let what = format!("{route} with {at}/{unknown}");
                bad.send(&what, call, (422, "invalid-body"), unknown).await;
            }
        }
        bad.end().await;
    }
}

#[tokio::test]
async fn a_field_that_is_required_and_missing_is_refused_by_its_name() {
    let world = World::new().await;
    let business = Business::open(&world).await;
    let schemas = Schemas::read();
    for route in routes_with_body() {
        let request = business.request(&route, &business.one).await;
        let mut bad = Bad::begin(&business).await;
        let body = request.body.as_ref().unwrap();
        let fields = fields(&schemas, schemas.request(&route), body, "");
        for (at, _, _) in fields.iter().filter(|(_, _, required)| *required) {
            let (parent, name) = at.rsplit_once('/').unwrap();
            let mut body = body.clone();
            let parent = body.pointer_mut(parent).unwrap().as_object_mut().unwrap();
            parent.remove(name);
            let call = with_body(&business, &request, body.to_string());
            bad.send(
                &format!("{route} without {at}"),
                call,
                (422, "invalid-body"),
                name,
            )
            .await;
        }
        if bad.sent > 0 {
            bad.end().await;
        }
    }
}

#[tokio::test]
async fn a_field_of_another_type_than_documented_is_refused_by_its_name() {
    let world = World::new().await;
    let business = Business::open(&world).await;
    let schemas = Schemas::read();
    for route in routes_with_body() {
        let request = business.request(&route, &business.one).await;
        let mut bad = Bad::begin(&business).await;
        let body = request.body.as_ref().unwrap();
        for (at, schema, _) in fields(&schemas, schemas.request(&route), body, "") {
            for other in OTHERS {
                let value: Value = serde_json::from_str(other).unwrap();
                if schemas.mistakes(&schema, &value, "").is_empty() && !value.is_string() {
                    continue;
                }
                let body = super::replaced(&request, &at, other);
                let call = with_body(&business, &request, body);
                let what = format!("{route} with {at} = {other}");
                bad.send(&what, call, (422, "invalid-body"), last(&at))
                    .await;
            }
        }
        bad.end().await;
    }
}

#[tokio::test]
async fn a_field_that_is_there_twice_is_refused_by_its_name() {
    let world = World::new().await;
    let business = Business::open(&world).await;
    for route in routes_with_body() {
        let request = business.request(&route, &business.one).await;
        let mut bad = Bad::begin(&business).await;
        let body = request.body.as_ref().unwrap();
        for at in objects(body, "") {
            let object = body.pointer(&at).unwrap().as_object().unwrap();
            for (name, value) in object {
                let twice = json!(object).to_string();
                let twice = format!("{{{}: {value}, {}", json!(name), &twice[1..]);
                let body = match at.as_str() {
                    "" => twice,
                    at => super::replaced(&request, at, &twice),
                };
                let call = with_body(&business, &request, body);
                let what = format!("{route} with {at}/{name} twice");
                bad.send(&what, call, (422, "invalid-body"), name).await;
            }
        }
        bad.end().await;
    }
}
