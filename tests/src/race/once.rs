//! Many at once: each thing happens once, and never more than there is.

use std::collections::BTreeMap;

use domain::journal::{Entry, fold};
use futures::future::join_all;
use serde_json::json;

use crate::harness::{Salon, tally};

/// The package as its journal tells it.
async fn folded(salon: &Salon, package: &str) -> (u64, u64) {
    let entries: Vec<Entry> = salon.world.journal().await;
    let package = fold(package.parse().unwrap(), &entries).unwrap().unwrap();
    let balance = package.pools[0].balance;
    (balance.available, balance.held)
}

#[tokio::test(flavor = "multi_thread")]
async fn of_200_bookings_of_one_visit_on_a_package_of_100_exactly_100_succeed() {
    let salon = Salon::open().await;
    let template = salon.visits(100, &[&salon.manicure]).await;
    let package = salon.sell(&salon.ayse, &template).await;
    let calls = (0..200).map(|number| {
        let id = format!("b-{number}");
        let pay_with = if number % 2 == 0 {
            json!("auto")
        } else {
            json!([package])
        };
        salon
            .world
            .post(
                "/v1/bookings",
                salon.booking(&id, &[&salon.manicure], pay_with),
            )
            .send()
    });
    let answers = join_all(calls).await;
    let expected = BTreeMap::from([
        ((201, String::new()), 100),
        ((409, "insufficient-units".to_owned()), 100),
    ]);
    assert_eq!(tally(&answers), expected);
    assert_eq!(salon.pool(&package).await, (0, 100, 0, 0));
    assert_eq!(folded(&salon, &package).await, (0, 100));
}

#[tokio::test(flavor = "multi_thread")]
async fn concurrent_bookings_of_different_prices_never_overdraw_credit() {
    let salon = Salon::open().await;
    let template = salon.credit(5_000_000).await;
    let package = salon.sell(&salon.ayse, &template).await;
    // 600.00, 1500.00 and 70.01 lira; all 200 together would cost far more than the credit.
    let odd = salon.service("Kaş", 7_001).await;
    let services = [&salon.manicure, &salon.massage, &odd];
    let calls = (0..200).map(|number| {
        let id = format!("b-{number}");
        let body = salon.booking(&id, &[services[number % 3]], json!([package]));
        salon.world.post("/v1/bookings", body).send()
    });
    let answers = join_all(calls).await;
    let spent: u64 = answers
        .iter()
        .filter(|answer| answer.status == 201)
        .map(|answer| {
            answer.body["services"][0]["price"]["amount_minor"]
                .as_u64()
                .unwrap()
        })
        .sum();
    let refused = answers.iter().filter(|answer| answer.status != 201);
    for answer in refused.clone() {
        assert_eq!(answer.body["code"], "insufficient-units", "{answer:?}");
    }
    // What is left is less than the cheapest that was refused, or nothing cheap was refused.
    let left = 5_000_000 - spent;
    assert!(refused.count() > 0);
    assert!(left < 150_000, "{left} left although something was refused");
    assert_eq!(salon.pool(&package).await, (left, spent, 0, 0));
    assert_eq!(folded(&salon, &package).await, (left, spent));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_booking_sent_50_times_at_once_holds_once_and_every_answer_is_the_same() {
    let salon = Salon::open().await;
    let template = salon.visits(10, &[&salon.manicure]).await;
    let package = salon.sell(&salon.ayse, &template).await;
    let body = salon.booking("same", &[&salon.manicure], json!("auto"));
    let calls = (0..50).map(|_| salon.world.post("/v1/bookings", body.clone()).send());
    let answers = join_all(calls).await;
    assert_eq!(answers.iter().filter(|answer| !answer.replayed).count(), 1);
    for answer in &answers {
        assert_eq!((answer.status, &answer.body), (201, &answers[0].body));
    }
    assert_eq!(salon.pool(&package).await, (9, 1, 0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_sale_sent_20_times_at_once_sells_one_package() {
    let salon = Salon::open().await;
    let template = salon.visits(10, &[&salon.manicure]).await;
    let body = json!({"customer_id": salon.ayse, "template_id": template});
    let calls = (0..20).map(|_| {
        salon
            .world
            .post("/v1/packages", body.clone())
            .key("k")
            .send()
    });
    let answers = join_all(calls).await;
    for answer in &answers {
        assert_eq!((answer.status, &answer.body), (201, &answers[0].body));
    }
    assert_eq!(
        salon.wallet().await["packages"].as_array().unwrap().len(),
        1
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_that_is_completed_cancelled_and_missed_at_once_is_resolved_once() {
    let salon = Salon::open().await;
    let template = salon.visits(10, &[&salon.manicure]).await;
    let package = salon.sell(&salon.ayse, &template).await;
    salon.book("b", &[&salon.manicure], json!("auto")).await;
    salon.world.set_clock("2026-11-23T12:00:00Z");
    let verbs = ["complete", "cancel", "no-show"];
    let calls = (0..30).map(|number| {
        let path = format!("/v1/bookings/b/{}", verbs[number % 3]);
        salon.world.post(&path, json!({})).send()
    });
    let answers = join_all(calls).await;
    let won: Vec<usize> = (0..30)
        .filter(|number| answers[*number].status == 200)
        .map(|number| number % 3)
        .collect();
    assert_eq!(won.len(), 10, "{:?}", tally(&answers));
    assert!(won.iter().all(|verb| verb == &won[0]));
    let lost = answers.iter().filter(|answer| answer.status != 200);
    assert!(
        lost.clone()
            .all(|answer| answer.body["code"] == "booking-resolved")
    );
    let resolved = [(9, 0, 1, 0), (10, 0, 0, 0), (9, 0, 0, 1)];
    assert_eq!(salon.pool(&package).await, resolved[won[0]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_that_is_moved_and_cancelled_at_once_leaves_no_hold_behind() {
    let salon = Salon::open().await;
    let template = salon.visits(10, &[&salon.manicure]).await;
    let package = salon.sell(&salon.ayse, &template).await;
    salon.book("b", &[&salon.manicure], json!("auto")).await;
    let mut calls = Vec::new();
    for day in 24..30 {
        let body = json!({"starts_at": format!("2026-11-{day}T10:00:00Z")});
        calls.push(salon.world.post("/v1/bookings/b/reschedule", body).send());
        calls.push(salon.world.post("/v1/bookings/b/cancel", json!({})).send());
    }
    for answer in join_all(calls).await {
        assert!(
            answer.status == 200 || answer.body["code"] == "booking-resolved",
            "{answer:?}"
        );
    }
    assert_eq!(
        salon.world.get("/v1/bookings/b").ok().await["status"],
        "cancelled"
    );
    assert_eq!(salon.pool(&package).await, (10, 0, 0, 0));
    assert_eq!(folded(&salon, &package).await, (10, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_customers_with_one_address_made_at_once_one_is_refused() {
    let salon = Salon::open().await;
    let body = json!({"name": "Elif", "email": "elif@example.com"});
    let calls = (0..10).map(|_| salon.world.post("/v1/customers", body.clone()).send());
    let expected = BTreeMap::from([
        ((201, String::new()), 1),
        ((409, "email-taken".to_owned()), 9),
    ]);
    assert_eq!(tally(&join_all(calls).await), expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_ten_edits_of_one_version_at_once_one_wins() {
    let salon = Salon::open().await;
    let path = format!("/v1/services/{}", salon.manicure);
    let calls = (0..10).map(|number| {
        let body = json!({
            "name": format!("Manikür {number}"), "duration_minutes": 30,
            "list_price": {"amount_minor": 1, "currency": "TRY"},
        });
        salon.world.call("PUT", &path).json(body).if_match(1).send()
    });
    let expected = BTreeMap::from([
        ((200, String::new()), 1),
        ((412, "version-mismatch".to_owned()), 9),
    ]);
    assert_eq!(tally(&join_all(calls).await), expected);
}
