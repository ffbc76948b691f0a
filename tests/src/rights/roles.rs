//! What each role, and each customer, of a business may do.

use std::collections::BTreeSet;

use functions::FUNCTIONS;
use futures::future::join_all;

use super::table::{CALLERS, Row, mistake, rows, token};
use crate::harness::{Business, Request, World, function_of, routes};

#[test]
fn every_route_of_the_template_has_a_row_and_every_row_a_route() {
    let routes: BTreeSet<String> = routes().into_iter().collect();
    let rows = rows().map(|row| row.plain_route().to_owned()).collect();
    assert_eq!(routes, rows);
}

#[tokio::test(flavor = "multi_thread")]
async fn everyone_is_answered_as_the_table_says_and_who_is_refused_writes_nothing() {
    let mistakes = join_all(FUNCTIONS.map(|function| mistakes_of(function.name))).await;
    let mistakes = mistakes.concat();
    assert!(mistakes.is_empty(), "\n{}", mistakes.join("\n"));
}

/// A world for each function, so that they are tried side by side.
async fn mistakes_of(function: &str) -> Vec<String> {
    let world = World::new().await;
    let business = Business::open(&world).await;
    let mut mistakes = Vec::new();
    for row in rows().filter(|row| function_of(row.plain_route()) == function) {
        let (writers, others): (Vec<_>, Vec<_>) = CALLERS
            .iter()
            .partition(|caller| row.entries > 0 && row.expected(caller).1.is_empty());
        let request = business.request(row.route, &business.one).await;
        mistakes.extend(check(&business, &row, &request, &others, 0).await);
        for writer in writers {
            let request = business.request(row.route, &business.one).await;
            mistakes.extend(check(&business, &row, &request, &[writer], row.entries).await);
        }
    }
    mistakes
}

/// What is wrong when these callers send a request that should add `entries` to the journal.
async fn check(
    business: &Business<'_>,
    row: &Row,
    request: &Request,
    callers: &[&str],
    entries: usize,
) -> Vec<String> {
    let before = business.entries().await;
    let mut mistakes = Vec::new();
    for caller in callers {
        let call = request.call(business.world);
        let answer = call.by(&token(business, caller)).send().await;
        if let Some(mistake) = mistake(&answer, row.expected(caller)) {
            mistakes.push(format!("{} by {caller}: {mistake}", row.route));
        }
    }
    let written = business.entries().await - before;
    if written != entries {
        mistakes.push(format!("{} by {callers:?} wrote {written}", row.route));
    }
    mistakes
}
