//! GET /v1/packages/{id}.

use serde_json::json;

use crate::harness::{Salon, lira};

#[tokio::test]
async fn a_package_is_read_as_it_stands_now() {
    let salon = Salon::open().await;
    let package = salon.sell_visits(2, &[&salon.manicure]).await;
    let status = async || salon.package(&package).await["status"].clone();
    salon.book("b-1", &[&salon.manicure], json!("auto")).await;
    assert_eq!(salon.pool(&package).await, (1, 1, 0, 0));
    salon.resolve("b-1", "complete").await;
    assert_eq!(salon.pool(&package).await, (1, 0, 1, 0));
    salon.book("b-2", &[&salon.manicure], json!("auto")).await;
    // Nothing is free, but something is held: it may come back.
    assert_eq!(salon.pool(&package).await, (0, 1, 1, 0));
    assert_eq!(status().await, "active");
    salon.world.set_clock("2026-11-23T12:00:00Z");
    salon.resolve("b-2", "no-show").await;
    assert_eq!(salon.pool(&package).await, (0, 0, 1, 1));
    assert_eq!(status().await, "exhausted");
    salon.world.set_clock("2028-01-01T08:00:00Z");
    assert_eq!(status().await, "exhausted", "used up before its time was");
}

#[tokio::test]
async fn a_package_is_active_until_the_last_moment_before_its_expiry() {
    let salon = Salon::open().await;
    let one_day = json!({
        "name": "Gün", "kind": "visits", "quantity": 3, "price": lira(1),
        "services": [{"service_id": salon.manicure}],
        "validity": {"count": 1, "unit": "days"},
    });
    let package = salon.sell_as(one_day).await;
    let body = json!({
        "booking_id": "b", "customer_id": salon.ayse, "pay_with": "auto",
        "services": [{"service_id": salon.manicure}], "starts_at": "2026-11-23T20:00:00Z",
    });
    salon.world.post("/v1/bookings", body).ok().await;
    assert_eq!(
        salon.package(&package).await["expires_at"],
        "2026-11-23T21:00:00Z"
    );
    for (now, status, available, expired) in [
        ("2026-11-23T20:59:59.999Z", "active", 2, 0),
        ("2026-11-23T21:00:00Z", "expired", 0, 2),
    ] {
        salon.world.set_clock(now);
        let read = salon.package(&package).await;
        assert_eq!(read["status"], status, "at {now}");
        let pool = &read["pools"][0];
        assert_eq!(
            (&pool["available"], &pool["expired"]),
            (&json!(available), &json!(expired))
        );
        // What is held does not expire.
        assert_eq!((&pool["held"], &pool["granted"]), (&json!(1), &json!(3)));
    }
    salon.resolve("b", "complete").await;
    let pool = &salon.package(&package).await["pools"][0];
    assert_eq!((&pool["used"], &pool["expired"]), (&json!(1), &json!(2)));
}

#[tokio::test]
async fn a_package_is_seen_by_its_business_and_its_customer_and_nobody_else() {
    let salon = Salon::open().await;
    let package = salon.sell_visits(2, &[&salon.manicure]).await;
    let path = format!("/v1/packages/{package}");
    let get = || salon.world.get(&path);
    get()
        .by(&salon.world.next_door())
        .refused(404, "package-not-found")
        .await;
    let stranger = salon
        .world
        .customer_token("stranger", "stranger@example.com");
    get().by(&stranger).refused(404, "package-not-found").await;
    let fatma = salon.fatmas_token().await;
    get().by(&fatma).refused(404, "package-not-found").await;
    let ayse = salon.ayses_token().await;
    assert_eq!(get().by(&ayse).ok().await, get().ok().await);
    let nothing = format!("/v1/packages/pkg_{:026}", 7);
    salon
        .world
        .get(&nothing)
        .refused(404, "package-not-found")
        .await;
    salon
        .world
        .get("/v1/packages/b")
        .refused(400, "malformed-id")
        .await;
}
