//! Events that were set aside, given to their function once more: the queue hands them over while somebody
//! has switched that on.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::App;
use crate::bus_function::{BusFunction, Rejected};

/// Messages of the queue, as Lambda gives them.
#[derive(Debug, Deserialize)]
struct Batch {
    #[serde(rename = "Records")]
    records: Vec<Message>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Message {
    message_id: String,
    body: String,
}

impl Message {
    /// The event: inside Lambda's record of what failed, or the message itself where the rule could not
    /// even call the function. None for what is neither.
    fn event(&self) -> Option<Value> {
        let mut told: Value = serde_json::from_str(&self.body).ok()?;
        let event = told.get_mut("requestPayload").map(Value::take);
        Some(event.unwrap_or(told)).filter(Value::is_object)
    }
}

impl BusFunction {
    /// Handles what Lambda invokes the function with: an event, or a batch of what was set aside. Of that it
    /// says what is still not taken, which stays in the queue.
    ///
    /// # Errors
    /// Why the event is not taken.
    pub async fn invoke(&self, app: &App, payload: Value) -> Result<Value, Rejected> {
        let Ok(batch) = Batch::deserialize(&payload) else {
            return self.call(app, payload).await.map(|()| Value::Null);
        };
        let mut left = Vec::new();
        for message in batch.records {
            let taken = match message.event() {
                Some(event) => self.call(app, event).await.is_ok(),
                None => false,
            };
            if !taken {
                left.push(json!({"itemIdentifier": message.message_id}));
            }
        }
        Ok(json!({"batchItemFailures": left}))
    }
}
