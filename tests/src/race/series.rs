//! Series, passes and several packages, many at once.

use std::collections::BTreeMap;

use domain::journal::fold;
use futures::future::join_all;
use serde_json::{Value, json};

use crate::harness::{Answer, Salon, paid_by, tally};

fn series(salon: &Salon, name: &str, count: u32) -> Value {
    let services = [json!({"service_id": salon.manicure})];
    let one = |n: u32| {
        let at = format!("2026-12-{:02}T10:00:00Z", n + 1);
        json!({"booking_id": format!("{name}-{n}"), "starts_at": at, "services": services})
    };
    let appointments: Vec<Value> = (0..count).map(one).collect();
    json!({"customer_id": salon.ayse, "appointments": appointments, "pay_with": "auto"})
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_series_for_the_same_last_units_one_is_booked_whole_and_the_other_not_at_all() {
    let salon = Salon::open().await;
    // Twelve visits over two packages; each series takes eight.
    let packages = [
        salon.sell_visits(7, &[&salon.manicure]).await,
        salon.sell_visits(5, &[&salon.manicure]).await,
    ];
    let calls = ["a", "b", "c", "d"].map(|name| {
        let call = salon
            .world
            .post("/v1/bookings/series", series(&salon, name, 8));
        call.send()
    });
    let answers = join_all(calls).await;
    let expected = BTreeMap::from([
        ((201, String::new()), 1),
        ((409, "insufficient-units".to_owned()), 3),
    ]);
    assert_eq!(tally(&answers), expected);
    let [one, other] = [
        salon.pool(&packages[0]).await,
        salon.pool(&packages[1]).await,
    ];
    assert_eq!((one.0 + other.0, one.1 + other.1), (4, 8));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_series_sent_20_times_at_once_is_booked_once_and_every_answer_is_the_same() {
    let salon = Salon::open().await;
    let package = salon.sell_visits(10, &[&salon.manicure]).await;
    let body = series(&salon, "s", 10);
    let calls = (0..20).map(|_| salon.world.post("/v1/bookings/series", body.clone()).send());
    let answers = join_all(calls).await;
    assert_eq!(answers.iter().filter(|answer| !answer.replayed).count(), 1);
    for answer in &answers {
        assert_eq!((answer.status, &answer.body), (201, &answers[0].body));
    }
    assert_eq!(salon.pool(&package).await, (0, 10, 0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_bookings_that_need_the_last_unit_of_two_packages_one_succeeds_and_takes_both() {
    let salon = Salon::open().await;
    let manicures = salon.sell_visits(1, &[&salon.manicure]).await;
    let massages = salon.sell_visits(1, &[&salon.massage]).await;
    let both = [salon.manicure.as_str(), salon.massage.as_str()];
    let calls = (0..20).map(|n| {
        let services: &[&str] = match n % 2 {
            0 => &both,
            _ => &[both[1], both[0]],
        };
        let body = salon.booking(&format!("b-{n}"), services, json!("auto"));
        salon.world.post("/v1/bookings", body).send()
    });
    let answers = join_all(calls).await;
    let expected = BTreeMap::from([
        ((201, String::new()), 1),
        ((409, "insufficient-units".to_owned()), 19),
    ]);
    assert_eq!(tally(&answers), expected);
    assert_eq!(salon.pool(&manicures).await, (0, 1, 0, 0));
    assert_eq!(salon.pool(&massages).await, (0, 1, 0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_bookings_that_two_packages_of_one_visit_can_pay_two_succeed() {
    let salon = Salon::open().await;
    let packages = [
        salon.sell_visits(1, &[&salon.manicure]).await,
        salon
            .sell_visits(1, &[&salon.manicure, &salon.massage])
            .await,
    ];
    let calls = (0..20).map(|n| {
        let body = salon.booking(&format!("b-{n}"), &[&salon.manicure], json!("auto"));
        salon.world.post("/v1/bookings", body).send()
    });
    let answers = join_all(calls).await;
    let booked: Vec<&Answer> = answers
        .iter()
        .filter(|answer| answer.status == 201)
        .collect();
    assert_eq!(booked.len(), 2, "{:?}", tally(&answers));
    let mut payers: Vec<&str> = booked
        .iter()
        .map(|b| paid_by(&b.body, 0).unwrap().0)
        .collect();
    payers.sort_unstable();
    let mut both: Vec<&str> = packages.iter().map(String::as_str).collect();
    both.sort_unstable();
    assert_eq!(payers, both);
    for package in &packages {
        assert_eq!(salon.pool(package).await, (0, 1, 0, 0));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_50_bookings_at_once_on_a_pass_of_one_a_day_exactly_one_succeeds() {
    let salon = Salon::open().await;
    let pass = json!({
        "name": "Sınırsız", "kind": "pass", "services": [{"service_id": salon.manicure}],
        "caps": {"per_day": 1}, "price": {"amount_minor": 500_000, "currency": "TRY"},
        "validity": {"count": 1, "unit": "months"},
    });
    let package = salon.sell_as(pass).await;
    let calls = (0..50).map(|n| {
        let body = salon.booking(&format!("b-{n}"), &[&salon.manicure], json!("auto"));
        salon.world.post("/v1/bookings", body).send()
    });
    let answers = join_all(calls).await;
    let expected = BTreeMap::from([
        ((201, String::new()), 1),
        ((409, "cap-reached".to_owned()), 49),
    ]);
    assert_eq!(tally(&answers), expected);
    let entries = salon.world.journal().await;
    let package = fold(package.parse().unwrap(), &entries).unwrap().unwrap();
    assert_eq!(
        (
            package.pools[0].balance.granted,
            package.pools[0].balance.held
        ),
        (1, 1)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_membership_that_ends_while_the_member_books_lets_each_booking_in_or_out_whole() {
    let salon = Salon::open().await;
    let package = salon.sell_shareable(100, &[&salon.manicure]).await;
    let fatma = salon.customer("Fatma", "fatma@example.com").await;
    salon.share(&package, &fatma, true).await;
    let booking = |n: usize| {
        let mut body = salon.booking(&format!("b-{n}"), &[&salon.manicure], json!("auto"));
        body["customer_id"] = json!(fatma);
        salon.world.post("/v1/bookings", body).send()
    };
    let (answers, ()) = tokio::join!(
        join_all((0..20).map(booking)),
        salon.share(&package, &fatma, false)
    );
    let booked = answers.iter().filter(|answer| answer.status == 201).count();
    let refused = answers.iter().filter(|answer| answer.status != 201);
    for answer in refused {
        let code = answer.body["code"].as_str().unwrap();
        assert!(["no-package", "not-a-member"].contains(&code), "{answer:?}");
    }
    let held = u64::try_from(booked).unwrap();
    assert_eq!(salon.pool(&package).await, (100 - held, held, 0, 0));
    assert_eq!(booking(20).await.body["code"], "no-package");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_completed_and_reversed_many_times_at_once_ends_in_one_state() {
    let salon = Salon::open().await;
    let package = salon.sell_visits(5, &[&salon.manicure]).await;
    salon.book("b", &[&salon.manicure], json!("auto")).await;
    let calls = (0..20).map(|n| {
        let verb = ["complete", "reverse"][n % 2];
        let call = salon
            .world
            .post(&format!("/v1/bookings/b/{verb}"), json!({}));
        call.send()
    });
    for answer in join_all(calls).await {
        let code = answer.body["code"].as_str().unwrap_or_default();
        let codes = ["", "booking-resolved", "booking-not-reversible"];
        assert!(codes.contains(&code), "{answer:?}");
    }
    let booking = salon.world.get("/v1/bookings/b").ok().await;
    let pool = match booking["status"].as_str().unwrap() {
        "booked" => (4, 1, 0, 0),
        status => {
            assert_eq!(status, "completed");
            (4, 0, 1, 0)
        }
    };
    assert_eq!(salon.pool(&package).await, pool);
}
