//! What each operation may cost: round trips as counted, capacity as the database reports it.

use infra::Usage;
use serde_json::json;

use crate::harness::{Call, Salon, capacity_scale, lira};

/// The most an operation may use: round trips, write units, read units.
struct Budget(usize, f64, f64);

impl Budget {
    async fn check(&self, salon: &Salon, what: &str, call: Call) {
        salon.world.meter.take();
        call.ok().await;
        let used = salon.world.meter.take();
        let Usage {
            round_trips, rru, ..
        } = used;
        let scale = capacity_scale(&salon.world.endpoint).await;
        let wru = used.table_wru * scale.table + used.index_wru * scale.index;
        let within = round_trips <= self.0 && wru <= self.1 && rru <= self.2;
        assert!(within, "{what} used {wru} WRU of {used:?}");
        assert!(
            round_trips > 0 && wru + rru > 0.0,
            "{what} was not measured: {used:?}"
        );
        println!("{what}: {round_trips} round trips, {wru} WRU, {rru} RRU");
    }
}

/// As large as a real package: three services, with names.
async fn salon_with_package() -> (Salon, String) {
    let salon = Salon::open().await;
    let extra = salon.service("Cilt Bakımı", 90_000).await;
    let template = salon
        .visits(10, &[&salon.manicure, &salon.massage, &extra])
        .await;
    let package = salon.sell(&salon.ayse, &template).await;
    (salon, package)
}

#[tokio::test]
async fn redeeming_takes_two_round_trips_six_wru_and_two_rru() {
    let (salon, package) = salon_with_package().await;
    let budget = Budget(2, 6.0, 2.0);
    for (id, pay_with) in [("chosen", json!("auto")), ("named", json!([package]))] {
        let body = salon.booking(id, &[&salon.manicure], pay_with);
        budget
            .check(&salon, id, salon.world.post("/v1/bookings", body))
            .await;
    }
}

#[tokio::test]
async fn resolving_takes_three_round_trips_and_two_with_the_customer_named() {
    let (salon, _) = salon_with_package().await;
    for verb in ["complete", "cancel", "no-show"] {
        for (named, round_trips) in [(true, 2), (false, 3)] {
            let id = format!("{verb}-{named}");
            salon.world.set_clock("2026-11-22T08:00:00Z");
            salon.book(&id, &[&salon.manicure], json!("auto")).await;
            salon.world.set_clock("2026-11-23T12:00:00Z");
            let body = if named {
                json!({"customer_id": salon.ayse})
            } else {
                json!({})
            };
            let call = salon.world.post(&format!("/v1/bookings/{id}/{verb}"), body);
            Budget(round_trips, 6.0, 2.0).check(&salon, &id, call).await;
        }
    }
}

#[tokio::test]
async fn completing_under_deduction_at_completion_stays_within_the_same_budget() {
    let salon = Salon::with("completion", "forfeit").await;
    let template = salon.visits(10, &[&salon.manicure]).await;
    salon.sell(&salon.ayse, &template).await;
    salon.book("b", &[&salon.manicure], json!("auto")).await;
    let body = json!({"customer_id": salon.ayse});
    let call = salon.world.post("/v1/bookings/b/complete", body);
    Budget(2, 6.0, 2.0).check(&salon, "complete", call).await;
}

#[tokio::test]
async fn paying_later_and_reversing_take_three_round_trips_and_two_with_the_customer_named() {
    let (salon, _) = salon_with_package().await;
    for (named, round_trips) in [(true, 2), (false, 3)] {
        let id = format!("b-{named}");
        salon.book(&id, &[&salon.manicure], json!("none")).await;
        let body = match named {
            true => json!({"customer_id": salon.ayse}),
            false => json!({}),
        };
        for verb in ["redeem", "reverse"] {
            let path = format!("/v1/bookings/{id}/{verb}");
            let call = salon.world.post(&path, body.clone());
            Budget(round_trips, 6.0, 2.0)
                .check(&salon, verb, call)
                .await;
            salon.resolve(&id, "complete").await;
        }
    }
}

#[tokio::test]
async fn a_series_takes_two_round_trips_and_four_wru_for_each_booking() {
    let (salon, _) = salon_with_package().await;
    let services = [json!({"service_id": salon.manicure})];
    let one = |n: u32| {
        let at = format!("2026-12-{n:02}T10:00:00Z");
        json!({"booking_id": format!("s-{n}"), "starts_at": at, "services": services})
    };
    let appointments: Vec<_> = (1..=10).map(one).collect();
    let body = json!({
        "customer_id": salon.ayse, "appointments": appointments, "pay_with": "auto",
    });
    let call = salon.world.post("/v1/bookings/series", body);
    Budget(2, 42.0, 7.0)
        .check(&salon, "series of 10", call)
        .await;
}

#[tokio::test]
async fn a_shared_package_costs_one_round_trip_more() {
    let (salon, package) = salon_with_package().await;
    let fatma = salon.customer("Fatma", "fatma@example.com").await;
    salon.share(&package, &fatma, true).await;
    let mut body = salon.booking("b", &[&salon.manicure], json!("auto"));
    body["customer_id"] = json!(fatma);
    // The holder gets a copy of the entry.
    let booked = salon.world.post("/v1/bookings", body);
    Budget(3, 9.0, 2.5).check(&salon, "book", booked).await;
    let named = json!({"customer_id": fatma});
    let completed = salon.world.post("/v1/bookings/b/complete", named);
    Budget(3, 9.0, 2.5)
        .check(&salon, "complete", completed)
        .await;
    let wallet = salon.world.get(&format!("/v1/customers/{fatma}/wallet"));
    Budget(2, 0.0, 2.5).check(&salon, "wallet", wallet).await;
}

#[tokio::test]
async fn a_walk_in_takes_two_round_trips() {
    let (salon, _) = salon_with_package().await;
    let body = json!({
        "customer_id": salon.ayse,
        "walk_in": {"services": [{"service_id": salon.manicure}], "pay_with": "auto"},
    });
    let call = salon.world.post("/v1/bookings/w/complete", body);
    Budget(2, 6.0, 2.0).check(&salon, "walk-in", call).await;
}

#[tokio::test]
async fn selling_takes_two_round_trips_seven_wru_and_two_rru() {
    let salon = Salon::open().await;
    let template = salon.visits(10, &[&salon.manicure, &salon.massage]).await;
    let body = json!({"customer_id": salon.ayse, "template_id": template});
    for key in ["first", "second"] {
        let call = salon.world.post("/v1/packages", body.clone()).key(key);
        Budget(2, 7.0, 2.0).check(&salon, key, call).await;
    }
}

#[tokio::test]
async fn a_wallet_with_20_packages_is_one_read_of_two_and_a_half_rru() {
    let (salon, _) = salon_with_package().await;
    let extra = salon.service("Pedikür", 80_000).await;
    let template = salon
        .visits(100, &[&salon.manicure, &salon.massage, &extra])
        .await;
    for _ in 1..20 {
        salon.sell(&salon.ayse, &template).await;
    }
    let call = salon
        .world
        .get(&format!("/v1/customers/{}/wallet", salon.ayse));
    Budget(1, 0.0, 2.5).check(&salon, "wallet", call).await;
}

#[tokio::test]
async fn a_replay_takes_three_round_trips_at_most_even_when_nothing_is_left() {
    let salon = Salon::open().await;
    let template = salon.visits(1, &[&salon.manicure]).await;
    let sale = json!({"customer_id": salon.ayse, "template_id": template});
    salon
        .world
        .post("/v1/packages", sale.clone())
        .key("k")
        .ok()
        .await;
    let booking = salon.booking("b", &[&salon.manicure], json!("auto"));
    salon.world.post("/v1/bookings", booking.clone()).ok().await;
    let budget = Budget(3, 6.0, 2.0);
    budget
        .check(
            &salon,
            "replayed sale",
            salon.world.post("/v1/packages", sale).key("k"),
        )
        .await;
    budget
        .check(
            &salon,
            "replayed booking",
            salon.world.post("/v1/bookings", booking),
        )
        .await;
    salon
        .world
        .post("/v1/bookings/b/cancel", json!({}))
        .ok()
        .await;
    let call = salon.world.post("/v1/bookings/b/cancel", json!({}));
    budget.check(&salon, "replayed cancellation", call).await;
}

#[tokio::test]
async fn care_of_a_package_takes_two_round_trips_with_the_holder_named() {
    let salon = Salon::open().await;
    let package = salon
        .sell_as(crate::package_care::template(&salon, 10, 0))
        .await;
    let fatma = salon.customer("Fatma", "fatma@example.com").await;
    let mut quote = json!({});
    for (verb, round_trips, wru, body) in [
        (
            "adjustments",
            2,
            6.0,
            json!({"units": 1, "reason": "goodwill"}),
        ),
        (
            "top-ups",
            2,
            6.0,
            json!({"pools": [{"units": 1}], "price": lira(0)}),
        ),
        ("extend", 2, 6.0, json!({"expires_on": "2027-12-31"})),
        // The journal is read for the bookings that are listed.
        ("freeze", 3, 6.0, json!({})),
        ("unfreeze", 2, 6.0, json!({})),
        // A pointer for the member, and a copy of the entry for their journal.
        ("members", 2, 11.0, json!({"add": [fatma]})),
        // The receiver's package, and the entry, which tells it whole, twice.
        (
            "transfers",
            2,
            18.0,
            json!({"to_customer_id": fatma, "pools": [{"units": 1}]}),
        ),
        ("refund-quotes", 2, 4.0, json!({"policy": "pro-rata"})),
        ("refunds", 2, 6.0, json!({})),
    ] {
        let mut body = if verb == "refunds" {
            quote.clone()
        } else {
            body
        };
        body["customer_id"] = json!(salon.ayse);
        let path = format!("/v1/packages/{package}/{verb}");
        let call = || salon.world.post(&path, body.clone()).key(verb);
        let rru = if verb == "freeze" { 4.0 } else { 2.5 };
        Budget(round_trips, wru, rru)
            .check(&salon, verb, call())
            .await;
        if verb == "refund-quotes" {
            let quoted = call().ok().await;
            quote = json!({"quote_id": quoted["id"]});
        }
    }
    let package = salon
        .sell_as(crate::package_care::template(&salon, 10, 10))
        .await;
    let body = json!({"reason": "mistake"});
    let path = format!("/v1/packages/{package}/void");
    let call = salon.world.post(&path, body).key("void");
    Budget(3, 6.0, 3.0).check(&salon, "void", call).await;
}

#[tokio::test]
async fn paying_takes_two_round_trips_with_the_holder_named_and_eight_wru_when_a_debit_moves() {
    let (salon, package) = salon_with_package().await;
    let services = json!([{"service_id": salon.manicure}]);
    let by_debit = json!({
        "name": "Plan", "kind": "visits", "quantity": 10, "services": services,
        "price": {"amount_minor": 120_000, "currency": "EUR"},
        "instalments": {"count": 12, "monthly_day": 1, "direct_debit": true},
    });
    let template = salon.template(by_debit).await;
    let sale = json!({"customer_id": salon.ayse, "template_id": template});
    let sale = salon.world.post("/v1/packages", sale).key("debit");
    Budget(2, 7.0, 2.0)
        .check(&salon, "sale in instalments", sale)
        .await;
    let wallet = salon.wallet().await;
    let planned = wallet["packages"].as_array().unwrap().iter();
    let planned = planned
        .filter(|package| package["name"] == "Plan")
        .next()
        .unwrap();
    let planned = planned["id"].as_str().unwrap();
    for (package, currency, wru) in [(package.as_str(), "TRY", 6.0), (planned, "EUR", 8.0)] {
        let path = format!("/v1/packages/{package}/payments");
        for (named, round_trips) in [(true, 2), (false, 3)] {
            let amount = json!({"amount_minor": 10_000, "currency": currency});
            let mut body = json!({"amount": amount, "method": "card"});
            if named {
                body["customer_id"] = json!(salon.ayse);
            }
            let call = salon
                .world
                .post(&path, body)
                .key(&format!("{currency}-{named}"));
            let what = format!("payment in {currency}");
            Budget(round_trips, wru, 2.5)
                .check(&salon, &what, call)
                .await;
        }
        let payments = salon.world.get(&path).ok().await;
        let entry = payments["payments"][0]["entry_id"].as_str().unwrap();
        let body = json!({"customer_id": salon.ayse, "reason": "AM04"});
        let call = salon.world.post(&format!("{path}/{entry}/return"), body);
        Budget(2, wru, 3.0)
            .check(&salon, "returned payment", call)
            .await;
    }
}
