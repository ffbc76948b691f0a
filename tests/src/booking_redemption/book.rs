//! POST /v1/bookings.

use serde_json::json;

use crate::harness::Salon;

#[tokio::test]
async fn a_booking_holds_one_visit_and_a_completion_captures_it() {
    let salon = Salon::open().await;
    let template = salon.visits(10, &[&salon.manicure]).await;
    let package = salon.sell(&salon.ayse, &template).await;
    let booking = salon.book("b-1", &[&salon.manicure], json!("auto")).await;
    assert_eq!(booking["status"], "booked");
    assert_eq!(
        booking["services"][0]["paid_by"]["package_id"],
        package.as_str()
    );
    assert_eq!(booking["due"], json!([]));
    assert_eq!(salon.pool(&package).await, (9, 1, 0, 0));
    let completed = salon
        .world
        .post("/v1/bookings/b-1/complete", json!({}))
        .ok()
        .await;
    assert_eq!(completed["status"], "completed");
    assert_eq!(salon.pool(&package).await, (9, 0, 1, 0));
}
