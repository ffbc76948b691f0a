//! The bus: which events reach which function, what becomes of those that fail, and what the function that
//! takes them does.

use std::collections::BTreeSet;

use events::{Direction, listed};
use functions::{App, BUS_FUNCTIONS};
use infra::{Store, client};
use serde_json::json;
use serde_norway::Value;

use super::{each, functions, plain, resources, template};
use crate::harness::{Need, Recorder, STRIPE, Salon, TABLE, event, lira, taken_by};

/// What Stripe is asked for.
const OF_STRIPE: [&str; 5] = [
    "charge.dispute.created",
    "charge.refunded",
    "checkout.session.completed",
    "payment_intent.payment_failed",
    "payment_intent.succeeded",
];

fn inbound() -> Value {
    let mut functions = functions(&template()).into_iter();
    let found = functions.find(|(name, _)| name == BUS_FUNCTIONS[0].name);
    found.unwrap().1
}

#[test]
fn every_event_that_is_taken_has_one_rule_and_no_other_event_has() {
    let properties = inbound();
    let events = properties["Events"].as_mapping().unwrap();
    let mut routed = Vec::new();
    for (_, event) in events.iter().filter(|(_, event)| event["Type"] != "SQS") {
        assert_eq!(event["Type"], "EventBridgeRule");
        let event = &event["Properties"];
        assert_eq!(plain(&event["EventBusName"]), "Ref EventBus");
        // From whoever is named by parameter, and from nobody else.
        let source = plain(&event["Pattern"]["source"]);
        let money = each(&event["Pattern"]["detail-type"])[0].starts_with("Payment");
        let sources = if money {
            "PaymentSources"
        } else {
            "AppointmentSources"
        };
        assert_eq!(source, format!("Ref {sources}"));
        routed.extend(each(&event["Pattern"]["detail-type"]));
        assert!(
            event["RetryPolicy"]["MaximumRetryAttempts"]
                .as_u64()
                .unwrap()
                > 3
        );
    }
    routed.sort();
    let taken = listed().filter(|contract| contract.direction == Direction::In);
    let taken: BTreeSet<&str> = taken.map(|contract| contract.detail_type).collect();
    assert_eq!(routed, taken.into_iter().collect::<Vec<_>>());
}

#[test]
fn stripes_events_come_from_its_own_source_where_there_is_one() {
    let template = template();
    let rule = &template["Resources"]["StripeRule"];
    assert_eq!(rule["Condition"], "HasStripe");
    let properties = &rule["Properties"];
    assert_eq!(plain(&properties["EventBusName"]), "Ref StripeEventSource");
    let pattern = &properties["EventPattern"];
    assert_eq!(each(&pattern["source"]), ["Ref StripeEventSource"]);
    let mut types = each(&pattern["detail-type"]);
    types.sort();
    assert_eq!(types, OF_STRIPE);
    assert_eq!(template["Parameters"]["StripeEventSource"]["Default"], "");
}

/// What fails is tried again, then kept with the reason: by the function's own failure destination, or by
/// the rule where it could not even be called.
#[test]
fn what_fails_behind_the_bus_is_tried_again_and_then_kept() {
    let template = template();
    let properties = inbound();
    let config = &properties["EventInvokeConfig"];
    assert_eq!(config["MaximumRetryAttempts"], 2);
    let failed = "GetAtt InboundEventsFailed.Arn";
    let on_failure = &config["DestinationConfig"]["OnFailure"];
    assert_eq!(on_failure["Type"], "SQS");
    assert_eq!(plain(&on_failure["Destination"]), failed);
    let events = properties["Events"].as_mapping().unwrap();
    let stripe = &template["Resources"]["StripeRule"]["Properties"]["Targets"][0];
    let rules = events.iter().filter(|(_, event)| event["Type"] != "SQS");
    let rules = rules.map(|(_, event)| &event["Properties"]);
    for rule in rules.chain([stripe]) {
        assert_eq!(plain(&rule["DeadLetterConfig"]["Arn"]), failed);
    }
    let queue = &template["Resources"]["InboundEventsFailed"];
    assert_eq!(
        queue["Properties"]["MessageRetentionPeriod"],
        14 * 24 * 3600
    );
    let policies = resources(&template, "AWS::SQS::QueuePolicy");
    let of_queue = policies
        .iter()
        .find(|(_, policy)| each(&policy["Properties"]["Queues"]) == ["Ref InboundEventsFailed"]);
    let (_, policy) = of_queue.unwrap();
    let statement = &policy["Properties"]["PolicyDocument"]["Statement"][0];
    assert_eq!(
        plain(&statement["Principal"]["Service"]),
        "events.amazonaws.com"
    );
    assert_eq!(plain(&statement["Resource"]), failed);
}

#[test]
fn nobody_but_named_accounts_may_put_events_and_only_of_named_sources() {
    let template = template();
    for what in ["Appointment", "Payment"] {
        let policy = &template["Resources"][format!("{what}sPolicy")];
        let accounts = format!("{what}Accounts");
        assert_eq!(policy["Condition"], format!("Has{accounts}"));
        assert_eq!(template["Parameters"][&accounts]["Default"], "");
        let statement = &policy["Properties"]["Statement"];
        let principal = plain(&statement["Principal"]["AWS"]);
        assert_eq!(principal, format!("Ref {accounts}"));
        assert_eq!(plain(&statement["Resource"]), "GetAtt EventBus.Arn");
        // Who tells of one thing tells of no other.
        let sources = plain(&statement["Condition"]["StringEquals"]["events:source"]);
        assert_eq!(sources, format!("Ref {what}Sources"));
    }
}

#[test]
fn what_was_set_aside_is_handed_over_again_where_that_is_switched_on() {
    let template = template();
    let again = &inbound()["Events"]["SetAside"];
    assert_eq!(again["Type"], "SQS");
    let again = &again["Properties"];
    assert_eq!(plain(&again["Queue"]), "GetAtt InboundEventsFailed.Arn");
    assert_eq!(
        each(&again["FunctionResponseTypes"]),
        ["ReportBatchItemFailures"]
    );
    let Value::Tagged(enabled) = &again["Enabled"] else {
        panic!("it is on for good");
    };
    assert_eq!(enabled.value[0], "RetriesInbound");
    assert_eq!(
        (&enabled.value[1], &enabled.value[2]),
        (&true.into(), &false.into())
    );
    assert_eq!(template["Parameters"]["RetryInbound"]["Default"], "no");
    let queue = &template["Resources"]["InboundEventsFailed"]["Properties"];
    let function = inbound()["Timeout"].as_u64().unwrap();
    assert_eq!(queue["VisibilityTimeout"], 6 * function);
}

/// What the function does, from its start on, with everything that it is told.
pub(super) async fn used_behind_the_bus() -> BTreeSet<Need> {
    let salon = Salon::open().await;
    let world = &salon.world;
    salon.sell_visits(5, &[&salon.manicure]).await;
    let recorder = Recorder::default();
    let store = Store::new(
        recorder.between(&world.faults.between(&client::at(&world.endpoint))),
        TABLE,
    );
    store.open().await;
    let app = App {
        store,
        clock: world.clock.clone(),
        bus: None,
    };
    let told = |kind: &'static str, detail: serde_json::Value| {
        let id = format!("{:x}", infra::random_128().unwrap());
        taken_by(&app, event(&id, "elsewhere.example", kind, &detail))
    };
    let at = "2026-11-22T07:00:00Z";
    for (kind, booking) in [
        ("AppointmentBooked", "a"),
        ("AppointmentRescheduled", "a"),
        ("AppointmentCancelled", "a"),
        ("AppointmentCompleted", "b"),
        ("AppointmentNoShow", "c"),
    ] {
        told(kind, salon.told(booking, at, at)).await.unwrap();
    }
    let sale = json!({
        "customer_id": salon.ayse, "apply_to": "existing_bookings",
        "terms": {"name": "P", "kind": "visits", "quantity": 5, "price": lira(1_000),
            "services": [{"service_id": salon.manicure}], "deposit": {"percent": 50}},
    });
    let sold = world.post("/v1/packages", sale).key("sale").ok().await;
    let package = sold["id"].as_str().unwrap();
    let mut failed = salon.money(package, "pay-1", 500);
    failed["reason"] = json!("declined");
    told("PaymentFailed", failed.clone()).await.unwrap();
    let stripe = json!({"created": 1_795_339_800, "data": {"object": {
        "id": format!("pi_{package}"), "amount": 500, "amount_received": 500, "currency": "try",
        "metadata": {"business_id": world.business, "package_id": package},
    }}});
    let paid = event("s", STRIPE, "payment_intent.succeeded", &stripe);
    taken_by(&app, paid).await.unwrap();
    // The first names nothing of this system's. Where all of it went to another customer, the money is looked
    // for there.
    for payment in [format!("pi_other_{package}"), format!("pi_{package}")] {
        let dispute = json!({"created": 1_795_339_800, "data": {"object": {
            "charge": "ch", "payment_intent": payment, "amount": 500, "currency": "try",
        }}});
        let dispute = event(&payment, STRIPE, "charge.dispute.created", &dispute);
        taken_by(&app, dispute).await.unwrap();
    }
    told("PaymentReturned", failed).await.unwrap();
    let person = json!({
        "version": 1, "business_id": world.business, "account": "d", "name": "Deniz",
        "email": "deniz@example.com", "email_verified": true, "occurred_at": at,
    });
    told("CustomerRegistered", person).await.unwrap();
    recorder.needs()
}
