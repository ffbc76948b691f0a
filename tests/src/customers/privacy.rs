//! What the journal must never hold.

use serde_json::json;

use crate::harness::{Salon, World, id};

#[tokio::test]
async fn no_name_address_or_number_of_a_customer_is_ever_in_the_journal() {
    let salon = Salon::open().await;
    let world = &salon.world;
    let body = json!({
        "name": "Zerrin Kılıçoğlu", "email": "zerrin.k@posta.example", "phone": "0532 765 43 21",
    });
    let customer = id(&world.post("/v1/customers", body).key("k").ok().await);
    let path = format!("/v1/customers/{customer}");
    let edit = json!({
        "name": "Zerrin Hürrem", "email": "hurrem@mektup.example", "phone": "0544 111 22 33",
    });
    world.call("PATCH", &path).json(edit).if_match(1).ok().await;
    let token = world.customer_token("account-9", "hurrem@mektup.example");
    world.call("POST", "/v1/me/claim").by(&token).ok().await;
    let edit = json!({"email": null});
    world.call("PATCH", &path).json(edit).if_match(3).ok().await;
    let template = salon.visits(10, &[&salon.manicure]).await;
    salon.sell(&customer, &template).await;
    let services = json!([{"service_id": salon.manicure}]);
    for number in 0..2 {
        let booking = json!({
            "booking_id": format!("b-{number}"), "pay_with": "auto", "services": services,
            "starts_at": "2026-11-23T10:00:00Z",
        });
        world.post("/v1/bookings", booking).by(&token).ok().await;
    }
    let body = json!({"starts_at": "2026-11-24T10:00:00Z"});
    world
        .post("/v1/bookings/b-0/reschedule", body)
        .by(&token)
        .ok()
        .await;
    salon.resolve("b-0", "cancel").await;
    salon.resolve("b-1", "complete").await;
    let walk_in = json!({"customer_id": customer, "walk_in": {"services": services}});
    world.post("/v1/bookings/w/complete", walk_in).ok().await;

    let entries = world.journal().await;
    let facts: Vec<&str> = entries.iter().map(|entry| entry.fact.name()).collect();
    for fact in [
        "customer-created",
        "customer-edited",
        "customer-claimed",
        "booked",
    ] {
        assert!(facts.contains(&fact), "{facts:?}");
    }
    assert_eq!(entries.iter().filter(|e| e.customer.is_some()).count(), 12);
    let journal = serde_json::to_string(&entries).unwrap().to_lowercase();
    assert!(journal.contains(&customer.to_lowercase()));
    for personal in [
        "zerrin",
        "kılıç",
        "kilic",
        "posta.example",
        "765 43",
        "hürrem",
        "hurrem",
        "mektup",
        "0544 1",
        "111 22",
        "ayşe",
        "ayse@",
        "yılmaz",
    ] {
        assert!(!journal.contains(personal), "{personal} is in the journal");
    }
    // And the business's own journal, as the owner reads it.
    let read = world.get("/v1/journal?limit=100").ok().await;
    assert_eq!(read["items"].as_array().unwrap().len(), entries.len());
    let read = read.to_string().to_lowercase();
    for personal in ["zerrin", "hurrem", "mektup", "0544 1", "ayse@"] {
        assert!(!read.contains(personal), "{personal} is in the answer");
    }
}

#[tokio::test]
async fn who_knows_the_details_of_a_person_does_not_find_their_entries_by_a_digest_of_them() {
    let world = World::new().await;
    let namesake = json!({"name": "Ayşe Yılmaz"});
    for key in ["k-1", "k-2"] {
        let call = || world.post("/v1/customers", namesake.clone()).key(key);
        call().ok().await;
        // A repetition is known again all the same, and another request under the key, too.
        assert!(call().send().await.replayed);
        let other = world
            .post("/v1/customers", json!({"name": "Ayşe"}))
            .key(key);
        other.refused(422, "idempotency-key-reused").await;
    }
    let entries = world.journal().await;
    let created = entries
        .iter()
        .filter(|e| e.fact.name() == "customer-created");
    let fingerprints: Vec<_> = created.map(|entry| &entry.fingerprint).collect();
    assert_eq!(fingerprints.len(), 2);
    assert_ne!(fingerprints[0], fingerprints[1]);
}
