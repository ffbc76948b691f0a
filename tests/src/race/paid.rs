//! Money that is paid, returned and collected at the same moment.

use std::collections::BTreeMap;

use domain::journal::{Entry, fold};
use domain::packages::Package;
use futures::future::join_all;
use serde_json::json;

use crate::collections::plans::Plans;
use crate::harness::{Salon, lira, tally};

async fn folded(salon: &Salon, package: &str) -> Package {
    let entries: Vec<Entry> = salon.world.journal().await;
    fold(package.parse().unwrap(), &entries).unwrap().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn payments_at_once_never_exceed_what_is_outstanding() {
    let salon = Salon::open().await;
    let package = salon.sell_visits(10, &[&salon.manicure]).await;
    let path = format!("/v1/packages/{package}/payments");
    let calls = (0..12).map(|number| {
        let body = json!({"amount": lira(15_000), "method": "card"});
        let key = format!("k-{number}");
        salon.world.post(&path, body).key(&key).send()
    });
    // 1000.00 are outstanding: six times 150.00 fit.
    let expected = BTreeMap::from([
        ((201, String::new()), 6),
        ((409, "payment-too-large".to_owned()), 6),
    ]);
    assert_eq!(tally(&join_all(calls).await), expected);
    let package = folded(&salon, &package).await;
    assert_eq!(package.standing.paid_minor, 90_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_beside_bookings_lets_no_more_be_redeemed_than_is_paid() {
    let salon = Salon::open().await;
    let services = json!([{"service_id": salon.manicure}]);
    let package = salon
        .sell_as(json!({
            "name": "Paket", "kind": "visits", "quantity": 10, "services": services,
            "price": lira(100_000), "redeem_up_to_paid": true,
        }))
        .await;
    let path = format!("/v1/packages/{package}/payments");
    let pay = |key: &str| {
        let body = json!({"amount": lira(30_000), "method": "card"});
        salon.world.post(&path, body).key(key)
    };
    let first = pay("k-1").ok().await;
    let entry = first["payment"]["entry_id"].as_str().unwrap();
    let back = format!("{path}/{entry}/return");
    let book = |number: usize| {
        let body = salon.booking(&format!("b-{number}"), &[&salon.manicure], json!([package]));
        salon.world.post("/v1/bookings", body).send()
    };
    let (bookings, paid, returned) = tokio::join!(
        join_all((0..12).map(book)),
        pay("k-2").send(),
        salon.world.post(&back, json!({"reason": "AM04"})).send(),
    );
    assert_eq!((paid.status, returned.status), (201, 200));
    let package = folded(&salon, &package).await;
    let held = package.pools[0].balance.held;
    let booked = bookings
        .iter()
        .filter(|answer| answer.status == 201)
        .count();
    assert_eq!(booked as u64, held);
    // Paid was 300, 600 or 0 and in the end 300; whoever was refused was refused for that.
    assert_eq!(package.standing.paid_minor, 30_000);
    assert!(held <= 6, "{held}");
    let refused = bookings.iter().filter(|answer| answer.status != 201);
    for answer in refused {
        assert_eq!(
            (answer.status, &answer.body["code"]),
            (409, &json!("not-paid"))
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_collection_at_once_is_one_and_two_share_what_is_due() {
    let salon = Salon::open().await;
    let plans = Plans::of(&salon).await;
    let mut packages = Vec::new();
    for _ in 0..4 {
        packages.push(plans.sell(&salon.ayse).await);
    }
    plans.sign(&salon.ayse, "M-1").await;
    // Four times each of two keys.
    let calls = (0..8).map(|number| plans.collect("2027-01-01", &format!("k-{}", number % 2)));
    let calls = calls.map(crate::harness::Call::send);
    let answers = join_all(calls.collect::<Vec<_>>()).await;
    let mut collected = BTreeMap::<String, usize>::new();
    let mut by_key: [Vec<String>; 2] = Default::default();
    for (number, answer) in answers.iter().enumerate() {
        // Whoever came when nothing was left had nothing to plan.
        if answer.status == 409 {
            assert_eq!(answer.body["code"], "collection-size");
            continue;
        }
        assert_eq!(answer.status, 200, "{answer:?}");
        by_key[number % 2].push(answer.body["debits"].to_string());
    }
    for answers in &mut by_key {
        answers.dedup();
        assert!(answers.len() <= 1, "one key, two answers: {answers:?}");
        let debits: serde_json::Value = answers
            .first()
            .map_or(json!([]), |debits| debits.parse().unwrap());
        for debit in debits.as_array().unwrap() {
            let id = debit["end_to_end_id"].as_str().unwrap().to_owned();
            *collected.entry(id).or_default() += 1;
        }
    }
    // Each of the two instalments due of four packages, once.
    assert_eq!(collected.len(), 8);
    assert!(collected.values().all(|times| *times == 1), "{collected:?}");
    for package in packages {
        let debit = folded(&salon, &package).await.standing.debit.unwrap();
        assert_eq!((debit.collected, debit.in_flight_minor()), (2, 20_000));
    }
}
