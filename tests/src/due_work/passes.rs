//! Passes end, too.

use domain::journal::Entry;
use functions::publish_events::tell;
use serde_json::{Value, json};

use super::salon;
use crate::harness::{Salon, id, lira};

async fn pass(salon: &Salon, price: u64) -> String {
    let template = salon.template(json!({
        "name": "Sınırsız", "kind": "pass", "price": lira(price),
        "services": [{"service_id": salon.manicure}],
        "validity": {"count": 10, "unit": "days"},
    }));
    let body = json!({"customer_id": salon.ayse, "template_id": template.await});
    let sold = salon.world.post("/v1/packages", body).key("pass");
    id(&sold.ok().await)
}

/// What falls due of it, by day and by what it is told.
async fn fallen(salon: &Salon) -> Vec<(&'static str, String)> {
    let world = &salon.world;
    for at in [
        "2026-11-25T21:00:00Z",
        "2026-12-02T20:59:59Z",
        "2026-12-02T21:00:00Z",
        "2026-12-05T08:00:00Z",
    ] {
        world.set_clock(at);
        let worked = world.due_work().await;
        assert_eq!((worked.failed, worked.set_aside), (0, 0), "{at}");
    }
    let journal: Vec<Entry> = world.journal().await;
    let due = journal
        .iter()
        .filter(|entry| entry.cause.as_str().starts_with("due-"));
    due.map(|entry| {
        let told = tell(entry).unwrap();
        assert_eq!(told.len(), 1);
        let detail: Value = serde_json::from_str(&told[0].detail).unwrap();
        assert!(detail["package_id"].is_string());
        (told[0].detail_type, entry.at.to_rfc3339()[..16].to_owned())
    })
    .collect()
}

fn told() -> Vec<(&'static str, String)> {
    let told = [
        ("PackageExpiring", "2026-11-25T21:00"),
        ("PackageExpired", "2026-12-02T21:00"),
    ];
    told.map(|(name, at)| (name, at.to_owned())).into()
}

#[tokio::test]
async fn a_pass_is_said_to_end_and_to_have_ended() {
    let salon = salon().await;
    pass(&salon, 300_000).await;
    salon.world.due_work().await;
    assert_eq!(fallen(&salon).await, told());
}

#[tokio::test]
async fn a_pass_that_bookings_hold_is_said_to_end() {
    let salon = salon().await;
    let pass = pass(&salon, 300_000).await;
    salon.book("b-1", &[&salon.manicure], json!([pass])).await;
    salon.world.due_work().await;
    // What becomes of its worth is known when the booking is resolved: here, it is used.
    assert_eq!(fallen(&salon).await, told()[..1]);
    salon.resolve("b-1", "complete").await;
    salon.world.due_work().await;
    let fallen = salon.world.fallen_due().await;
    assert_eq!(fallen, ["package-expiring", "package-ended"]);
}

#[tokio::test]
async fn a_pass_that_cost_nothing_is_said_to_end_and_to_have_ended_once() {
    let salon = salon().await;
    pass(&salon, 0).await;
    salon.world.due_work().await;
    assert_eq!(fallen(&salon).await, told());
    let rebuilt = salon
        .world
        .store
        .rebuild_agenda(&[], || salon.world.clock.now(), |_| ());
    rebuilt.await.unwrap();
    assert_eq!(salon.world.due_work().await.failed, 0);
    assert_eq!(
        salon.world.fallen_due().await,
        ["package-expiring", "package-ended"]
    );
}
