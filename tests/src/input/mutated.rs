//! Bodies that are valid but for a few random changes.

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use super::{routes_with_body, with_body};
use crate::harness::{Business, World};

/// Each in a world of its own, whose journal stays short and is quickly counted.
const WORLDS: u32 = 8;
const CASES_PER_WORLD: u32 = 25;

/// What happens to one place of a body.
#[derive(Debug, Clone)]
enum Change {
    Replace(Value),
    Remove,
    Insert(&'static str, Value),
}

/// Which route, by its number, and what happens where, by the number of the place.
type Case = (usize, Vec<(usize, Change)>);

/// Values that some field somewhere takes, or nearly. One that begins with @ becomes an id.
const TEXTS: [&str; 18] = [
    "",
    " ",
    "x",
    "auto",
    "none",
    "visits",
    "credit",
    "days",
    "TRY",
    "EUR",
    "green",
    "ana@example.com",
    "2026-11-23T10:00:00Z",
    "9999-12-31T23:59:59Z",
    "@service",
    "@template",
    "@package",
    "@customer",
];

const FIELDS: [&str; 17] = [
    "name",
    "kind",
    "price",
    "credit",
    "quantity",
    "services",
    "service_id",
    "units",
    "validity",
    "email",
    "customer_id",
    "template_id",
    "booking_id",
    "starts_at",
    "pay_with",
    "walk_in",
    "unknown",
];

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        3 => select(&TEXTS[..]).prop_map(|text| json!(text)),
        1 => ".{0,30}".prop_map(|text| json!(text)),
        1 => any::<i64>().prop_map(|number| json!(number)),
        1 => any::<u64>().prop_map(|number| json!(number)),
        2 => (0..200_u32).prop_map(|number| json!(number)),
        1 => any::<f64>().prop_map(|number| json!(number)),
        1 => any::<bool>().prop_map(|truth| json!(truth)),
        1 => Just(Value::Null),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        let fields = prop::collection::vec((select(&FIELDS[..]), inner.clone()), 0..4);
        prop_oneof![
            prop::collection::vec(inner, 0..4).prop_map(|items| json!(items)),
            fields.prop_map(|fields| fields.into_iter().map(|(n, v)| (n.to_owned(), v)).collect()),
        ]
    })
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        3 => value().prop_map(Change::Replace),
        1 => Just(Change::Remove),
        2 => (select(&FIELDS[..]), value()).prop_map(|(name, value)| Change::Insert(name, value)),
    ]
}

/// Every place of a body, by pointer.
fn places(value: &Value, at: &str) -> Vec<String> {
    let mut found = vec![at.to_owned()];
    for (name, inner) in value.as_object().into_iter().flatten() {
        found.extend(places(inner, &format!("{at}/{name}")));
    }
    for (index, inner) in value.as_array().into_iter().flatten().enumerate() {
        found.extend(places(inner, &format!("{at}/{index}")));
    }
    found
}

fn changed(mut body: Value, changes: &[(usize, Change)]) -> Value {
    for (place, change) in changes {
        let places = places(&body, "");
        let place = &places[place % places.len()];
        match change {
            Change::Replace(value) => *body.pointer_mut(place).unwrap() = value.clone(),
            Change::Insert(name, value) => {
                let place = body.pointer_mut(place).unwrap();
                if let Some(fields) = place.as_object_mut() {
                    fields.insert((*name).to_owned(), value.clone());
                } else if let Some(items) = place.as_array_mut() {
                    items.push(value.clone());
                }
            }
            Change::Remove => match place.rsplit_once('/') {
                None => body = Value::Null,
                Some((parent, name)) => match body.pointer_mut(parent) {
                    Some(Value::Array(items)) => drop(items.remove(name.parse().unwrap())),
                    Some(parent) => drop(parent.as_object_mut().unwrap().remove(name)),
                    None => {}
                },
            },
        }
    }
    body
}

/// Sends the changed body, and expects success or a problem that wrote nothing.
async fn check(
    business: &Business<'_>,
    routes: &[String],
    case: Case,
) -> Result<(), TestCaseError> {
    let (route, changes) = (&routes[case.0 % routes.len()], case.1);
    let request = business.request(route, &business.one).await;
    let mut body = changed(request.body.clone().unwrap(), &changes).to_string();
    for (placeholder, id) in [
        ("@service", &business.service),
        ("@template", &business.template),
        ("@package", &business.one.package),
        ("@customer", &business.another.id),
    ] {
        body = body.replace(placeholder, id);
    }
    let before = business.entries().await;
    let call = with_body(business, &request, body.clone());
    let answer = call.by(business.sender(route)).send().await;
    prop_assert!(answer.status < 500, "{route} with {body}: {answer:?}");
    if answer.status >= 300 {
        let (status, code) = (&answer.body["status"], &answer.body["code"]);
        prop_assert!(
            *status == answer.status && code.is_string(),
            "{body}: {answer:?}"
        );
        prop_assert_eq!(
            business.entries().await,
            before,
            "{} with {} wrote",
            route,
            body
        );
    }
    Ok(())
}

#[test]
fn no_change_of_a_valid_body_breaks_anything_and_what_is_refused_writes_nothing() {
    let runtime = Runtime::new().unwrap();
    let routes = routes_with_body();
    let case = (
        any::<usize>(),
        prop::collection::vec((any::<usize>(), change()), 1..4),
    );
    for _ in 0..WORLDS {
        let world = runtime.block_on(World::new());
        let business = runtime.block_on(Business::open(&world));
        let mut runner = TestRunner::new(Config {
            cases: CASES_PER_WORLD,
            max_shrink_iters: 200,
            failure_persistence: None,
            ..Config::default()
        });
        let outcome = runner.run(&case, |case| {
            runtime.block_on(check(&business, &routes, case))
        });
        if let Err(error) = outcome {
            panic!("{error}");
        }
        // Dropped where its database can stop.
        let _guard = runtime.enter();
        drop(business);
        drop(world);
    }
}
