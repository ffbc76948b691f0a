//! `due-work`, on a table of its own.

mod aside;
mod cost;
mod killed;
mod passes;
pub(crate) mod renewals;
mod told;
mod zones;

use std::time::Duration;

use domain::journal::Entry;
use functions::{Deadline, TIMED_FUNCTIONS, Worked};
use serde_json::{Value, json};

use crate::harness::{Salon, World, id, lira};

impl World {
    /// Everything the stream has to tell is followed, and all that is due by now is done.
    pub(crate) async fn due_work(&self) -> Worked {
        self.pump().await;
        let worked = self.work(Duration::from_secs(60)).await;
        assert!(worked.finished, "{worked:?}");
        worked
    }

    /// Works off what is due, for so long.
    pub(crate) async fn work(&self, time: Duration) -> Worked {
        let deadline = Deadline::after(time);
        TIMED_FUNCTIONS[0].call(self.app(), deadline).await.unwrap()
    }

    /// What was done because its time had come, in the order of the journal.
    pub(crate) async fn fallen_due(&self) -> Vec<&'static str> {
        let journal = self.journal().await;
        let due = journal
            .iter()
            .filter(|entry| entry.cause.as_str().starts_with("due-"));
        due.map(|entry| entry.fact.name()).collect()
    }
}

/// Whose table nobody else writes to.
pub(crate) async fn salon() -> Salon {
    Salon::within(World::alone().await, "booking", "forfeit").await
}

/// Something of every kind that falls due between the 25th of November and the 6th of December.
pub(crate) async fn everything(salon: &Salon) {
    let world = &salon.world;
    package(salon, json!({"validity": {"count": 13, "unit": "days"}})).await;
    let plan = json!({"deposit": {"percent": 10}, "instalments": {"count": 2, "monthly_day": 1}});
    package(salon, plan).await;
    let template = salon.visits(3, &[&salon.manicure]).await;
    let offer = json!({
        "customer_id": salon.ayse, "template_id": template, "offer": {"until": "2026-12-01"},
    });
    world.post("/v1/packages", offer).key("offer").ok().await;
    buy(salon).await;
    let opportunity = opportunity(salon, "2026-12-05").await;
    let to = |rest: &str| format!("/v1/opportunities/{opportunity}/{rest}");
    let task = json!({
        "kind": "task", "subject": "Ara", "due_at": "2026-11-25T10:00:00Z",
        "remind_at": "2026-11-25T09:00:00Z",
    });
    world.post(&to("activities"), task).key("task").ok().await;
    let quote = json!({
        "lines": [{"template_id": template, "quantity": 1}], "valid_until": "2026-11-26",
    });
    let quote = id(&world.post(&to("quotes"), quote).ok().await);
    let send = format!("/v1/quotes/{quote}/send");
    world.call("POST", &send).ok().await;
    let rests = self::opportunity(salon, "2027-06-01").await;
    let suspend = format!("/v1/opportunities/{rests}/suspend");
    let until = json!({"resume_on": "2026-12-03"});
    world.post(&suspend, until).if_match(1).ok().await;
}

/// A salon in which [`everything`] has fallen due while nothing was worked off.
pub(crate) async fn after_an_outage() -> Salon {
    let salon = salon().await;
    everything(&salon).await;
    salon.world.due_work().await;
    salon.world.set_clock("2026-12-08T08:00:00Z");
    salon
}

/// All of [`everything`], in the order in which it falls due.
pub(crate) const ALL: [&str; 11] = [
    "instalment-overdue",
    "reminder-due",
    "quote-lapsed",
    "close-date-near",
    "package-expiring",
    "package-voided",
    "instalment-due",
    "offer-lapsed",
    "instalment-overdue",
    "opportunity-resumed",
    "package-expired",
];

/// What is left of it to be done when all of it is over: what is over is not said to be near any more.
pub(crate) const LATE: [&str; 9] = [
    "instalment-overdue",
    "reminder-due",
    "quote-lapsed",
    "package-voided",
    "instalment-due",
    "offer-lapsed",
    "instalment-overdue",
    "opportunity-resumed",
    "package-expired",
];

/// A package of Ayşe's, sold to her of a template with these fields; its id.
pub(crate) async fn package(salon: &Salon, fields: Value) -> String {
    let mut template = json!({
        "name": "Paket", "kind": "visits", "quantity": 10, "price": lira(100_000),
        "services": [{"service_id": salon.manicure}],
    });
    for (name, value) in fields.as_object().unwrap() {
        template[name] = value.clone();
    }
    let template = salon.template(template).await;
    let body = json!({"customer_id": salon.ayse, "template_id": template});
    let call = salon.world.post("/v1/packages", body).key(&template);
    id(&call.ok().await)
}

/// Ayşe buys something online, and pays nothing; its id.
pub(crate) async fn buy(salon: &Salon) -> String {
    let template = salon.template(json!({
        "name": "Online", "kind": "visits", "quantity": 5, "price": lira(50_000),
        "services": [{"service_id": salon.manicure}], "online": true,
    }));
    let body = json!({"template_id": template.await});
    let ayse = salon.ayses_token().await;
    let call = salon.world.post("/v1/me/packages", body).by(&ayse);
    id(&call.key("purchase").ok().await)
}

pub(crate) async fn opportunity(salon: &Salon, expected_close_on: &str) -> String {
    let body = json!({
        "customer_id": salon.ayse, "title": "Gelin paketi", "estimate": lira(500_000),
        "expected_close_on": expected_close_on,
    });
    id(&salon.world.post("/v1/opportunities", body).ok().await)
}

/// The entries of what falls due without anybody doing anything.
pub(crate) async fn by_the_calendar() -> Vec<Entry> {
    let salon = salon().await;
    let world = &salon.world;
    everything(&salon).await;
    world.due_work().await;
    world.set_clock("2026-12-04T08:00:00Z");
    world.due_work().await;
    let journal = world.journal().await.into_iter();
    journal
        .filter(|entry| entry.cause.as_str().starts_with("due-"))
        .collect()
}
