//! A record of the table's stream: it is read or refused, and what is read can be told.

#![no_main]

use aws_lambda_events::dynamodb::EventRecord;
use functions::publish_events::tell;
use infra::Change;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let Ok(record) = serde_json::from_str::<EventRecord>(text) else {
        return;
    };
    let change = &record.change;
    let read = Change::read(&change.keys, &change.old_image, &change.new_image);
    if let Ok(Change::Entry(entry)) = read {
        drop(tell(&entry));
    }
});
