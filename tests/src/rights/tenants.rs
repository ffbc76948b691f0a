//! Another business behind the same gateway, on the same table.

use serde_json::json;

use super::table::{mistake, rows, token};
use crate::harness::{Business, Request, World};

#[tokio::test]
async fn who_belongs_to_another_business_reads_and_writes_nothing_of_this_one() {
    let world = World::new().await;
    let here = Business::open(&world).await;
    let next_door = Business::next_door(&world).await;
    let mut mistakes = Vec::new();
    let mut theirs = next_door.entries().await;
    for row in rows() {
        for caller in ["owner", "staff", "sales", "read", "write", "one"] {
            let expected = row.next_door(caller);
            let request = here.request(row.route, &here.one).await;
            let before = here.entries().await;
            let token = token(&next_door, caller);
            let answer = request.call(&world).by(&token).send().await;
            let what = format!("{} by {caller} of next door", row.route);
            if let Some(mistake) = mistake(&answer, expected) {
                mistakes.push(format!("{what}: {mistake}"));
            }
            if here.entries().await != before {
                mistakes.push(format!("{what} wrote"));
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
    }
    // What they may do they did, to their own.
    assert_eq!(next_door.entries().await, theirs);
    assert!(mistakes.is_empty(), "\n{}", mistakes.join("\n"));
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
        "opportunities",
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
