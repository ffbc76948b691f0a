//! Another business behind the same gateway, on the same table.

use functions::FUNCTIONS;
use futures::future::join_all;
use serde_json::json;

use super::table::{mistake, rows, token};
use crate::harness::{Business, Request, World, function_of};

#[tokio::test(flavor = "multi_thread")]
async fn who_belongs_to_another_business_reads_and_writes_nothing_of_this_one() {
    let mistakes = join_all(FUNCTIONS.map(|function| mistakes_of(function.name))).await;
    let mistakes = mistakes.concat();
    assert!(mistakes.is_empty(), "\n{}", mistakes.join("\n"));
}

/// Two businesses in a world for each function, so that they are tried side by side.
async fn mistakes_of(function: &str) -> Vec<String> {
    let world = World::new().await;
    let here = Business::open(&world).await;
    let next_door = Business::next_door(&world).await;
    let mut mistakes = Vec::new();
    for row in rows().filter(|row| function_of(row.plain_route()) == function) {
        let refused = here.request(row.route, &here.one).await;
        next_door.await_claims(row.route).await;
        let mut theirs = next_door.entries().await;
        for caller in ["owner", "staff", "sales", "read", "write", "one"] {
            let expected = row.next_door(caller);
            // What they may do they do, to their own, and each with a request of their own.
            let own = match expected.1.is_empty() {
                true => Some(here.request(row.route, &here.one).await),
                false => None,
            };
            let request = own.as_ref().unwrap_or(&refused);
            let before = here.entries().await;
            let answer = request.call(&world).by(&token(&next_door, caller));
            let answer = answer.send().await;
            let what = format!("{} by {caller} of next door", row.route);
            if let Some(mistake) = mistake(&answer, expected) {
                mistakes.push(format!("{what}: {mistake}"));
            }
            if here.entries().await != before {
                mistakes.push(format!("{what} wrote here"));
            }
            if expected.1.is_empty() {
                theirs += row.entries;
            }
            let body = answer.body.to_string();
            let told = |secret: &&&str| body.contains(**secret) && !request.says(secret);
            if let Some(secret) = here.secrets().iter().find(told) {
                mistakes.push(format!("{what} was told {secret}"));
            }
        }
        let written = next_door.entries().await;
        if written != theirs {
            mistakes.push(format!("{}: {written} entries, not {theirs}", row.route));
        }
    }
    mistakes
}

#[tokio::test]
async fn a_cursor_of_another_business_goes_on_in_ones_own_list() {
    let world = World::new().await;
    let here = Business::open(&world).await;
    let next_door = Business::next_door(&world).await;
    for list in [
        "services",
        "package-templates",
        "customers",
        "packages",
        "journal",
        "companies",
    ] {
        // Two of each, so that there is a second page to go on to.
        here.new_opportunity(&here.one).await;
        here.new_opportunity(&here.one).await;
        here.new_company().await;
        here.new_company().await;
        here.new_service().await;
        here.new_template().await;
        let first = Request::new(&format!("GET /v1/{list}")).query("limit=1");
        let page = first.call(&world).by(&here.owner).ok().await;
        let cursor = page["next_cursor"].as_str().unwrap();
        let second = Request::new(&format!("GET /v1/{list}")).query(&format!("cursor={cursor}"));
        let page = second.call(&world).by(&next_door.owner).ok().await;
        let body = page.to_string();
        for secret in here.secrets() {
            assert!(!body.contains(secret), "{list} told {secret}: {body}");
        }
    }
}

#[tokio::test]
async fn two_businesses_with_the_same_booking_id_key_and_account_never_meet() {
    let world = World::new().await;
    let here = Business::open(&world).await;
    let next_door = Business::next_door(&world).await;
    let booking = |of: &Business| {
        json!({
            "booking_id": "the-same", "customer_id": of.one.id, "pay_with": "auto",
            "starts_at": "2026-11-23T10:00:00Z", "services": [{"service_id": of.service}],
        })
    };
    let sale = |of: &Business| {
        let body = json!({"customer_id": of.one.id, "template_id": of.template});
        let request = Request::new("POST /v1/packages").body(body);
        request.header("idempotency-key", "the-same")
    };
    for business in [&here, &next_door] {
        let booked = business.sent("POST /v1/bookings", booking(business)).await;
        assert_eq!(booked["customer_id"], business.one.id.as_str());
        let sold = sale(business).call(&world).by(&business.owner).ok().await;
        assert_eq!(sold["customer_id"], business.one.id.as_str());
        // The account has the same subject in both.
        let me = world.get("/v1/me").by(&business.one.token).ok().await;
        assert_eq!(me["id"], business.one.id.as_str());
    }
    next_door
        .sent("POST /v1/bookings/the-same/cancel", json!({}))
        .await;
    let booked = world.get("/v1/bookings/the-same").ok().await;
    assert_eq!(booked["status"], "booked");
}
