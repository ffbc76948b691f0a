//! GET /v1/me/wallet.

use crate::harness::Salon;

#[tokio::test]
async fn ones_own_wallet_is_the_one_that_staff_see() {
    let salon = Salon::open().await;
    let token = salon.ayses_token().await;
    salon.sell_visits(10, &[&salon.manicure]).await;
    let credit = salon.credit(100).await;
    salon.sell(&salon.ayse, &credit).await;
    let mine = salon.world.get("/v1/me/wallet").by(&token).ok().await;
    assert_eq!(mine["packages"].as_array().unwrap().len(), 2);
    assert_eq!(mine, salon.wallet().await);
    let path = format!("/v1/customers/{}/wallet", salon.ayse);
    assert_eq!(salon.world.get(&path).by(&token).ok().await, mine);
}

#[tokio::test]
async fn a_customer_sees_no_wallet_but_their_own() {
    let salon = Salon::open().await;
    let token = salon.ayses_token().await;
    let fatma = salon.customer("Fatma", "fatma@example.com").await;
    let template = salon.visits(10, &[&salon.manicure]).await;
    salon.sell(&fatma, &template).await;
    let path = format!("/v1/customers/{fatma}/wallet");
    let call = salon.world.get(&path).by(&token);
    call.refused(404, "customer-not-found").await;
    let mine = salon.world.get("/v1/me/wallet").by(&token).ok().await;
    assert_eq!(mine["packages"], serde_json::json!([]));
}
