//! What other systems tell, damaged: it is taken, or rejected with a reason and without a trace
//! in all that is stored, of this business or of any.

use proptest::prelude::*;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use super::corpus::{kept, kept_if_failed};
use super::damage::damaged;
use super::values::json_change;
use super::{all_stored, cases, changes, fuzz};
use crate::harness::{Salon, World, event};
use crate::inbound_events::example;

const STRIPES: [&str; 5] = [
    "charge.dispute.created",
    "charge.refunded",
    "checkout.session.completed",
    "payment_intent.payment_failed",
    "payment_intent.succeeded",
];

const KINDS: [&str; 9] = [
    "AppointmentBooked",
    "AppointmentRescheduled",
    "AppointmentCancelled",
    "AppointmentCompleted",
    "AppointmentNoShow",
    "PaymentSucceeded",
    "PaymentFailed",
    "PaymentReturned",
    "CustomerRegistered",
];

/// A sound event of a kind.
fn sound(salon: &Salon, package: &str, kind: &str) -> Value {
    if STRIPES.contains(&kind) {
        return example(kind, salon, package);
    }
    let detail = match kind {
        _ if kind.starts_with("Payment") => {
            let mut money = salon.money(package, "pay-1", 500_000);
            money["reason"] = json!("AM04");
            money
        }
        "CustomerRegistered" => json!({
            "version": 1, "business_id": salon.world.business, "account": "account-9",
            "name": "Elif Demir", "email": "elif@example.com", "email_verified": true,
            "occurred_at": "2026-11-22T07:30:00Z",
        }),
        _ => salon.told("fuzzed", "2026-11-23T10:00:00Z", "2026-11-22T07:00:00Z"),
    };
    // Known again, it would be taken whatever it says.
    let id = format!("{:032x}", infra::random_128().unwrap());
    event(&id, "elsewhere.example", kind, &detail)
}

/// Tries a case; what is wrong with what came of it.
async fn tried(salon: &Salon, package: &str, case: &Value) -> Result<(), String> {
    let kind = case["kind"].as_str().unwrap();
    let text = damaged(sound(salon, package, kind), changes(case));
    // What is not JSON does not come as far as the function.
    let Ok(event) = serde_json::from_slice::<Value>(&text) else {
        return Ok(());
    };
    let before = all_stored(&salon.world).await;
    match salon.world.take(event).await {
        Ok(()) => read_back(salon, package)
            .await
            .map_err(|wrong| format!("{case}, and then {wrong}")),
        Err(code) if code == "broken" || code == "busy" => Err(format!("{case}: {code}")),
        Err(code) => match all_stored(&salon.world).await == before {
            true => Ok(()),
            false => Err(format!("{case} was rejected as {code}, and wrote")),
        },
    }
}

/// What was taken can be read: the appointment, what pays for it, and whose it is.
async fn read_back(salon: &Salon, package: &str) -> Result<(), String> {
    let customer = &salon.ayse;
    for path in [
        "bookings/fuzzed".to_owned(),
        format!("packages/{package}"),
        format!("packages/{package}/journal"),
        format!("packages/{package}/payments"),
        format!("customers/{customer}/wallet"),
        format!("customers/{customer}/journal"),
    ] {
        let answer = salon.world.get(&format!("/v1/{path}")).send().await;
        if answer.status >= 500 {
            return Err(format!("{path}: {answer:?}"));
        }
    }
    Ok(())
}

fn with_salon(work: impl FnOnce(&Runtime, &Salon, &str)) {
    let runtime = Runtime::new().unwrap();
    let world = runtime.block_on(World::alone());
    let salon = runtime.block_on(Salon::within(world, "booking", "forfeit"));
    let package = runtime.block_on(salon.purchase());
    work(&runtime, &salon, &package);
    runtime.block_on(salon.world.compare_rows());
    let _guard = runtime.enter();
    drop(salon);
}

#[test]
fn every_event_of_the_corpus_is_taken_or_rejected_without_a_trace() {
    with_salon(|runtime, salon, package| {
        for (file, case) in kept("events") {
            let tried = runtime.block_on(tried(salon, package, &case));
            tried.unwrap_or_else(|wrong| panic!("{file}: {wrong}"));
        }
    });
}

#[test]
fn no_damage_of_an_event_breaks_anything_and_what_is_rejected_writes_nothing() {
    let kinds = [&KINDS[..], &STRIPES[..]].concat();
    let strategy = (any::<usize>(), prop::collection::vec(json_change(), 1..4));
    with_salon(|runtime, salon, package| {
        fuzz(&strategy, (0, cases()), |(kind, changes)| {
            let case = json!({"kind": kinds[kind % kinds.len()], "changes": changes});
            kept_if_failed("events", &case, || {
                runtime.block_on(tried(salon, package, &case))
            })
        });
    });
}
