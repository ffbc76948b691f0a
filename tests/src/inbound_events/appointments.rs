//! What an appointment book tells.

use serde_json::json;

use crate::harness::{Salon, assert_shows, event, paid_by};

const TOMORROW: &str = "2026-11-23T10:00:00Z";

#[tokio::test]
async fn an_appointment_is_followed_from_its_booking_to_its_end() {
    let salon = Salon::open().await;
    let package = salon.sell_visits(5, &[&salon.manicure]).await;
    let world = &salon.world;
    let booked = salon.told("a", TOMORROW, "2026-11-22T07:00:00Z");
    world.tell("AppointmentBooked", &booked).await.unwrap();
    assert_eq!(salon.pool(&package).await, (4, 1, 0, 0));
    let moved = salon.told("a", "2026-11-24T10:00:00Z", "2026-11-22T07:30:00Z");
    world.tell("AppointmentRescheduled", &moved).await.unwrap();
    let booking = world.get("/v1/bookings/a").ok().await;
    let expected = json!({"status": "booked", "starts_at": "2026-11-24T10:00:00Z"});
    assert_shows(&booking, &expected);
    assert_eq!(paid_by(&booking, 0), Some((package.as_str(), 1)));
    world.set_clock("2026-11-24T11:00:00Z");
    let done = salon.told("a", "2026-11-24T10:00:00Z", "2026-11-24T10:50:00Z");
    world.tell("AppointmentCompleted", &done).await.unwrap();
    assert_eq!(salon.pool(&package).await, (4, 0, 1, 0));
    let journal = world.journal().await;
    let last = journal.last().unwrap();
    assert_eq!(last.actor.id.as_str(), "elsewhere.example");
    assert_eq!(last.told_at, Some("2026-11-24T10:50:00Z".parse().unwrap()));
    assert!(last.cause.as_str().starts_with("event-"));
}

#[tokio::test]
async fn the_same_event_delivered_again_changes_nothing() {
    let salon = Salon::open().await;
    let package = salon.sell_visits(5, &[&salon.manicure]).await;
    let booked = salon.told("a", TOMORROW, "2026-11-22T07:00:00Z");
    let booked = event("id-1", "elsewhere.example", "AppointmentBooked", &booked);
    for _ in 0..3 {
        salon.world.take(booked.clone()).await.unwrap();
    }
    assert_eq!(salon.pool(&package).await, (4, 1, 0, 0));
    let entries = salon.world.journal().await;
    let of_booking = entries
        .iter()
        .filter(|entry| entry.fact.booking().is_some());
    assert_eq!(of_booking.count(), 1);
}

#[tokio::test]
async fn what_was_booked_here_is_completed_by_an_event_and_stays_so() {
    let salon = Salon::open().await;
    let package = salon.sell_visits(5, &[&salon.manicure]).await;
    salon.book("a", &[&salon.manicure], json!("auto")).await;
    salon.world.set_clock("2026-11-23T11:00:00Z");
    let done = salon.told("a", TOMORROW, "2026-11-23T10:45:00Z");
    salon
        .world
        .tell("AppointmentCompleted", &done)
        .await
        .unwrap();
    let cancelled = salon.told("a", TOMORROW, "2026-11-23T10:50:00Z");
    let told = salon.world.tell("AppointmentCancelled", &cancelled).await;
    assert_eq!(told, Ok(()));
    assert_eq!(salon.pool(&package).await, (4, 0, 1, 0));
    // Told again after it was taken back here, it is not done again.
    salon.resolve("a", "reverse").await;
    salon
        .world
        .tell("AppointmentCompleted", &done)
        .await
        .unwrap();
    assert_eq!(salon.pool(&package).await, (4, 1, 0, 0));
}

#[tokio::test]
async fn what_nothing_pays_for_is_due_and_not_refused() {
    let salon = Salon::open().await;
    let done = salon.told("a", "2026-11-20T10:00:00Z", "2026-11-20T11:00:00Z");
    salon
        .world
        .tell("AppointmentCompleted", &done)
        .await
        .unwrap();
    let booking = salon.world.get("/v1/bookings/a").ok().await;
    let due = json!([{"amount_minor": 60_000, "currency": "TRY"}]);
    assert_shows(&booking, &json!({"status": "completed", "due": due}));
}
