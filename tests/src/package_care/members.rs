//! POST /v1/packages/{id}/members.

use serde_json::{Value, json};

use super::{care, sold};
use crate::harness::{Salon, paid_by};

#[tokio::test]
async fn a_member_redeems_until_they_are_one_no_longer() {
    let salon = Salon::open().await;
    let package = sold(&salon, 5, 100).await;
    let fatma = salon.customer("Fatma", "fatma@example.com").await;
    let change = |body: Value| care(&salon, &package, "members", body);
    let shared = change(json!({"add": [fatma]})).ok().await;
    assert_eq!(shared["members"], json!([fatma]));
    let book = |id: &str| {
        let mut body = salon.booking(id, &[&salon.manicure], json!("auto"));
        body["customer_id"] = json!(fatma);
        salon.world.post("/v1/bookings", body)
    };
    let booked = book("b-1").ok().await;
    assert_eq!(paid_by(&booked, 0), Some((package.as_str(), 1)));
    let left = change(json!({"remove": [fatma]})).ok().await;
    assert_eq!(left["members"], json!([]));
    book("b-2").refused(409, "no-package").await;
    // What was booked before stays theirs.
    salon.resolve("b-1", "complete").await;
    assert_eq!(salon.pool(&package).await, (4, 0, 1, 0));
    // It is in the member's own journal that they came and went.
    let journal = format!("/v1/customers/{fatma}/journal");
    let journal = salon.world.get(&journal).ok().await;
    let facts: Vec<_> = journal["items"].as_array().unwrap().iter().collect();
    let changed = facts
        .iter()
        .filter(|e| e["fact"] == "package-members-changed");
    assert_eq!(changed.count(), 2);
}

#[tokio::test]
async fn members_are_customers_there_are_as_many_as_were_agreed_and_not_the_holder() {
    let salon = Salon::open().await;
    let package = sold(&salon, 5, 100).await;
    let mut customers = Vec::new();
    for n in 0..3 {
        let email = format!("c{n}@example.com");
        customers.push(salon.customer("Elif", &email).await);
    }
    let nobody = format!("cus_{:026}", 7);
    for named in [None, Some(&salon.ayse)] {
        for (add, status, code) in [
            (json!([nobody]), 404, "customer-not-found"),
            (json!([salon.ayse]), 409, "holder-is-member"),
            (json!(customers), 409, "too-many-members"),
            (json!(vec![&nobody; 21]), 422, "invalid-body"),
        ] {
            let body = json!({"add": add, "customer_id": named});
            let call = care(&salon, &package, "members", body);
            call.refused(status, code).await;
        }
    }
    assert_eq!(salon.package(&package).await["members"], json!([]));
}

#[tokio::test]
async fn who_was_removed_a_moment_ago_and_is_added_again_is_a_member() {
    let salon = Salon::open().await;
    let package = sold(&salon, 5, 100).await;
    let fatma = salon.customer("Fatma", "fatma@example.com").await;
    let change = |body: Value| care(&salon, &package, "members", body);
    let lag = salon.world.faults.lag();
    lag.watch();
    for body in [
        json!({"add": [fatma]}),
        json!({}),
        json!({"remove": [fatma]}),
        json!({}),
    ] {
        change(body).ok().await;
    }
    // A replica still has her: then there would be nothing to change.
    lag.begin();
    let added = change(json!({"add": [fatma]})).ok().await;
    assert!(lag.end() > 0);
    assert_eq!(added["members"], json!([fatma]));
    assert_eq!(salon.package(&package).await["members"], json!([fatma]));
}
