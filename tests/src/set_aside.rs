//! What was set aside of the bus, given to its function once more.

use functions::BUS_FUNCTIONS;
use serde_json::{Value, json};

use crate::harness::{Salon, event};

const AT: &str = "2026-11-22T07:00:00Z";

fn message(id: &str, body: &Value) -> Value {
    json!({"messageId": id, "body": body.to_string(), "eventSource": "aws:sqs"})
}

#[tokio::test]
async fn what_is_taken_the_second_time_leaves_the_queue_and_the_rest_stays() {
    let salon = Salon::open().await;
    salon.sell_visits(5, &[&salon.manicure]).await;
    let told = |id: &str, kind: &str, booking: &str| {
        event(id, "elsewhere.example", kind, &salon.told(booking, AT, AT))
    };
    // As the rule sets it aside; as Lambda does; what is no event of ours; and what is none at all.
    let by_lambda = json!({
        "version": "1.0", "timestamp": "2026-11-22T08:00:00Z",
        "requestContext": {"condition": "RetriesExhausted", "approximateInvokeCount": 3},
        "requestPayload": told("e-2", "AppointmentCompleted", "b-2"),
        "responsePayload": {"errorType": "busy", "errorMessage": "busy: the service is busy"},
    });
    let batch = json!({"Records": [
        message("m-1", &told("e-1", "AppointmentBooked", "b-1")),
        message("m-2", &by_lambda),
        message("m-3", &told("e-3", "Nothing", "b-3")),
        message("m-4", &json!("nothing")),
    ]});
    let function = BUS_FUNCTIONS[0];
    let answer = function
        .invoke(&salon.world.app, batch.clone())
        .await
        .unwrap();
    let left = |answer: &Value| {
        let failures = answer["batchItemFailures"].as_array().unwrap().iter();
        let ids = failures.map(|failure| failure["itemIdentifier"].as_str().unwrap().to_owned());
        ids.collect::<Vec<_>>()
    };
    assert_eq!(left(&answer), ["m-3", "m-4"]);
    for (booking, status) in [("b-1", "booked"), ("b-2", "completed")] {
        let read = salon
            .world
            .get(&format!("/v1/bookings/{booking}"))
            .ok()
            .await;
        assert_eq!(read["status"], status);
    }
    // Handed over once more, nothing happens twice.
    let entries = salon.world.journal().await.len();
    let answer = function.invoke(&salon.world.app, batch).await.unwrap();
    assert_eq!(left(&answer), ["m-3", "m-4"]);
    assert_eq!(salon.world.journal().await.len(), entries);
}
