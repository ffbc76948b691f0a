//! What pays is chosen of packages as they all were at one moment, also where one of them has changed meanwhile.

use serde_json::{Value, json};

use crate::harness::{Left, Salon, paid_by};

#[tokio::test]
async fn what_comes_back_to_two_packages_meanwhile_is_chosen_from_as_both_are_then() {
    let salon = Salon::open().await;
    let world = &salon.world;
    let visits = salon.sell_visits(1, &[&salon.manicure]).await;
    let template = salon.credit(1_000_000).await;
    let credit = salon.sell(&salon.ayse, &template).await;
    let twice = [salon.manicure.as_str(), &salon.manicure];
    let first = salon.book("b-1", &twice, json!("auto")).await;
    let paid = [0, 1].map(|service| paid_by(&first, service).unwrap().0);
    assert_eq!(paid, [visits.as_str(), &credit]);

    // The one visit is held, so that this would be paid by credit.
    let body = salon.booking("b-2", &[&salon.manicure], json!("auto"));
    let conditions = world.faults.conditions();
    let held = conditions.hold("Update PACKAGE version = ?", Left::Alone);
    let cancel = async {
        held.reached().await;
        salon.resolve("b-1", "cancel").await;
        assert!(!held.let_go().await, "it was overtaken");
    };
    let (second, ()): (Value, ()) = tokio::join!(world.post("/v1/bookings", body).ok(), cancel);
    assert_eq!(paid_by(&second, 0).unwrap().0, visits);
}
