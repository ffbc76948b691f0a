//! A chargeback at the moment at which what was paid is given away, used by the receiver, or paid again.

use domain::journal::{Entry, fold};
use domain::packages::Package;
use futures::future::join_all;
use serde_json::{Value, json};

use crate::harness::{Call, Salon, id, lira};

/// Every package as the journal tells it, which must be as it is stored.
async fn folded(salon: &Salon) -> Vec<Package> {
    let entries: Vec<Entry> = salon.world.journal().await;
    let business = salon.world.business.parse().unwrap();
    let mut packages = Vec::new();
    for made in entries.iter().filter_map(|entry| entry.fact.creates()) {
        let package = fold(made.id, &entries).unwrap().unwrap();
        let stored = salon.world.store.package(&business, made.id).await;
        assert_eq!(stored.unwrap().unwrap(), package);
        packages.push(package);
    }
    packages
}

struct Gift {
    salon: Salon,
    package: String,
    fatma: String,
    card: Value,
}

impl Gift {
    /// Ten visits for 1000.00 by card, that may be given away.
    async fn paid() -> Self {
        let salon = Salon::open().await;
        let package = salon
            .sell_as(json!({
                "name": "Hediye", "kind": "visits", "quantity": 10, "price": lira(100_000),
                "services": [{"service_id": salon.manicure}], "transferable": true,
            }))
            .await;
        let card = json!({"amount": lira(100_000), "method": "card"});
        let path = format!("/v1/packages/{package}/payments");
        let card = salon.world.post(&path, card).key("card").ok().await;
        let fatma = salon.customer("Fatma", "fatma@example.com").await;
        Self {
            card: card["payment"]["entry_id"].clone(),
            salon,
            package,
            fatma,
        }
    }

    fn give(&self, units: u64, key: &str) -> Call {
        let pools = json!([{"pool": 0, "units": units}]);
        let body = json!({"to_customer_id": self.fatma, "pools": pools});
        let path = format!("/v1/packages/{}/transfers", self.package);
        self.salon.world.post(&path, body).key(key)
    }

    fn charge_back(&self) -> Call {
        let card = self.card.as_str().unwrap();
        let path = format!("/v1/packages/{}/payments/{card}/return", self.package);
        self.salon.world.post(&path, json!({"reason": "4853"}))
    }
}

fn outstanding(packages: &[Package]) -> u64 {
    let each = packages.iter().map(|p| p.standing.outstanding_minor());
    each.sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chargeback_beside_gifts_blocks_every_unit_wherever_it_is_by_then() {
    let gift = Gift::paid().await;
    let given = join_all((0..5).map(|n| gift.give(1, &format!("t-{n}")).send()));
    let (given, back) = tokio::join!(given, gift.charge_back().send());
    assert_eq!(back.status, 200, "{back:?}");
    // What was given was paid for then; what came too late was not given.
    for answer in &given {
        let code = answer.body["code"].as_str().unwrap_or_default();
        assert!(
            answer.status == 201 || code == "package-unpaid",
            "{answer:?}"
        );
    }
    let packages = folded(&gift.salon).await;
    let received = given.iter().filter(|answer| answer.status == 201).count();
    assert_eq!(packages.len(), 1 + received);
    assert_eq!(outstanding(&packages), 100_000);
    assert!(packages.iter().all(|package| package.standing.blocked));
    assert!(
        packages
            .iter()
            .all(|package| package.standing.paid_minor == 0)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chargeback_beside_the_receiver_s_bookings_leaves_none_that_is_not_accounted_for() {
    let gift = Gift::paid().await;
    let received = id(&gift.give(10, "t").ok().await["received"]);
    let book = |n: usize| {
        let salon = &gift.salon;
        let mut body = salon.booking(&format!("b-{n}"), &[&salon.manicure], json!([received]));
        body["customer_id"] = json!(gift.fatma);
        salon.world.post("/v1/bookings", body).send()
    };
    let (booked, back) = tokio::join!(join_all((0..8).map(book)), gift.charge_back().send());
    assert_eq!(back.status, 200, "{back:?}");
    let held = booked.iter().filter(|answer| answer.status == 201).count();
    for answer in booked.iter().filter(|answer| answer.status != 201) {
        assert_eq!(answer.body["code"], "not-paid", "{answer:?}");
    }
    let packages = folded(&gift.salon).await;
    let package = packages
        .iter()
        .find(|p| p.id.to_string() == received)
        .unwrap();
    assert_eq!(package.pools[0].balance.held, held as u64);
    assert_eq!(outstanding(&packages), 100_000);
    // From then on nothing is drawn that is not paid.
    assert_eq!(book(9).await.body["code"], "not-paid");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_chargeback_many_times_at_once_is_one() {
    let gift = Gift::paid().await;
    gift.give(4, "t").ok().await;
    let answers = join_all((0..10).map(|_| gift.charge_back().send())).await;
    assert!(
        answers.iter().all(|answer| answer.status == 200),
        "{answers:?}"
    );
    let first = answers.iter().filter(|answer| !answer.replayed).count();
    assert_eq!(first, 1);
    let packages = folded(&gift.salon).await;
    assert_eq!(outstanding(&packages), 100_000);
}
