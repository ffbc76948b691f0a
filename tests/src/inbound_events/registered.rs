//! People who registered elsewhere.

use serde_json::{Value, json};

use crate::harness::{Salon, assert_shows, event};

fn person(salon: &Salon, account: &str, email: &str) -> Value {
    json!({
        "version": 1, "business_id": salon.world.business, "account": account, "name": "Deniz Kaya",
        "email": email, "email_verified": true, "occurred_at": "2026-11-22T07:00:00Z",
    })
}

#[tokio::test]
async fn who_registered_is_a_customer_once_and_may_sign_in() {
    let salon = Salon::open().await;
    let deniz = person(&salon, "account-d", "deniz@example.com");
    for _ in 0..3 {
        salon
            .world
            .tell("CustomerRegistered", &deniz)
            .await
            .unwrap();
    }
    let token = salon.world.customer_token("account-d", "deniz@example.com");
    let me = salon.world.get("/v1/me").by(&token).ok().await;
    assert_shows(&me, &json!({"name": "Deniz Kaya", "claimed": true}));
    let found = salon.world.get("/v1/customers?name=Deniz").ok().await;
    assert_eq!(found["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn who_was_added_before_is_bound_and_nobody_is_bound_twice() {
    let salon = Salon::open().await;
    let ayse = person(&salon, "account-a", "ayse@example.com");
    salon.world.tell("CustomerRegistered", &ayse).await.unwrap();
    let token = salon.world.customer_token("account-a", "ayse@example.com");
    let me = salon.world.get("/v1/me").by(&token).ok().await;
    assert_eq!(me["id"], json!(salon.ayse));
    assert_eq!(me["name"], "Ayşe Yılmaz");
    let another = person(&salon, "account-b", "ayse@example.com");
    let told = salon.world.tell("CustomerRegistered", &another).await;
    assert_eq!(told, Err("already-claimed".to_owned()));
}

#[tokio::test]
async fn an_address_that_may_be_anothers_binds_nobody() {
    let salon = Salon::open().await;
    let mut ayse = person(&salon, "account-a", "ayse@example.com");
    ayse["email_verified"] = json!(false);
    let told = salon.world.tell("CustomerRegistered", &ayse).await;
    assert_eq!(told, Err("email-unverified".to_owned()));
    let path = format!("/v1/customers/{}", salon.ayse);
    assert_eq!(salon.world.get(&path).ok().await["claimed"], false);
}

#[tokio::test]
async fn who_was_erased_and_registers_again_is_somebody_new() {
    let salon = Salon::open().await;
    let deniz = person(&salon, "account-d", "deniz@example.com");
    let registered = |id| event(id, "elsewhere.example", "CustomerRegistered", &deniz);
    salon.world.take(registered("1")).await.unwrap();
    let token = salon.world.customer_token("account-d", "deniz@example.com");
    let first = salon.world.get("/v1/me").by(&token).ok().await;
    let path = format!("/v1/customers/{}/erase", first["id"].as_str().unwrap());
    let erase = json!({"confirm": first["id"]});
    salon.world.post(&path, erase).ok().await;
    for _ in 0..2 {
        salon.world.take(registered("2")).await.unwrap();
    }
    let second = salon.world.get("/v1/me").by(&token).ok().await;
    assert_shows(&second, &json!({"name": "Deniz Kaya", "claimed": true}));
    assert_ne!(second["id"], first["id"]);
    let journal = salon.world.journal().await;
    let told = journal
        .iter()
        .filter(|entry| entry.cause.as_str().starts_with("event-"));
    let at = "2026-11-22T07:00:00Z".parse().unwrap();
    assert!(told.clone().count() == 4 && told.clone().all(|entry| entry.told_at == Some(at)));
}
