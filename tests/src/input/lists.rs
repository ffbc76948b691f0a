//! Cursors, limits and other parameters of a query.

use super::Bad;
use crate::harness::{Business, Request, World, routes};

const LISTS: [&str; 12] = [
    "GET /v1/services",
    "GET /v1/package-templates",
    "GET /v1/shop/package-templates",
    "GET /v1/customers",
    "GET /v1/packages",
    "GET /v1/customers/{id}/journal",
    "GET /v1/packages/{id}/journal",
    "GET /v1/journal",
    "GET /v1/companies",
    "GET /v1/opportunities/{id}/activities",
    "GET /v1/opportunities/{id}/journal",
    "GET /v1/activities",
];

/// Tries every query on every list.
async fn refused(lists: &[&str], queries: &[&str], code: &str, says: &str) {
    let world = World::new().await;
    let business = Business::open(&world).await;
    // A request may need something to be there first.
    let mut requests = Vec::new();
    for list in lists {
        requests.push((list, business.request(list, &business.one).await));
    }
    let mut bad = Bad::begin(&business).await;
    for (list, request) in requests {
        for query in queries {
            let call = request.clone().query(query).call(&world);
            let short: String = query.chars().take(60).collect();
            bad.send(&format!("{list}?{short}"), call, (400, code), says)
                .await;
        }
    }
    bad.end().await;
}

#[tokio::test]
async fn a_limit_is_a_number_from_1_to_100_or_to_40_where_a_line_carries_much() {
    let (last, others) = LISTS.split_last().unwrap();
    let beyond = ["limit=0", "limit=101", "limit=65535"];
    refused(others, &beyond, "malformed-limit", "1 to 100").await;
    let beyond = ["limit=0", "limit=41", "limit=65535"];
    refused(&[last], &beyond, "malformed-limit", "1 to 40").await;
    let no_numbers = [
        "limit=",
        "limit=-1",
        "limit=abc",
        "limit=1.5",
        "limit=1e1",
        "limit=65536",
        "limit=18446744073709551616",
        "limit=%20",
        "limit=0x10",
        "limit=%D9%A3",
        "limit[]=1",
        "limit=1&limit=1",
        "limit=1&limit=2",
    ];
    refused(&LISTS, &no_numbers, "malformed-query", "").await;
}

#[tokio::test]
async fn a_cursor_is_one_that_a_list_gave_out() {
    let long = format!("cursor={}", "QUFB".repeat(200));
    let none = [
        "cursor=",
        "cursor=%20",
        "cursor=!!!",
        "cursor=a",
        "cursor=AAAA",
        "cursor=AAECAwQFBgc",
        "cursor=w7w",
        "cursor=_____w",
        "cursor=QUFB%3D%3D",
        "cursor=%00",
        // Text that is printable, and the sort key of nothing: "AAA", "{}", "~", "0", " ".
        "cursor=QUFB",
        "cursor=e30",
        "cursor=fg",
        "cursor=MA",
        "cursor=IA",
        &long,
    ];
    refused(&LISTS, &none, "malformed-cursor", "cursor").await;
    refused(
        &LISTS,
        &["cursor=QUFB&cursor=QUFB"],
        "malformed-query",
        "cursor",
    )
    .await;
}

#[tokio::test]
async fn a_cursor_of_one_list_is_none_of_another() {
    let world = World::new().await;
    let business = Business::open(&world).await;
    business.new_service().await;
    business.new_template().await;
    for _ in 0..2 {
        business.new_opportunity(&business.one).await;
        business.new_company().await;
    }
    let lists = [
        "services",
        "package-templates",
        "customers",
        "packages",
        "journal",
        "opportunities",
        "companies",
    ];
    let mut cursors = Vec::new();
    for list in lists {
        let first = Request::new(&format!("GET /v1/{list}")).query("limit=1");
        let page = first.call(&world).by(&business.owner).ok().await;
        cursors.push((list, page["next_cursor"].as_str().unwrap().to_owned()));
    }
    let mut bad = Bad::begin(&business).await;
    for list in lists {
        for (of, cursor) in cursors.iter().filter(|(of, _)| *of != list) {
            let request =
                Request::new(&format!("GET /v1/{list}")).query(&format!("cursor={cursor}"));
            let what = format!("{list} with a cursor of {of}");
            bad.send(
                &what,
                request.call(&world),
                (400, "malformed-cursor"),
                "cursor",
            )
            .await;
        }
    }
    bad.end().await;
}

#[tokio::test]
async fn a_parameter_that_nobody_knows_is_refused_by_its_name() {
    let unknown = ["unknown=1", "Limit=1", "limit=1&page=2", "after=x"];
    refused(&LISTS, &unknown, "malformed-query", "unknown field").await;
    refused(
        &LISTS[..3],
        &["name=a", "email=a@example.com"],
        "malformed-query",
        "unknown field",
    )
    .await;
    refused(
        &LISTS[..7],
        &["since=2026-11-22T00:00:00Z"],
        "malformed-query",
        "unknown field",
    )
    .await;
}

#[tokio::test]
async fn no_route_ignores_a_parameter_that_it_does_not_have() {
    let world = World::new().await;
    let business = Business::open(&world).await;
    for route in routes() {
        let request = business.request(&route, &business.one).await;
        let mut bad = Bad::begin(&business).await;
        for query in ["as_if=2026-01-01T00:00:00Z", "%00", "limit=1&x"] {
            let call = request.clone().query(query).call(&world);
            let what = format!("{route}?{query}");
            bad.send(&what, call, (400, "malformed-query"), "").await;
        }
        bad.end().await;
    }
}

#[tokio::test]
async fn customers_are_found_by_a_whole_address_or_by_a_name() {
    let customers = ["GET /v1/customers"];
    let no_addresses = [
        "email=",
        "email=ana",
        "email=%20",
        "email=ana%40example",
        "email=a@example.com&email=b@example.com",
    ];
    refused(&customers, &no_addresses, "malformed-query", "").await;
    let both = [
        "email=ana@example.com&name=Ana",
        "name=&email=ana@example.com",
    ];
    refused(&customers, &both, "malformed-query", "not by both").await;
    refused(&customers, &["name=a&name=b"], "malformed-query", "name").await;
}

#[tokio::test]
async fn a_name_to_look_for_has_a_letter_or_a_digit_of_any_script() {
    let nothing = [
        "name=%20", "name=%23", "name=~", "name=%00", "name=-", "name=%FF",
    ];
    refused(
        &["GET /v1/customers"],
        &nothing,
        "malformed-query",
        "letter or digit",
    )
    .await;
    let world = World::new().await;
    let business = Business::open(&world).await;
    let long = "a".repeat(4_000);
    for name in [
        "0%23ayse",
        "%C5%9F",
        "%D9%85",
        "%E7%BE%8E",
        "'%20OR%201=1",
        "a~",
        &long,
    ] {
        let request = Request::new("GET /v1/customers").query(&format!("name={name}"));
        request.call(&world).by(&business.owner).ok().await;
    }
}

#[tokio::test]
async fn the_journal_is_read_between_two_instants() {
    let journal = ["GET /v1/journal"];
    let no_instants = [
        "since=",
        "since=yesterday",
        "since=2026-11-22",
        "since=2026-11-22T08:00:00",
        "until=2026-11-22T08:00",
        "until=1795334400",
        "until=0000-01-01T00:00:00Z",
        "until=10000-01-01T00:00:00Z",
        "until=%2B10000-01-01T00:00:00Z",
        "since=2026-02-30T00:00:00Z",
        "since=2026-11-22T08:00:00Z&since=2026-11-22T08:00:00Z",
    ];
    refused(&journal, &no_instants, "malformed-query", "").await;
}
