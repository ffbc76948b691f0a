//! GET /v1/customers/{id}/export.

use serde_json::{Value, json};

use crate::harness::Salon;

fn path(salon: &Salon) -> String {
    format!("/v1/customers/{}/export", salon.ayse)
}

async fn busy_salon() -> Salon {
    let salon = Salon::open().await;
    salon.sell_visits(10, &[&salon.manicure]).await;
    salon.book("late", &[&salon.manicure], json!("auto")).await;
    salon.resolve("late", "complete").await;
    let mut early = salon.booking("early", &[&salon.massage], json!("none"));
    early["starts_at"] = json!("2026-11-22T15:00:00Z");
    salon.world.post("/v1/bookings", early).ok().await;
    salon
}

#[tokio::test]
async fn everything_about_a_person_is_in_one_document() {
    let salon = busy_salon().await;
    salon.ayses_token().await;
    let export = salon.world.get(&path(&salon)).ok().await;
    assert_eq!(export["exported_at"], "2026-11-22T08:00:00Z");
    let holdings = &export["holdings"];
    let customer = &holdings["customer"];
    assert_eq!(
        (&customer["name"], &customer["email"]),
        (&json!("Ayşe Yılmaz"), &json!("ayse@example.com"))
    );
    assert_eq!(customer["customer_since"], "2026-11-22T08:00:00Z");
    assert_eq!(holdings["account"], "ayses-account");
    assert_eq!(holdings["wallet"], salon.wallet().await);
    let bookings = holdings["bookings"].as_array().unwrap();
    assert_eq!(bookings.len(), 2);
    for (booking, id) in bookings.iter().zip(["early", "late"]) {
        let alone = salon.world.get(&format!("/v1/bookings/{id}")).ok().await;
        assert_eq!(*booking, alone);
    }
    assert_eq!(holdings["others"], json!({}));
    let journal = salon
        .world
        .get(&format!("/v1/customers/{}/journal", salon.ayse));
    let journal = journal.ok().await;
    let facts = |items: &Value| {
        let items = items.as_array().unwrap().iter();
        items
            .map(|item| item["fact"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(facts(&export["journal"]["items"]), facts(&journal["items"]));
    assert_eq!(export["journal"]["next_cursor"], Value::Null);
}

#[tokio::test]
async fn the_customer_gets_their_own_and_nobody_learns_which_member_of_staff_it_was() {
    let salon = busy_salon().await;
    salon.world.set_clock("2026-11-22T09:00:00Z");
    let (ayse, fatma) = (salon.ayses_token().await, salon.fatmas_token().await);
    let export = |token: &str| salon.world.get(&path(&salon)).by(token);
    let own = export(&ayse).ok().await;
    let owners = salon.world.get(&path(&salon)).ok().await;
    assert_eq!(own, owners);
    let actors = owners["journal"]["items"].as_array().unwrap().iter();
    let actors: Vec<&Value> = actors.map(|entry| &entry["actor"]).collect();
    // Only what she did herself says who did it: the claim.
    assert_eq!(*actors[0], json!(salon.ayse));
    assert!(
        actors[1..].iter().all(|actor| actor.is_null()),
        "{actors:?}"
    );
    export(&fatma).refused(404, "customer-not-found").await;
    let nobody = "/v1/customers/cus_00000000000000000000000001/export";
    let nobodys = salon.world.get(nobody).by(&fatma);
    nobodys.refused(404, "customer-not-found").await;
}

#[tokio::test]
async fn a_long_journal_goes_on_by_its_cursor() {
    let salon = busy_salon().await;
    let path = path(&salon);
    let whole = salon.world.get(&path).ok().await;
    let whole = whole["journal"]["items"].as_array().unwrap().clone();
    assert_eq!(whole.len(), 5);
    let mut parts: Vec<Value> = Vec::new();
    let mut cursor = String::new();
    loop {
        let part = salon
            .world
            .get(&format!("{path}?limit=2{cursor}"))
            .ok()
            .await;
        assert_eq!(part["holdings"].is_null(), !cursor.is_empty());
        parts.extend(part["journal"]["items"].as_array().unwrap().clone());
        match part["journal"]["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(parts, whole);
    let exactly = salon.world.get(&format!("{path}?limit=5")).ok().await;
    assert_eq!(exactly["journal"]["next_cursor"], Value::Null);
    for (query, code) in [
        ("limit=0", "malformed-limit"),
        ("limit=1001", "malformed-limit"),
        ("limit=x", "malformed-query"),
        ("cursor=x", "malformed-cursor"),
        ("since=2026-01-01T00:00:00Z", "malformed-query"),
    ] {
        let call = salon.world.get(&format!("{path}?{query}"));
        call.refused(400, code).await;
    }
}

#[tokio::test]
async fn of_someone_who_was_erased_what_is_left_is_exported() {
    let salon = busy_salon().await;
    salon.world.set_clock("2026-11-22T09:00:00Z");
    let erase = format!("/v1/customers/{}/erase", salon.ayse);
    salon
        .world
        .post(&erase, json!({"confirm": salon.ayse}))
        .ok()
        .await;
    let export = salon.world.get(&path(&salon)).ok().await;
    let holdings = &export["holdings"];
    assert_eq!(holdings["customer"]["name"], "Erased customer");
    assert_eq!(holdings["wallet"]["packages"].as_array().unwrap().len(), 1);
    assert_eq!(export["journal"]["items"][0]["fact"], "customer-erased");
}
