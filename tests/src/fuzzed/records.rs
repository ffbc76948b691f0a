//! What the table's stream tells, damaged: a record is handled or said to have failed, and nothing panics.

use std::cell::Cell;

use aws_lambda_events::dynamodb::{Event, EventRecord};
use functions::STREAM_FUNCTIONS;
use functions::publish_events::tell;
use infra::Change;
use proptest::prelude::*;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use super::damage::damaged;
use super::values::json_change;
use super::{cases, fuzz};
use crate::harness::Salon;

/// The record after these changes, unless Lambda could not have delivered it.
fn changed(record: &EventRecord, changes: &[Value]) -> Option<Event> {
    let sound = serde_json::to_value(record).unwrap();
    let record = damaged(sound, changes);
    let record: Value = serde_json::from_slice(&record).ok()?;
    serde_json::from_value(json!({"Records": [record]})).ok()
}

#[test]
fn no_damage_of_a_record_panics_a_function_behind_the_stream() {
    let runtime = Runtime::new().unwrap();
    let salon = runtime.block_on(Salon::open());
    let records = runtime.block_on(async {
        salon.sell_visits(9, &[&salon.manicure]).await;
        salon.book("b-1", &[&salon.manicure], json!("auto")).await;
        salon.world.told().await
    });
    assert!(records.len() > 4, "{} records", records.len());
    let strategy = (any::<usize>(), prop::collection::vec(json_change(), 1..4));
    let delivered = Cell::new(0_u32);
    fuzz(&strategy, (0, cases() * 2), |(index, changes)| {
        let Some(event) = changed(&records[index % records.len()], &changes) else {
            return Ok(());
        };
        delivered.set(delivered.get() + 1);
        for function in STREAM_FUNCTIONS
            .iter()
            .filter(|function| !function.publishes)
        {
            // Whether it failed is the stream's to know: it delivers again, then sets aside.
            drop(runtime.block_on(function.call(salon.world.app(), event.clone())));
        }
        for record in &event.records {
            let change = &record.change;
            let change = Change::read(&change.keys, &change.old_image, &change.new_image);
            if let Ok(Change::Entry(entry)) = change {
                drop(tell(&entry));
            }
        }
        Ok(())
    });
    assert!(delivered.get() > cases() / 4, "too few could be delivered");
    let _guard = runtime.enter();
    drop(salon);
}
