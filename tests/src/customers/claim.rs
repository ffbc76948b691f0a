//! POST /v1/me/claim.

use local::{Claims, Role};

use crate::harness::{Answer, Salon};

async fn claim(salon: &Salon, token: &str) -> Answer {
    let call = salon.world.call("POST", "/v1/me/claim");
    call.by(token).send().await
}

fn code(answer: &Answer) -> (u16, &str) {
    (answer.status, answer.body["code"].as_str().unwrap_or("ok"))
}

#[tokio::test]
async fn a_verified_address_binds_the_account_to_the_customer_who_has_it() {
    let salon = Salon::open().await;
    salon.customer("Fatma", "fatma@example.com").await;
    let token = salon.world.customer_token("account-1", "Ayse@Example.com");
    let claimed = claim(&salon, &token).await;
    assert_eq!((claimed.status, claimed.replayed), (200, false));
    assert_eq!(claimed.etag.as_deref(), Some("\"2\""));
    assert_eq!(claimed.body["id"], salon.ayse.as_str());
    assert_eq!(claimed.body["claimed"], true);
    let path = format!("/v1/customers/{}", salon.ayse);
    assert_eq!(salon.world.get(&path).ok().await["claimed"], true);
}

#[tokio::test]
async fn the_same_account_may_claim_again_and_a_second_one_may_not() {
    let salon = Salon::open().await;
    let first = salon.world.customer_token("account-1", "ayse@example.com");
    let second = salon.world.customer_token("account-2", "ayse@example.com");
    let claimed = claim(&salon, &first).await;
    let again = claim(&salon, &first).await;
    assert_eq!((again.status, again.replayed), (200, true));
    assert_eq!((again.body, again.etag), (claimed.body, claimed.etag));
    let other = claim(&salon, &second).await;
    assert_eq!(code(&other), (409, "already-claimed"));
    let me = salon.world.get("/v1/me").by(&second);
    me.refused(404, "not-claimed").await;
    salon.world.get("/v1/me").by(&first).ok().await;
}

#[tokio::test]
async fn an_address_that_is_not_verified_claims_nothing() {
    let salon = Salon::open().await;
    let mut claims = Claims::new(Role::Customer, &salon.world.business, "account-1");
    let without = salon.world.tokens().mint(&claims).unwrap();
    claims.email = Some("ayse@example.com".to_owned());
    let silent = salon.world.tokens().mint(&claims).unwrap();
    claims.email_verified = Some(false);
    let unverified = salon.world.tokens().mint(&claims).unwrap();
    for token in [without, silent, unverified] {
        let refused = claim(&salon, &token).await;
        assert_eq!(code(&refused), (403, "email-unverified"));
    }
    let verified = salon.world.customer_token("account-2", "ayse@example.com");
    assert_eq!(claim(&salon, &verified).await.status, 200);
}

#[tokio::test]
async fn an_address_that_nobody_here_has_claims_nothing() {
    let salon = Salon::open().await;
    let unknown = salon.world.customer_token("account-1", "elif@example.com");
    assert_eq!(
        code(&claim(&salon, &unknown).await),
        (404, "nothing-to-claim")
    );
    let claims = Claims::new(Role::Customer, "another-business", "account-1");
    let claims = claims.with_email("ayse@example.com");
    let elsewhere = salon.world.tokens().mint(&claims).unwrap();
    assert_eq!(
        code(&claim(&salon, &elsewhere).await),
        (404, "nothing-to-claim")
    );
}

#[tokio::test]
async fn an_account_that_is_bound_stays_with_its_record_whatever_its_address_becomes() {
    let salon = Salon::open().await;
    salon.customer("Fatma", "fatma@example.com").await;
    salon.ayses_token().await;
    let moved = salon
        .world
        .customer_token("ayses-account", "fatma@example.com");
    let again = claim(&salon, &moved).await;
    assert_eq!((again.status, again.replayed), (200, true));
    assert_eq!(again.body["id"], salon.ayse.as_str());
    let fatma = salon.world.customer_token("account-2", "fatma@example.com");
    assert_eq!(claim(&salon, &fatma).await.status, 200);
}

#[tokio::test]
async fn staff_claim_nobody() {
    let salon = Salon::open().await;
    for role in [Role::Owner, Role::Staff, Role::Sales, Role::Machine] {
        let claims = Claims::new(role, &salon.world.business, "someone");
        let claims = claims.with_email("ayse@example.com");
        let token = salon.world.tokens().mint(&claims).unwrap();
        assert_eq!(code(&claim(&salon, &token).await), (403, "forbidden"));
    }
}
