//! Every kind of write is sent once: what conditions there are, and that docs/conditions.md has them all.

use std::collections::BTreeSet;
use std::time::Duration;

use futures::future::{BoxFuture, FutureExt as _, join_all};

use super::{agenda, claims, erased, projections, quotas, units};
use crate::due_work::{everything, salon as alone};
use crate::harness::{Business, Listed, World, function_of, routes};
use crate::tidy::sources;

/// Ways to use a route that write otherwise.
const WAYS: [&str; 5] = [
    "PUT /v1/settings/pipeline (again)",
    "POST /v1/packages/{id}/members (removal)",
    "POST /v1/bookings/{id}/complete (walk-in)",
    "POST /v1/opportunities/{id}/quota (none)",
    "POST /v1/quotes/{id}/accept (services alone)",
];

/// Every route that may write, in every way.
fn writing_routes() -> Vec<String> {
    let all = routes().into_iter().chain(WAYS.map(str::to_owned));
    all.filter(|route| !route.starts_with("GET ")).collect()
}

/// The method and path alone.
fn plain(route: &str) -> &str {
    route.split(" (").next().unwrap()
}

/// What is sent with a request of each route of a function, and with what the stream tells of them.
async fn of_function(function: &str) -> BTreeSet<String> {
    let world = World::new().await;
    let business = Business::open(&world).await;
    let of_function = |route: &String| function_of(plain(route)) == function;
    for route in writing_routes().into_iter().filter(of_function) {
        let request = business.request(&route, &business.one).await;
        let call = request.call(&world).by(business.sender(&route));
        call.ok().await;
    }
    world.pump().await;
    world.faults.conditions().sent()
}

/// What is sent when everything falls due.
async fn of_due_work() -> BTreeSet<String> {
    let salon = alone().await;
    everything(&salon).await;
    salon.world.due_work().await;
    salon.world.set_clock("2026-12-08T08:00:00Z");
    salon.world.work(Duration::from_secs(60)).await;
    salon.world.faults.conditions().sent()
}

async fn sent() -> BTreeSet<String> {
    let mut flows: Vec<BoxFuture<'_, BTreeSet<String>>> = vec![
        of_due_work().boxed(),
        agenda::flow().boxed(),
        claims::flow().boxed(),
        erased::flow().boxed(),
        quotas::flow().boxed(),
        projections::flow().boxed(),
        units::flow().boxed(),
    ];
    let writing: BTreeSet<&str> = writing_routes()
        .iter()
        .map(|route| function_of(plain(route)))
        .collect();
    flows.extend(writing.into_iter().map(|name| of_function(name).boxed()));
    join_all(flows).await.into_iter().flatten().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_document_has_every_condition_that_is_sent_and_no_other() {
    let listed = Listed::shared();
    let known = listed.names();
    let sent = sent().await;
    let missing: Vec<&String> = sent.difference(known).collect();
    let stale: Vec<&String> = known.difference(&sent).collect();
    assert_eq!(
        (missing, stale),
        (vec![], vec![]),
        "not in the document; not sent"
    );
    let rows = listed.conditions.len() + listed.unconditional.len();
    assert_eq!(rows, known.len(), "what is listed has one row");
}

#[tokio::test]
#[should_panic(expected = r#"{"PutItem SERVICE"} is sent, and not in docs/conditions.md"#)]
async fn a_write_that_is_not_in_the_document_fails_whatever_test_sends_it() {
    let world = World::new().await;
    world.put_unconditionally().await;
}

#[test]
fn every_row_of_the_document_names_a_test_that_there_is() {
    let tests = sources("tests/src/conditions");
    for (condition, test) in &Listed::shared().conditions {
        let (module, name) = test.split_once("::").unwrap();
        let file = tests
            .iter()
            .find(|it| it.path.ends_with(&format!("{module}.rs")));
        let file = file.unwrap_or_else(|| panic!("{condition}: no {module}"));
        assert!(
            file.text.contains(&format!("fn {name}(")),
            "{condition}: no {test}"
        );
    }
}
