//! What falls due is done at its time, and once.

use serde_json::json;

use aws_lambda_events::dynamodb::EventRecord;
use infra::Change;

use super::{ALL, LATE, buy, everything, opportunity, package, salon};

#[tokio::test]
async fn everything_that_falls_due_in_an_outage_of_days_is_done_in_its_order_and_once() {
    let salon = salon().await;
    let world = &salon.world;
    everything(&salon).await;
    assert_eq!(world.due_work().await.done, 0);
    world.set_clock("2026-12-08T08:00:00Z");
    let worked = world.due_work().await;
    let done = u32::try_from(LATE.len()).unwrap();
    assert_eq!((worked.done, worked.failed), (done, 0));
    // The clock stands still, so the stream alone tells the order.
    let told = world.told().await;
    let fallen: Vec<&str> = told.iter().filter_map(told_of).collect();
    let mut late = LATE;
    // Of one day's beginning, what is of one business goes by what it is about, which is no order.
    late[5..7].sort_unstable();
    let mut fallen_late = fallen.clone();
    fallen_late[5..7].sort_unstable();
    assert_eq!(fallen_late, late);
    world.deliver(&told).await;
    let again = world.due_work().await;
    assert_eq!((again.done, again.nothing), (0, 0));
    assert_eq!(world.fallen_due().await.len(), LATE.len());
}

/// The entry that a record tells of, if it is one.
fn told_of(record: &EventRecord) -> Option<&'static str> {
    let change = &record.change;
    let read = Change::read(&change.keys, &change.old_image, &change.new_image);
    let Ok(Change::Entry(entry)) = read else {
        return None;
    };
    Some(entry.fact.name())
}

#[tokio::test]
async fn each_thing_is_done_when_its_time_has_come_and_not_before() {
    let salon = salon().await;
    let world = &salon.world;
    everything(&salon).await;
    let mut told = 0;
    for (before, at, done) in [
        // The days of the business begin at nine in the evening of UTC.
        ("2026-11-22T20:59:59Z", "2026-11-22T21:00:00Z", 1),
        ("2026-11-25T08:59:59Z", "2026-11-25T09:00:00Z", 1),
        ("2026-11-26T20:59:59Z", "2026-11-26T21:00:00Z", 1),
        ("2026-11-27T20:59:59Z", "2026-11-27T21:00:00Z", 1),
        ("2026-11-28T20:59:59Z", "2026-11-28T21:00:00Z", 1),
        ("2026-11-29T07:59:59Z", "2026-11-29T08:00:00Z", 1),
        ("2026-11-30T20:59:59Z", "2026-11-30T21:00:00Z", 1),
        ("2026-12-01T20:59:59Z", "2026-12-01T21:00:00Z", 2),
        ("2026-12-02T20:59:59Z", "2026-12-02T21:00:00Z", 1),
        ("2026-12-05T20:59:59Z", "2026-12-05T21:00:00Z", 1),
    ] {
        world.set_clock(before);
        assert_eq!(world.due_work().await.done, 0, "{before}");
        world.set_clock(at);
        assert_eq!(world.due_work().await.done, done, "{at}");
        told += done;
    }
    let mut fallen = world.fallen_due().await;
    assert_eq!(u32::try_from(fallen.len()).unwrap(), told);
    // Two of them fall due at once.
    fallen[7..9].sort_unstable();
    let mut all = ALL;
    all[7..9].sort_unstable();
    assert_eq!(fallen, all);
}

#[tokio::test]
async fn what_is_not_due_any_more_is_not_done() {
    let salon = salon().await;
    let world = &salon.world;
    let bought = buy(&salon).await;
    let extended = package(&salon, json!({"validity": {"count": 10, "unit": "days"}})).await;
    let decided = opportunity(&salon, "2026-12-05").await;
    world.due_work().await;
    let paid = json!({
        "amount": {"amount_minor": 50_000, "currency": "TRY"}, "method": "card",
    });
    let path = format!("/v1/packages/{bought}/payments");
    world.post(&path, paid).key("paid").ok().await;
    let path = format!("/v1/packages/{extended}/extend");
    let later = json!({"expires_on": "2027-12-31"});
    world.post(&path, later).key("later").ok().await;
    let path = format!("/v1/opportunities/{decided}/close");
    world
        .post(&path, json!({"outcome": "won"}))
        .if_match(1)
        .ok()
        .await;
    // Nothing of it has reached the agenda yet.
    world.set_clock("2026-12-20T08:00:00Z");
    let worked = world.work(std::time::Duration::from_secs(60)).await;
    assert_eq!((worked.done, worked.failed), (0, 0));
    assert!(worked.nothing > 0);
    assert_eq!(world.fallen_due().await, [""; 0]);
    world.set_clock("2027-12-31T21:00:00Z");
    world.due_work().await;
    assert_eq!(
        world.fallen_due().await,
        ["package-expiring", "package-expired"][1..]
    );
}

#[tokio::test]
async fn an_end_that_comes_back_is_not_forgotten_when_the_stream_repeats_itself() {
    let salon = salon().await;
    let world = &salon.world;
    let package = package(&salon, json!({"validity": {"count": 10, "unit": "days"}})).await;
    for (verb, body) in [
        ("freeze", json!({"until": "2026-12-20"})),
        ("unfreeze", json!({})),
    ] {
        let path = format!("/v1/packages/{package}/{verb}");
        world.post(&path, body).key(verb).ok().await;
    }
    let told = world.told().await;
    world.deliver(&told).await;
    for record in told.iter().rev() {
        world.deliver(std::slice::from_ref(record)).await;
    }
    world.set_clock("2026-12-02T21:00:00Z");
    let worked = world.due_work().await;
    assert_eq!(worked.failed, 0);
    assert_eq!(world.fallen_due().await, ["package-expired"]);
}

#[tokio::test]
async fn how_many_days_before_its_end_it_is_told_of_a_package_is_the_businesss_to_say() {
    let salon = salon().await;
    let world = &salon.world;
    let mut settings = world.get("/v1/settings").ok().await;
    settings["expiring_days"] = json!([30, 3, 1]);
    let put = world.call("PUT", "/v1/settings").if_match(1);
    put.json(settings.clone()).ok().await;
    package(&salon, json!({"validity": {"count": 10, "unit": "days"}})).await;
    for (at, told) in [
        ("2026-11-29T08:00:00Z", 0),
        ("2026-11-29T21:00:00Z", 1),
        ("2026-12-01T21:00:00Z", 2),
        ("2026-12-02T21:00:00Z", 3),
    ] {
        world.set_clock(at);
        world.due_work().await;
        assert_eq!(world.fallen_due().await.len(), told, "{at}");
    }
    for days in [
        json!([0]),
        json!([367]),
        json!([7, 7]),
        json!([1, 2, 3, 4, 5, 6]),
    ] {
        settings["expiring_days"] = days;
        let put = world.call("PUT", "/v1/settings").if_match(2);
        let put = put.json(settings.clone());
        put.refused(422, "settings-out-of-range").await;
    }
}

#[tokio::test]
async fn what_was_there_before_the_agenda_is_put_on_it_by_the_command() {
    let salon = salon().await;
    let world = &salon.world;
    everything(&salon).await;
    // Nobody followed the stream.
    drop(world.told().await);
    let rebuilt = world
        .store
        .rebuild_agenda(&[], || world.clock.now(), |_| ());
    let rebuilt = rebuilt.await.unwrap();
    assert_eq!((rebuilt.records, rebuilt.due), (7, 13));
    world.set_clock("2026-12-08T08:00:00Z");
    world.work(std::time::Duration::from_secs(60)).await;
    assert_eq!(world.fallen_due().await.len(), LATE.len());
    let clock = world.clock.now();
    world
        .store
        .rebuild_agenda(&[], || clock, |_| ())
        .await
        .unwrap();
    assert_eq!(world.due_work().await.failed, 0);
    assert_eq!(world.fallen_due().await.len(), LATE.len());
}
