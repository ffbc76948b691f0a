//! GET /v1/me.

use crate::harness::Salon;

#[tokio::test]
async fn an_account_is_nobody_until_it_has_claimed_its_record() {
    let salon = Salon::open().await;
    let token = salon
        .world
        .customer_token("ayses-account", "ayse@example.com");
    for path in ["/v1/me", "/v1/me/wallet"] {
        let call = salon.world.get(path).by(&token);
        call.refused(404, "not-claimed").await;
    }
    salon.ayses_token().await;
    let me = salon.world.get("/v1/me").by(&token).send().await;
    assert_eq!((me.status, me.etag.as_deref()), (200, Some("\"2\"")));
    assert_eq!(me.body["id"], salon.ayse.as_str());
    assert_eq!(me.body["email"], "ayse@example.com");
    assert!(me.body["customer_since"].is_null());
    let wallet = salon.world.get("/v1/me/wallet").by(&token).ok().await;
    assert_eq!(wallet["customer_id"], salon.ayse.as_str());
}

#[tokio::test]
async fn a_customer_sees_themselves_as_staff_see_them() {
    let salon = Salon::open().await;
    let token = salon.ayses_token().await;
    salon.sell_visits(10, &[&salon.manicure]).await;
    let me = salon.world.get("/v1/me").by(&token).ok().await;
    let path = format!("/v1/customers/{}", salon.ayse);
    assert_eq!(salon.world.get(&path).ok().await, me);
    assert_eq!(salon.world.get(&path).by(&token).ok().await, me);
    assert_eq!(me["customer_since"], "2026-11-22T08:00:00Z");
}

#[tokio::test]
async fn nobody_but_customers_is_a_customer() {
    let salon = Salon::open().await;
    for path in ["/v1/me", "/v1/me/wallet"] {
        salon.world.get(path).refused(403, "forbidden").await;
    }
}
