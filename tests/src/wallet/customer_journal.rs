//! GET /v1/customers/{id}/journal.

use local::Role;
use serde_json::{Value, json};

use super::{at, check_pages, facts};
use crate::harness::{Salon, assert_shows, lira};

/// Ayşe buys at 9:01, books at 9:02 and 9:03, cancels at 9:04 and comes at 9:05.
async fn busy() -> (Salon, String) {
    let salon = Salon::open().await;
    at(&salon, 1);
    let package = salon.sell_visits(10, &[&salon.manicure]).await;
    at(&salon, 2);
    salon.book("b-1", &[&salon.manicure], json!("auto")).await;
    at(&salon, 3);
    salon.book("b-2", &[&salon.massage], json!("none")).await;
    at(&salon, 4);
    salon.resolve("b-2", "cancel").await;
    at(&salon, 5);
    salon.resolve("b-1", "complete").await;
    (salon, package)
}

async fn journal(salon: &Salon) -> Vec<Value> {
    let path = format!("/v1/customers/{}/journal?limit=100", salon.ayse);
    salon.world.pages(&path).await.concat()
}

#[tokio::test]
async fn a_journal_tells_everything_about_a_customer_the_newest_first() {
    let (salon, _) = busy().await;
    salon.customer("Fatma", "fatma@example.com").await;
    let whole = journal(&salon).await;
    let told = [
        "completed",
        "cancelled",
        "booked",
        "booked",
        "package-sold",
        "customer-created",
    ];
    assert_eq!(facts(&whole), told);
    for entry in &whole {
        assert_eq!(entry["customer_id"], salon.ayse.as_str());
        assert_eq!(
            (&entry["role"], &entry["actor"]),
            (&json!("owner"), &json!("someone"))
        );
        assert!(entry["id"].as_str().unwrap().starts_with("ent_"));
        assert!(!entry["cause"].as_str().unwrap().is_empty());
    }
    let bookings: Vec<&Value> = whole.iter().map(|entry| &entry["booking_id"]).collect();
    let none = &Value::Null;
    let (one, two) = (&json!("b-1"), &json!("b-2"));
    assert_eq!(bookings, [one, two, two, one, none, none]);
    assert_eq!(whole[0]["at"], "2026-11-22T09:05:00Z");
    assert_eq!(whole[5]["at"], "2026-11-22T08:00:00Z");
}

#[tokio::test]
async fn an_entry_shows_the_units_that_moved_and_the_balance_after() {
    let (salon, package) = busy().await;
    let whole = journal(&salon).await;
    let line = |from: Value, to: &str, units: u64, after: [u64; 4], version: u64| {
        let [available, held, used, forfeited] = after;
        json!([{
            "package_id": package, "pool": 0, "from": from, "to": to, "units": units,
            "after": {
                "granted": 10, "available": available, "held": held, "used": used,
                "forfeited": forfeited, "expired": 0,
            },
            "version": version,
        }])
    };
    assert_shows(
        &whole[0]["lines"],
        &line(json!("held"), "used", 1, [9, 0, 1, 0], 3),
    );
    assert_eq!(whole[1]["lines"], json!([]));
    assert_eq!(whole[2]["lines"], json!([]));
    assert_shows(
        &whole[3]["lines"],
        &line(json!("available"), "held", 1, [9, 1, 0, 0], 2),
    );
    assert_shows(
        &whole[4]["lines"],
        &line(Value::Null, "available", 10, [10, 0, 0, 0], 1),
    );
    // A tenth of the price is earned by the visit that was used.
    let price = whole[4]["lines"][0]["value"]["amount_minor"]
        .as_u64()
        .unwrap();
    assert_eq!(whole[0]["lines"][0]["value"], lira(price / 10));
    assert_eq!(whole[3]["lines"][0]["value"], Value::Null);
    assert_eq!(whole[5]["lines"], json!([]));
}

#[tokio::test]
async fn a_journal_is_the_same_at_every_size_of_page() {
    let (salon, _) = busy().await;
    let path = format!("/v1/customers/{}/journal", salon.ayse);
    check_pages(&salon.world, &path, &journal(&salon).await).await;
}

#[tokio::test]
async fn a_customer_reads_their_own_journal_without_learning_who_served_them() {
    let (salon, _) = busy().await;
    at(&salon, 6);
    let token = salon.ayses_token().await;
    at(&salon, 7);
    let mut body = salon.booking("b-3", &[&salon.manicure], json!("auto"));
    body.as_object_mut().unwrap().remove("customer_id");
    salon.world.post("/v1/bookings", body).by(&token).ok().await;
    at(&salon, 8);
    let staff = salon.world.token(Role::Staff);
    let cancel = salon.world.post("/v1/bookings/b-3/cancel", json!({}));
    cancel.by(&staff).ok().await;
    let path = format!("/v1/customers/{}/journal", salon.ayse);
    let mine = salon.world.get(&path).by(&token).ok().await;
    let entries = mine["items"].as_array().unwrap();
    let shown: Vec<(&str, &str, Option<&str>)> = entries
        .iter()
        .take(4)
        .map(|e| {
            let fact = e["fact"].as_str().unwrap();
            (fact, e["role"].as_str().unwrap(), e["actor"].as_str())
        })
        .collect();
    let own = Some(salon.ayse.as_str());
    let expected = [
        ("cancelled", "staff", None),
        ("booked", "customer", own),
        ("customer-claimed", "customer", own),
        ("completed", "owner", None),
    ];
    assert_eq!(shown, expected);
    assert_eq!(entries.len(), 9);
    assert!(!mine.to_string().contains("someone"), "{mine}");
    // Staff see who it was.
    let theirs = salon.world.get(&path).by(&staff).ok().await;
    assert_eq!(theirs["items"][0]["actor"], "someone");
}

#[tokio::test]
async fn a_customer_reads_nobody_elses_journal() {
    let salon = Salon::open().await;
    let token = salon.ayses_token().await;
    let fatma = salon.customer("Fatma", "fatma@example.com").await;
    for customer in [&fatma, &format!("cus_{:026}", 7)] {
        let path = format!("/v1/customers/{customer}/journal");
        let call = salon.world.get(&path).by(&token);
        call.refused(404, "customer-not-found").await;
    }
    let path = format!("/v1/customers/{}/journal", salon.ayse);
    let next_door = salon.world.get(&path).by(&salon.world.next_door());
    next_door.refused(404, "customer-not-found").await;
}
