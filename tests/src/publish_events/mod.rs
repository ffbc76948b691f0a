//! What other systems are told.

mod documents;
mod poison;
mod replay;
mod told;

use aws_lambda_events::dynamodb::EventRecord;
use domain::journal::Entry;
use infra::Change;

/// The journal entries among records of the stream.
fn entries(records: &[EventRecord]) -> Vec<Entry> {
    let entry = |record: &EventRecord| {
        let change = &record.change;
        match Change::read(&change.keys, &change.old_image, &change.new_image).unwrap() {
            Change::Entry(entry) => Some(*entry),
            Change::Package { .. } | Change::Other => None,
        }
    };
    records.iter().filter_map(entry).collect()
}
