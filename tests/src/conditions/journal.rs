//! The journal: an entry under a key stays what it was, whoever comes later with the same key.

use std::time::Duration;

use serde_json::{Value, json};

use super::{ALONE_OR_NOTHING, ALONE_OR_OTHERS, by_hand, overtaken};
use crate::due_work::{everything, salon as alone};
use crate::harness::{Answer, Business, Call, Left, Salon, World};
use crate::package_care::{care, sold};

fn put(kind: &str) -> String {
    format!("Put {kind} absent")
}

/// Both are sent, the second one while the first one waits. Alone the condition keeps the entry of the
/// second; without any, the first one takes its place. What the first one is answered.
async fn kept(world: &World, kind: &str, left: Left, slow: Call, fast: Call) -> Answer {
    let ended = overtaken(world, (&put(kind), left), slow.send(), fast.ok()).await;
    let spoilt = left != Left::Alone;
    assert_eq!(ended.written, spoilt, "{kind}");
    assert!(ended.then["id"].is_string(), "{kind}: {}", ended.then);
    assert_eq!(ended.now["id"] != ended.then["id"], spoilt, "{kind}");
    ended.slow
}

#[tokio::test]
async fn a_booking_of_another_customer_under_the_same_id_is_refused_by_the_entry_alone() {
    for left in ALONE_OR_NOTHING {
        let salon = Salon::open().await;
        let fatma = salon.customer("Fatma", "fatma@example.com").await;
        let slow = salon.booking("b", &[&salon.manicure], json!("none"));
        let mut fast = slow.clone();
        fast["customer_id"] = json!(fatma);
        let [slow, fast] = [slow, fast].map(|body| salon.world.post("/v1/bookings", body));
        let answer = kept(&salon.world, "BOOKING", left, slow, fast).await;
        let stored = salon.world.get("/v1/bookings/b").ok().await;
        let whose = stored["customer_id"].as_str().unwrap();
        match left == Left::Alone {
            true => assert_eq!((answer.status, whose), (422, fatma.as_str())),
            false => assert_eq!((answer.status, whose), (201, salon.ayse.as_str())),
        }
    }
}

/// Nothing pays for it: no package's version says that it was resolved.
#[tokio::test]
async fn a_booking_that_is_completed_is_not_cancelled_because_of_its_step_alone() {
    for left in ALONE_OR_NOTHING {
        let salon = Salon::open().await;
        salon.book("b", &[&salon.manicure], json!("none")).await;
        let [slow, fast] = ["cancel", "complete"].map(|verb| {
            let path = format!("/v1/bookings/b/{verb}");
            salon.world.post(&path, json!({}))
        });
        let answer = kept(&salon.world, "BOOKING-STEP", left, slow, fast).await;
        let stored = salon.world.get("/v1/bookings/b").ok().await;
        match left == Left::Alone {
            true => assert_eq!(
                (answer.body["code"].as_str(), &stored["status"]),
                (Some("booking-resolved"), &json!("completed"))
            ),
            false => assert_eq!(
                (answer.status, &stored["status"]),
                (200, &json!("cancelled"))
            ),
        }
    }
}

#[tokio::test]
async fn one_request_for_a_package_sent_twice_counts_once_because_of_its_entry_alone() {
    for left in ALONE_OR_NOTHING {
        let salon = Salon::open().await;
        let package = sold(&salon, 1, 100).await;
        let body = json!({"units": 1, "reason": "goodwill"});
        let path = format!("/v1/packages/{package}/adjustments");
        let [slow, fast] = [(), ()].map(|()| salon.world.post(&path, body.clone()).key("same"));
        let answer = kept(&salon.world, "ENTRY of package", left, slow, fast).await;
        let available = salon.pool(&package).await.0;
        match left == Left::Alone {
            true => assert_eq!((answer.replayed, available), (true, 2)),
            false => assert_eq!((answer.replayed, available), (false, 3)),
        }
    }
}

/// What a payment provider, a bank or a person tells twice.
#[tokio::test]
async fn what_comes_back_and_what_is_collected_counts_once_because_of_its_entry_alone() {
    for (kind, route) in [
        (
            "ENTRY of return",
            "POST /v1/packages/{id}/payments/{entry_id}/return",
        ),
        (
            "ENTRY of rejection",
            "POST /v1/packages/{id}/debits/{debit_id}/reject",
        ),
        ("ENTRY of collection", "POST /v1/collections"),
    ] {
        let world = World::new().await;
        let business = Business::open(&world).await;
        for left in ALONE_OR_NOTHING {
            let request = business.request(route, &business.one).await;
            let [slow, fast] = [(), ()].map(|()| request.call(&world).by(&business.owner));
            let answer = kept(&world, kind, left, slow, fast).await;
            assert_eq!(answer.status / 100, 2, "{kind}: {answer:?}");
            assert_eq!(answer.replayed, left == Left::Alone, "{kind}");
        }
    }
}

#[tokio::test]
async fn what_falls_due_is_said_once_by_two_at_once_because_of_its_notice_alone() {
    for left in ALONE_OR_NOTHING {
        let salon = alone().await;
        let world = &salon.world;
        everything(&salon).await;
        world.due_work().await;
        world.set_clock("2026-11-25T09:30:00Z");
        let work = || world.work(Duration::from_secs(60));
        let ended = overtaken(world, (&put("NOTICE"), left), work(), work()).await;
        let spoilt = left == Left::Nothing;
        assert_eq!(ended.written, spoilt);
        assert_eq!(ended.now["id"] != ended.then["id"], spoilt);
        assert_eq!((ended.slow.failed, ended.fast.failed), (0, 0));
    }
}

/// No other entry has its id, and so no state that is reached has a copy there.
#[tokio::test]
async fn a_copy_of_an_entry_takes_the_place_of_nothing() {
    for left in ALONE_OR_OTHERS {
        let salon = Salon::open().await;
        let package = sold(&salon, 5, 0).await;
        let fatma = salon.customer("Fatma", "fatma@example.com").await;
        let body = json!({"add": [fatma]});
        let share = care(&salon, &package, "members", body).send();
        let world = &salon.world;
        let copy = put("COPY");
        let done = async |key: &_| world.put_another(key).await;
        let written = by_hand(world, (&copy, left), share, done).await;
        assert_eq!(written, left == Left::Others);
        let members = salon.package(&package).await["members"].clone();
        assert_eq!(
            members == json!([]) || members == Value::Null,
            !written,
            "{members}"
        );
    }
}
