//! GET /v1/customers/{id}/wallet.

use serde_json::{Value, json};

use crate::harness::Salon;

/// Available, held, used, forfeited, expired and the status of a package of a wallet.
fn state(package: &Value) -> ([u64; 5], &str) {
    let pool = &package["pools"][0];
    let unit = |name: &str| pool[name].as_u64().unwrap();
    let units = ["available", "held", "used", "forfeited", "expired"].map(unit);
    assert_eq!(unit("granted"), units.iter().sum::<u64>(), "{pool}");
    (units, package["status"].as_str().unwrap())
}

#[tokio::test]
async fn a_customer_who_holds_nothing_has_an_empty_wallet() {
    let salon = Salon::open().await;
    let empty = json!({
        "customer_id": salon.ayse, "packages": [],
        "totals": {"services": [], "credit": []}, "shared": [],
    });
    assert_eq!(salon.wallet().await, empty);
}

#[tokio::test]
async fn a_wallet_shows_every_package_as_it_is_read_alone_the_first_sold_first() {
    let salon = Salon::open().await;
    let mut sold = Vec::new();
    for minute in [30, 10, 20] {
        salon
            .world
            .set_clock(&format!("2026-11-22T09:{minute}:00Z"));
        sold.push(salon.sell_visits(10, &[&salon.manicure]).await);
    }
    let wallet = salon.wallet().await;
    let packages = wallet["packages"].as_array().unwrap();
    assert_eq!(packages.len(), 3);
    for (shown, id) in packages.iter().zip([&sold[1], &sold[2], &sold[0]]) {
        assert_eq!(*shown, salon.package(id).await);
    }
}

#[tokio::test]
async fn a_package_is_shown_through_everything_that_becomes_of_its_units() {
    let salon = Salon::open().await;
    salon.sell_visits(5, &[&salon.manicure]).await;
    for id in ["held", "used", "missed", "cancelled"] {
        salon.book(id, &[&salon.manicure], json!("auto")).await;
    }
    salon.resolve("cancelled", "cancel").await;
    salon.resolve("used", "complete").await;
    let wallet = salon.wallet().await;
    assert_eq!(state(&wallet["packages"][0]), ([2, 2, 1, 0, 0], "active"));
    salon.world.set_clock("2026-11-23T12:00:00Z");
    salon.resolve("missed", "no-show").await;
    let wallet = salon.wallet().await;
    assert_eq!(state(&wallet["packages"][0]), ([2, 1, 1, 1, 0], "active"));
    salon.world.set_clock("2027-05-22T21:00:00Z");
    let wallet = salon.wallet().await;
    assert_eq!(state(&wallet["packages"][0]), ([0, 1, 1, 1, 2], "expired"));
    assert_eq!(wallet["totals"], json!({"services": [], "credit": []}));
    // A unit that comes back too late can be used for two weeks more.
    salon.resolve("held", "cancel").await;
    let wallet = salon.wallet().await;
    assert_eq!(state(&wallet["packages"][0]), ([1, 0, 1, 1, 2], "active"));
    salon.world.set_clock("2027-06-06T21:00:00Z");
    let wallet = salon.wallet().await;
    assert_eq!(state(&wallet["packages"][0]), ([0, 0, 1, 1, 3], "expired"));
}

#[tokio::test]
async fn a_package_that_is_used_up_is_exhausted() {
    let salon = Salon::open().await;
    let credit = salon.credit(150_000).await;
    salon.sell(&salon.ayse, &credit).await;
    salon.book("b", &[&salon.massage], json!("auto")).await;
    let wallet = salon.wallet().await;
    assert_eq!(
        state(&wallet["packages"][0]),
        ([0, 150_000, 0, 0, 0], "active")
    );
    assert_eq!(wallet["totals"]["credit"], json!([]));
    salon.resolve("b", "complete").await;
    let wallet = salon.wallet().await;
    assert_eq!(
        state(&wallet["packages"][0]),
        ([0, 0, 150_000, 0, 0], "exhausted")
    );
    assert_eq!(wallet["totals"]["credit"], json!([]));
}

#[tokio::test]
async fn a_wallet_is_of_a_customer_of_this_business() {
    let salon = Salon::open().await;
    let nobody = format!("/v1/customers/cus_{:026}/wallet", 7);
    salon
        .world
        .get(&nobody)
        .refused(404, "customer-not-found")
        .await;
    let path = format!("/v1/customers/{}/wallet", salon.ayse);
    let next_door = salon.world.get(&path).by(&salon.world.next_door());
    next_door.refused(404, "customer-not-found").await;
}
