//! POST /v1/bookings with a customer's token.

use serde_json::json;

use crate::harness::{Salon, paid_by};

#[tokio::test]
async fn a_customer_books_for_themselves_whether_or_not_they_say_so() {
    let salon = Salon::open().await;
    let token = salon.ayses_token().await;
    let package = salon.sell_visits(10, &[&salon.manicure]).await;
    let with = salon.booking("with", &[&salon.manicure], json!("auto"));
    let mut without = salon.booking("without", &[&salon.manicure], json!([package]));
    without.as_object_mut().unwrap().remove("customer_id");
    for body in [with, without] {
        let booked = salon.world.post("/v1/bookings", body.clone()).by(&token);
        let booked = booked.send().await;
        assert_eq!((booked.status, booked.replayed), (201, false));
        assert_eq!(booked.body["customer_id"], salon.ayse.as_str());
        assert_eq!(paid_by(&booked.body, 0), Some((package.as_str(), 1)));
        let again = salon.world.post("/v1/bookings", body).by(&token);
        let again = again.send().await;
        assert_eq!((again.status, again.replayed), (201, true));
        assert_eq!(again.body, booked.body);
    }
    assert_eq!(salon.pool(&package).await, (8, 2, 0, 0));
}

#[tokio::test]
async fn a_customer_books_for_nobody_else_and_with_nobody_elses_package() {
    let salon = Salon::open().await;
    let token = salon.ayses_token().await;
    let fatma = salon.customer("Fatma", "fatma@example.com").await;
    let template = salon.visits(10, &[&salon.manicure]).await;
    let hers = salon.sell(&fatma, &template).await;
    for customer in [fatma, format!("cus_{:026}", 7)] {
        let mut body = salon.booking("b", &[&salon.manicure], json!("none"));
        body["customer_id"] = json!(customer);
        let call = salon.world.post("/v1/bookings", body).by(&token);
        call.refused(404, "customer-not-found").await;
    }
    let body = salon.booking("b", &[&salon.manicure], json!([hers]));
    let call = salon.world.post("/v1/bookings", body).by(&token);
    call.refused(404, "package-not-found").await;
    assert_eq!(salon.pool(&hers).await, (10, 0, 0, 0));
}

#[tokio::test]
async fn an_account_that_is_bound_to_nobody_books_nothing() {
    let salon = Salon::open().await;
    let stranger = salon.world.customer_token("stranger", "ayse@example.com");
    let named = salon.booking("b", &[&salon.manicure], json!("none"));
    let call = salon
        .world
        .post("/v1/bookings", named.clone())
        .by(&stranger);
    call.refused(404, "customer-not-found").await;
    let mut own = named;
    own.as_object_mut().unwrap().remove("customer_id");
    let call = salon.world.post("/v1/bookings", own).by(&stranger);
    call.refused(404, "not-claimed").await;
}

#[tokio::test]
async fn a_booking_that_staff_made_is_shown_to_its_customer_when_they_send_it_again() {
    let salon = Salon::open().await;
    let token = salon.ayses_token().await;
    let fatma = salon.fatmas_token().await;
    let body = salon.booking("b", &[&salon.manicure], json!("none"));
    let booked = salon.world.post("/v1/bookings", body.clone()).ok().await;
    let own = salon.world.post("/v1/bookings", body.clone()).by(&token);
    let own = own.send().await;
    assert_eq!((own.status, own.replayed, own.body), (201, true, booked));
    let hers = salon.world.post("/v1/bookings", body).by(&fatma);
    hers.refused(404, "customer-not-found").await;
}
