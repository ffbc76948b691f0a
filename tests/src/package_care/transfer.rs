//! POST /v1/packages/{id}/transfers.

use serde_json::{Value, json};

use super::{care, granted, sold, template};
use crate::harness::{Salon, id, lira};

#[tokio::test]
async fn what_is_given_is_a_package_of_the_receiver_worth_what_left() {
    let salon = Salon::open().await;
    // Nothing is to be paid for it, so it is paid.
    let package = sold(&salon, 5, 0).await;
    let fatma = salon.customer("Fatma", "fatma@example.com").await;
    let body = json!({"to_customer_id": fatma, "pools": [{"pool": 0, "units": 2}]});
    let given = care(&salon, &package, "transfers", body).send().await;
    assert_eq!((given.status, given.replayed), (201, false));
    assert_eq!(granted(&given.body["package"]), (5, 3, 0));
    assert_eq!(given.body["package"]["pools"][0]["transferred"], 2);
    let received = &given.body["received"];
    assert_eq!(granted(received), (2, 2, 0));
    assert_eq!(received["customer_id"], json!(fatma));
    assert_eq!(received["origin_id"], json!(package));
    assert_eq!(received["outstanding"], lira(0));
    assert_eq!(received["expires_at"], given.body["package"]["expires_at"]);
    assert_eq!(salon.package(&id(received)).await, *received);
    // The receiver books with it, and both journals tell it; the business's tells it once.
    let mut booking = salon.booking("b", &[&salon.manicure], json!("auto"));
    booking["customer_id"] = json!(fatma);
    salon.world.post("/v1/bookings", booking).ok().await;
    assert_eq!(salon.pool(&id(received)).await, (1, 1, 0, 0));
    let told = async |path: String| -> usize {
        let journal = salon.world.get(&path).ok().await;
        let entries = journal["items"].as_array().unwrap().iter();
        entries
            .filter(|e| e["fact"] == "package-transferred")
            .count()
    };
    for path in [
        format!("/v1/customers/{}/journal", salon.ayse),
        format!("/v1/customers/{fatma}/journal"),
        format!("/v1/packages/{package}/journal"),
        format!("/v1/packages/{}/journal", id(received)),
        "/v1/journal".to_owned(),
    ] {
        assert_eq!(told(path.clone()).await, 1, "{path}");
    }
    let of_fatma = salon
        .world
        .get(&format!("/v1/customers/{fatma}"))
        .ok()
        .await;
    assert_eq!(of_fatma["customer_since"], received["sold_at"]);
}

#[tokio::test]
async fn a_transfer_is_of_something_to_another_customer_there_is() {
    let salon = Salon::open().await;
    let package = sold(&salon, 1, 0).await;
    let nobody = format!("cus_{:026}", 7);
    let fatma = salon.customer("Fatma", "fatma@example.com").await;
    let give = |to: &str, pools: Value, named: Option<&str>| {
        let body = json!({"to_customer_id": to, "pools": pools, "customer_id": named});
        care(&salon, &package, "transfers", body)
    };
    let one = || json!([{"units": 1}]);
    for named in [None, Some(salon.ayse.as_str())] {
        let call = give(&salon.ayse, one(), named);
        call.refused(409, "transfer-to-holder").await;
        let call = give(&nobody, one(), named);
        call.refused(404, "customer-not-found").await;
    }
    let call = give(&fatma, json!([]), None);
    call.refused(422, "invalid-body").await;
    let call = give(&fatma, json!([{"units": 2}]), None);
    call.refused(409, "units-not-available").await;
    give(&fatma, Value::Null, None).ok().await;
    let call = give(&fatma, Value::Null, None);
    call.refused(409, "nothing-to-transfer").await;
}

#[tokio::test]
async fn only_what_is_paid_and_was_sold_as_transferable_is_given() {
    let salon = Salon::open().await;
    let fatma = salon.customer("Fatma", "fatma@example.com").await;
    let unpaid = sold(&salon, 5, 100).await;
    let mut bound = template(&salon, 5, 0);
    bound["transferable"] = json!(false);
    let bound = salon.sell_as(bound).await;
    for (package, code) in [
        (unpaid, "package-unpaid"),
        (bound, "package-not-transferable"),
    ] {
        let body = json!({"to_customer_id": fatma});
        let call = care(&salon, &package, "transfers", body);
        call.refused(409, code).await;
    }
}
