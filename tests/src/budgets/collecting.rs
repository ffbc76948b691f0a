//! Mandates, the account that is collected to, and collecting.

use serde_json::json;

use super::Budget;
use crate::collections::plans::{Plans, creditor, mandate};
use crate::harness::Salon;

/// How many packages are collected from; their plan is an entry of three kilobytes.
const PACKAGES: u8 = 20;

const FIRST: &str = "2026-12-01";

#[tokio::test]
async fn the_creditor_and_a_mandate_take_two_round_trips_to_set_and_one_to_read() {
    let salon = Salon::open().await;
    let world = &salon.world;
    let account = "/v1/settings/creditor";
    let of_ayse = format!("/v1/customers/{}/mandate", salon.ayse);
    for (what, path, wru, bodies) in [
        ("creditor", account, 5.0, {
            let mut renamed = creditor();
            renamed["name"] = json!("Gül");
            [creditor(), renamed]
        }),
        ("mandate", &of_ayse, 6.0, ["M-1", "M-2"].map(mandate)),
    ] {
        let [first, second] = bodies;
        let set = world.call("PUT", path).json(first);
        Budget(2, wru, 1.0).check(&salon, what, set).await;
        let edit = world.call("PUT", path).json(second).if_match(1);
        Budget(2, wru, 1.0).check(&salon, what, edit).await;
        Budget(1, 0.0, 2.0)
            .check(&salon, what, world.get(path))
            .await;
    }
    let remove = world.call("DELETE", &of_ayse);
    Budget(2, 6.0, 2.0)
        .check(&salon, "mandate taken back", remove)
        .await;
}

#[tokio::test]
async fn a_collection_takes_two_round_trips_ten_wru_and_five_rru_for_each_package() {
    let salon = Salon::open().await;
    let plans = Plans::of(&salon).await;
    plans.sign(&salon.ayse, "M-1").await;
    for _ in 0..PACKAGES {
        plans.sell(&salon.ayse).await;
    }
    let trips = usize::from(PACKAGES);
    check(&plans, 1, (2 * trips, trips)).await;
}

#[tokio::test]
async fn customers_are_collected_from_side_by_side() {
    let salon = Salon::open().await;
    let plans = Plans::of(&salon).await;
    for n in 0..PACKAGES {
        let email = format!("elif-{n}@example.com");
        let customer = salon.customer("Elif", &email).await;
        plans.sign(&customer, &format!("M-{n}")).await;
        plans.sell(&customer).await;
    }
    // Eight at a time; how many really wait for each other is the machine's affair.
    let trips = usize::from(PACKAGES);
    check(&plans, PACKAGES, (trips / 2, trips / 2)).await;
}

/// A dry run, the collection from so many customers, and the same again, in so many round trips for
/// their packages.
async fn check(plans: &Plans<'_>, customers: u8, (collected, again): (usize, usize)) {
    let (packages, mandates) = (f64::from(PACKAGES), f64::from(customers));
    let salon = plans.salon;
    let body = json!({"collect_on": FIRST, "dry_run": true});
    let dry = salon.world.post("/v1/collections", body);
    let seen = packages + mandates;
    Budget(2, 0.0, 2.0 + seen)
        .check(salon, "dry run", dry)
        .await;
    let collect = || plans.collect(FIRST, "k");
    Budget(
        5 + collected,
        9.0 + 10.0 * packages,
        8.0 + seen + 4.0 * packages,
    )
    .check(salon, "collection", collect())
    .await;
    Budget(2 + again, 0.0, 6.0 + 4.0 * packages)
        .check(salon, "the same again", collect())
        .await;
    let file = collect().header("accept", "application/xml");
    Budget(3 + again, 0.0, 7.0 + 4.0 * packages)
        .check(salon, "its file", file)
        .await;
}
