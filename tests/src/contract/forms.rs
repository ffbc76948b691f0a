//! What the document says of the forms of ids, days and headers is so.

use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::string::string_regex;
use proptest::test_runner::TestRunner;
use serde_json::Value;

use super::Schemas;
use crate::harness::{Business, Request, World, routes};

/// How many texts of each form are tried.
const SAMPLES: usize = 4;

/// Days, by which nothing is outside of all calendars.
const DAYS: &str = "20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])";

/// The parameters of a route, each with where it stands, its name and its form.
fn forms(route: &str) -> Vec<(&'static str, &'static str, Option<&'static str>)> {
    let parameters = Schemas::shared().operation(route)["parameters"].as_array();
    let of = |parameter: &'static Value| {
        let schema = &parameter["schema"];
        let day = (schema["format"] == "date").then_some(DAYS);
        let form = schema["pattern"].as_str().or(day);
        let place = parameter["in"].as_str().unwrap();
        (place, parameter["name"].as_str().unwrap(), form)
    };
    parameters.into_iter().flatten().map(of).collect()
}

/// A request of the route in which everything is of its form, and by that any.
fn of_its_form(route: &str, valid: &Request, turn: usize, runner: &mut TestRunner) -> Request {
    let mut path = route.split_once(' ').unwrap().1.to_owned();
    let mut queries = Vec::new();
    let mut request = valid.clone();
    for (place, name, form) in forms(route) {
        let any = form.map(|form| {
            let bare = form.trim_start_matches('^').trim_end_matches('$');
            let texts = string_regex(bare).unwrap();
            texts.new_tree(runner).unwrap().current()
        });
        match (place, name, any) {
            ("path", name, any) => {
                let any = any.unwrap_or_else(|| "debit-1".to_owned());
                path = path.replace(&format!("{{{name}}}"), &any);
            }
            // It goes with the number of a stage.
            ("query", "scheme_id", Some(any)) => queries.push(format!("?stage=1&scheme_id={any}")),
            ("query", name, Some(any)) => queries.push(format!("?{name}={}", encoded(&any))),
            ("header", "If-Match", Some(any)) => {
                request = request.without("if-match").header("if-match", any);
            }
            ("header", "Idempotency-Key", Some(any)) => {
                let bare = request.without("idempotency-key");
                request = bare.header("idempotency-key", any);
            }
            _ => {}
        }
    }
    // One alone: of two days the first may be the later.
    let query = queries.get(turn % queries.len().max(1));
    let path = format!("{path}{}", query.map_or("", String::as_str));
    Request { path, ..request }
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[tokio::test]
async fn what_has_the_documented_form_is_never_called_malformed() {
    let world = World::new().await;
    let business = Business::open(&world).await;
    let mut runner = TestRunner::deterministic();
    let mut tried = 0;
    for route in routes() {
        if forms(&route).iter().all(|(.., form)| form.is_none()) {
            continue;
        }
        let valid = business.request(&route, &business.one).await;
        for turn in 0..SAMPLES {
            let request = of_its_form(&route, &valid, turn, &mut runner);
            let call = request.call(&world).by(business.sender(&route));
            let answer = call.send().await;
            assert_ne!(answer.status, 400, "{request:?}: {answer:?}");
            tried += 1;
        }
    }
    assert!(tried > 300, "only {tried}");
}

#[test]
fn every_id_in_a_path_and_every_header_has_its_form() {
    let formless = |route: &String| {
        let parameters = forms(route).into_iter();
        let formless = parameters.filter(|(place, _, form)| *place != "query" && form.is_none());
        formless.map(|(_, name, _)| name).collect::<Vec<_>>()
    };
    let mut formless: Vec<&str> = routes().iter().flat_map(formless).collect();
    formless.sort_unstable();
    formless.dedup();
    // HTTP says what an Accept is; a debit is called as the bank calls it.
    assert_eq!(formless, ["Accept", "debit_id"]);
}
