//! Care of a package against bookings that draw on it: never an overdraw, never a lost unit.

use std::collections::BTreeMap;

use domain::journal::{Entry, fold};
use domain::packages::Package;
use futures::future::join_all;
use serde_json::{Value, json};

use crate::harness::{Answer, Call, Salon, id, lira};
use crate::package_care::{care, sold};

/// The package as its journal tells it, which must be as it is stored.
async fn folded(salon: &Salon, package: &str) -> Package {
    let entries: Vec<Entry> = salon.world.journal().await;
    let folded = fold(package.parse().unwrap(), &entries).unwrap().unwrap();
    let business = salon.world.business.parse().unwrap();
    let stored = salon.world.store.package(&business, folded.id).await;
    assert_eq!(stored.unwrap().unwrap(), folded);
    for pool in &folded.pools {
        let b = pool.balance;
        let gone = b.captured + b.forfeited + b.expired + b.refunded + b.transferred;
        assert_eq!(b.granted, b.available + b.held + gone);
    }
    folded
}

fn code(answer: &Answer) -> String {
    let code = answer.body["code"].as_str().unwrap_or_default();
    format!("{} {code}", answer.status)
}

fn tally(answers: &[Answer]) -> BTreeMap<String, usize> {
    let mut tally = BTreeMap::new();
    for answer in answers {
        *tally.entry(code(answer)).or_default() += 1;
    }
    tally
}

fn book(salon: &Salon, n: usize) -> Call {
    let body = salon.booking(&format!("b-{n}"), &[&salon.manicure], json!("auto"));
    salon.world.post("/v1/bookings", body)
}

#[tokio::test(flavor = "multi_thread")]
async fn top_ups_against_bookings_lose_no_unit_and_overdraw_none() {
    let salon = Salon::open().await;
    let package = sold(&salon, 10, 100).await;
    let top_up = || {
        let body = json!({"pools": [{"units": 2}], "price": lira(1_000)});
        care(&salon, &package, "top-ups", body).send()
    };
    let bookings = join_all((0..40).map(|n| book(&salon, n).send()));
    let (topped_up, booked) = tokio::join!(join_all((0..10).map(|_| top_up())), bookings);
    assert_eq!(tally(&topped_up), BTreeMap::from([("200 ".to_owned(), 10)]));
    let held = booked.iter().filter(|answer| answer.status == 201).count();
    for answer in booked.iter().filter(|answer| answer.status != 201) {
        assert_eq!(code(answer), "409 insufficient-units");
    }
    let held = u64::try_from(held).unwrap();
    assert!((10..=30).contains(&held), "{held}");
    assert_eq!(salon.pool(&package).await, (30 - held, held, 0, 0));
    let package = folded(&salon, &package).await;
    assert_eq!(package.standing.price_minor, 20_000);
    assert_eq!(package.worth_minor(), 20_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_refund_and_a_booking_at_once_one_wins_and_the_other_is_told_why() {
    let mut won = BTreeMap::<bool, usize>::new();
    for named in [true, false, true, false] {
        let salon = Salon::open().await;
        let package = sold(&salon, 5, 100).await;
        let policy = json!({"policy": "pro-rata"});
        let quote = care(&salon, &package, "refund-quotes", policy).ok().await;
        let mut body = json!({"quote_id": quote["id"]});
        if named {
            body["customer_id"] = json!(salon.ayse);
        }
        let refund = care(&salon, &package, "refunds", body).send();
        let (refunded, booked) = tokio::join!(refund, book(&salon, 1).send());
        let after = folded(&salon, &package).await.pools[0].balance;
        *won.entry(refunded.status == 200).or_default() += 1;
        match (code(&refunded).as_str(), code(&booked).as_str()) {
            ("200 ", "409 package-not-active") => assert_eq!((after.refunded, after.held), (5, 0)),
            ("409 refund-quote-outdated", "201 ") => {
                assert_eq!((after.available, after.held), (4, 1));
            }
            other => panic!("{other:?}"),
        }
    }
    println!("refunds won: {won:?}");
}

/// The refund is decided, and before it is written a booking holds a unit.
#[tokio::test]
async fn a_refund_overtaken_by_a_booking_is_outdated() {
    let salon = Salon::open().await;
    let package = sold(&salon, 5, 100).await;
    let policy = json!({"policy": "pro-rata"});
    let quote = care(&salon, &package, "refund-quotes", policy).ok().await;
    let body = json!({"quote_id": quote["id"]});
    overtaken(
        &salon,
        &package,
        "refunds",
        body,
        "409 refund-quote-outdated",
    )
    .await;
    assert_eq!(salon.pool(&package).await, (4, 1, 0, 0));
}

#[tokio::test]
async fn a_freeze_overtaken_by_a_booking_lists_it() {
    let salon = Salon::open().await;
    let package = sold(&salon, 5, 100).await;
    let frozen = overtaken(&salon, &package, "freeze", json!({}), "200 ").await;
    assert_eq!(frozen["bookings"][0]["booking_id"], "b-1");
    assert_eq!(salon.pool(&package).await, (4, 1, 0, 0));
}

#[tokio::test]
async fn a_transfer_overtaken_by_a_booking_gives_what_is_still_there() {
    for (units, outcome, left) in [
        (
            json!([{"units": 5}]),
            "409 units-not-available",
            (4, 1, 0, 0),
        ),
        (json!([{"units": 4}]), "201 ", (0, 1, 0, 0)),
        (Value::Null, "201 ", (0, 1, 0, 0)),
    ] {
        let salon = Salon::open().await;
        let package = sold(&salon, 5, 0).await;
        let fatma = salon.customer("Fatma", "fatma@example.com").await;
        let body = json!({"to_customer_id": fatma, "pools": units});
        let given = overtaken(&salon, &package, "transfers", body, outcome).await;
        assert_eq!(salon.pool(&package).await, left);
        if outcome == "201 " {
            assert_eq!(given["received"]["pools"][0]["available"], 4);
            folded(&salon, &id(&given["received"])).await;
        }
        folded(&salon, &package).await;
    }
}

/// Sends `verb`, and books between its decision and its being written.
async fn overtaken(salon: &Salon, package: &str, verb: &str, body: Value, outcome: &str) -> Value {
    let pause = salon.world.faults.pause();
    let slow = tokio::spawn(care(salon, package, verb, body).send());
    pause.reached().await;
    book(salon, 1).ok().await;
    pause.resume();
    let answer = slow.await.unwrap();
    assert_eq!(code(&answer), outcome, "{verb}");
    answer.body
}

/// A booking is decided, and before it is written the package is frozen, refunded or given away.
#[tokio::test]
async fn a_booking_overtaken_by_care_of_its_package_is_told_why() {
    for (verb, refusal) in [
        ("freeze", "package-frozen"),
        ("refunds", "package-not-active"),
        ("transfers", "insufficient-units"),
        ("void", "package-not-active"),
    ] {
        let salon = Salon::open().await;
        let package = sold(&salon, 5, 0).await;
        let fatma = salon.customer("Fatma", "fatma@example.com").await;
        let body = match verb {
            "freeze" => json!({}),
            "transfers" => json!({"to_customer_id": fatma}),
            "void" => json!({"reason": "mistake"}),
            _ => {
                let policy = json!({"policy": "pro-rata"});
                let quote = care(&salon, &package, "refund-quotes", policy).ok().await;
                json!({"quote_id": quote["id"]})
            }
        };
        let pause = salon.world.faults.pause();
        let slow = tokio::spawn(book(&salon, 1).send());
        pause.reached().await;
        care(&salon, &package, verb, body).ok().await;
        pause.resume();
        assert_eq!(slow.await.unwrap().body["code"], refusal, "{verb}");
        let after = folded(&salon, &package).await.pools[0].balance;
        assert_eq!(after.held, 0, "{verb}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn freezes_against_bookings_leave_every_unit_where_an_answer_said_it_is() {
    let salon = Salon::open().await;
    let package = sold(&salon, 30, 100).await;
    let freeze = care(&salon, &package, "freeze", json!({"until": "2026-12-01"})).send();
    let bookings = join_all((0..20).map(|n| book(&salon, n).send()));
    let (frozen, booked) = tokio::join!(freeze, bookings);
    assert_eq!(code(&frozen), "200 ");
    let held: Vec<&Answer> = booked.iter().filter(|b| b.status == 201).collect();
    for answer in booked.iter().filter(|answer| answer.status != 201) {
        assert_eq!(code(answer), "409 package-frozen");
    }
    let listed = frozen.body["bookings"].as_array().unwrap().len();
    assert_eq!(listed, held.len(), "each that holds is listed");
    let balance = folded(&salon, &package).await.pools[0].balance;
    assert_eq!(balance.held, u64::try_from(held.len()).unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn transfers_against_bookings_overdraw_nothing_and_lose_nothing() {
    let salon = Salon::open().await;
    let package = sold(&salon, 20, 0).await;
    let fatma = salon.customer("Fatma", "fatma@example.com").await;
    let give = || {
        let body = json!({"to_customer_id": fatma, "pools": [{"units": 3}]});
        care(&salon, &package, "transfers", body).send()
    };
    let bookings = join_all((0..15).map(|n| book(&salon, n).send()));
    let (given, booked) = tokio::join!(join_all((0..10).map(|_| give())), bookings);
    for answer in given.iter().filter(|answer| answer.status != 201) {
        assert_eq!(code(answer), "409 units-not-available");
    }
    for answer in booked.iter().filter(|answer| answer.status != 201) {
        assert_eq!(code(answer), "409 insufficient-units");
    }
    let count = |answers: &[Answer]| {
        let done = answers.iter().filter(|answer| answer.status == 201);
        u64::try_from(done.count()).unwrap()
    };
    let (given_units, held) = (3 * count(&given), count(&booked));
    let balance = folded(&salon, &package).await.pools[0].balance;
    assert_eq!((balance.transferred, balance.held), (given_units, held));
    assert_eq!(balance.available, 20 - given_units - held);
    assert!(balance.available < 3, "{balance:?}");
    let wallet = format!("/v1/customers/{fatma}/wallet");
    let wallet = salon.world.get(&wallet).ok().await;
    assert_eq!(wallet["totals"]["services"][0]["available"], given_units);
}
