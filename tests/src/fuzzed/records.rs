//! What the table's stream tells, damaged: a record that cannot be read is said to have failed, and nothing panics.

use std::cell::Cell;

use aws_lambda_events::dynamodb::{Event, EventRecord};
use functions::STREAM_FUNCTIONS;
use functions::publish_events::tell;
use infra::{Change, Fault};
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

fn read(record: &EventRecord) -> Result<Change, Fault> {
    let change = &record.change;
    Change::read(&change.keys, &change.old_image, &change.new_image)
}

#[test]
fn no_damage_of_a_record_panics_a_function_behind_the_stream_and_what_it_cannot_read_has_failed() {
    let runtime = Runtime::new().unwrap();
    let salon = runtime.block_on(Salon::open());
    let records = runtime.block_on(async {
        salon.sell_visits(9, &[&salon.manicure]).await;
        salon.book("b-1", &[&salon.manicure], json!("auto")).await;
        salon.world.told().await
    });
    assert!(records.len() > 4, "{} records", records.len());
    let strategy = (any::<usize>(), prop::collection::vec(json_change(), 1..4));
    let (delivered, unreadable) = (Cell::new(0_u32), Cell::new(0_u32));
    fuzz(&strategy, (0, cases() * 2), |(index, changes)| {
        let Some(event) = changed(&records[index % records.len()], &changes) else {
            return Ok(());
        };
        delivered.set(delivered.get() + 1);
        for function in STREAM_FUNCTIONS
            .iter()
            .filter(|function| !function.publishes)
        {
            // What else may fail is the stream's to know: it delivers again, then sets aside.
            let handled = runtime.block_on(function.call(salon.world.app(), event.clone()));
            let wrong = event.records.iter().filter(|record| read(record).is_err());
            let wrong = wrong.count();
            unreadable.set(unreadable.get() + u32::try_from(wrong).unwrap());
            prop_assert!(
                wrong == 0 || handled.is_err(),
                "{} took what cannot be read: {event:?}",
                function.name
            );
        }
        for record in &event.records {
            if let Ok(Change::Entry(entry)) = read(record) {
                drop(tell(&entry));
            }
        }
        Ok(())
    });
    assert!(delivered.get() > cases() / 4, "too few could be delivered");
    assert!(unreadable.get() > 0, "all could be read");
    let _guard = runtime.enter();
    drop(salon);
}
