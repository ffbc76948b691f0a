//! POST /v1/packages/{id}/extend.

use serde_json::json;

use super::{care, granted, sold};
use crate::harness::Salon;

#[tokio::test]
async fn an_expired_package_can_be_used_again() {
    let salon = Salon::open().await;
    let package = sold(&salon, 2, 100).await;
    salon.world.set_clock("2027-02-01T08:00:00Z");
    assert_eq!(salon.package(&package).await["status"], "expired");
    let booking = json!({
        "booking_id": "b", "customer_id": salon.ayse, "pay_with": [package],
        "services": [{"service_id": salon.manicure}], "starts_at": "2027-02-10T10:00:00Z",
    });
    let book = || salon.world.post("/v1/bookings", booking.clone());
    book().refused(409, "expired-at-appointment").await;
    let earlier = json!({"expires_on": "2027-01-31"});
    let call = care(&salon, &package, "extend", earlier);
    call.refused(409, "end-not-later").await;
    let body = json!({"expires_on": "2027-02-28"});
    let extended = care(&salon, &package, "extend", body).ok().await;
    assert_eq!(extended["expires_at"], "2027-02-28T21:00:00Z");
    assert_eq!(
        (&extended["status"], granted(&extended).1),
        (&json!("active"), 2)
    );
    book().ok().await;
}

#[tokio::test]
async fn a_day_is_a_day_of_the_calendar() {
    let salon = Salon::open().await;
    let package = sold(&salon, 2, 100).await;
    for (day, status, code) in [
        ("2027-02-29", 422, "invalid-body"),
        ("tomorrow", 422, "invalid-body"),
        ("2027-02-28T00:00:00Z", 422, "invalid-body"),
        ("2037-02-28", 422, "validity-out-of-range"),
        ("+262142-12-31", 422, "validity-out-of-range"),
        ("-0001-01-01", 409, "end-not-later"),
    ] {
        let call = care(&salon, &package, "extend", json!({"expires_on": day}));
        call.refused(status, code).await;
    }
}
