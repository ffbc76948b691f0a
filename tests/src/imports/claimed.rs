//! Who was imported finds their packages.

use serde_json::json;

use super::{import, wallet};
use crate::harness::Salon;

#[tokio::test]
async fn an_imported_customer_claims_their_record_and_sees_what_they_hold() {
    let salon = Salon::open().await;
    import(
        &salon,
        &["Zeynep@example.com,Zeynep Ak,,On,visits,Manikür,10,4,1000,TRY,,2026-05-01,2026-12-31,1"],
    )
    .await;
    let world = &salon.world;
    let first = world.customer_token("account-1", "zeynep@example.com");
    let second = world.customer_token("account-2", "zeynep@example.com");
    let unverified = {
        let claims = local::Claims::new(local::Role::Customer, &world.business, "account-3");
        let mut claims = claims.with_email("zeynep@example.com");
        claims.email_verified = Some(false);
        world.tokens().mint(&claims).unwrap()
    };
    let claim = |token: &str| world.call("POST", "/v1/me/claim").by(token);
    claim(&unverified).refused(403, "email-unverified").await;
    let claimed = claim(&first).ok().await;
    assert_eq!(
        (&claimed["name"], &claimed["claimed"]),
        (&json!("Zeynep Ak"), &json!(true))
    );
    claim(&second).refused(409, "already-claimed").await;
    let own = world.get("/v1/me/wallet").by(&first).ok().await;
    assert_eq!(own["packages"][0]["pools"][0]["available"], 6);
    assert_eq!(own, wallet(&salon, "zeynep@example.com").await);
    let services = json!([{"service_id": salon.manicure}]);
    let booking = json!({"booking_id": "own", "starts_at": "2026-11-23T10:00:00Z", "services": services, "pay_with": "auto"});
    let booked = world.post("/v1/bookings", booking).by(&first).ok().await;
    assert_eq!(
        booked["services"][0]["paid_by"]["package_id"],
        own["packages"][0]["id"]
    );
}

#[tokio::test]
async fn who_has_claimed_their_record_already_is_imported_to_it() {
    let salon = Salon::open().await;
    let token = salon.ayses_token().await;
    import(
        &salon,
        &["ayse@example.com,,,Kredi,credit,,100,,100,TRY,,2026-01-01,,"],
    )
    .await;
    let own = salon.world.get("/v1/me/wallet").by(&token).ok().await;
    assert_eq!(own["totals"]["credit"][0]["amount_minor"], 10_000);
}
