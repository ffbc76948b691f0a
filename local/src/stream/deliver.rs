//! Delivering one batch as Lambda would: again from the first record that failed, and after the last
//! retry without it.

use aws_lambda_events::dynamodb::{Event, EventRecord};
use functions::App;

use crate::bus::{Aside, DeadLetters};
use crate::template::Mapping;

/// Why a record is set aside, as Lambda says it to the queue of what failed.
const EXHAUSTED: &str = "RetryAttemptsExhausted: the function's log says why";

/// Gives the records to the function until each is handled or set aside among the `letters`. The sequence
/// number of the last of them, none for no records.
pub async fn deliver(
    mapping: &Mapping,
    app: &App,
    mut records: Vec<EventRecord>,
    letters: &DeadLetters,
) -> Option<String> {
    let last = records.last().and_then(sequence);
    let (mut failed_before, mut retries) = (None, 0);
    while !records.is_empty() {
        let Some(failed) = call(mapping, app, &records).await else {
            break;
        };
        records.drain(..failed);
        let failing = records.first().and_then(sequence);
        retries = match failing == failed_before {
            true => retries + 1,
            false => 0,
        };
        failed_before = failing;
        if retries >= mapping.retries {
            let record = Aside::Record(Box::new(records.remove(0)));
            let deliveries = mapping.retries + 1;
            letters.add(
                mapping.function.name,
                record,
                EXHAUSTED.to_owned(),
                deliveries,
            );
            retries = 0;
        }
    }
    last
}

/// The place of the first record that failed; none when all were handled. A function that panics has
/// failed with the first.
async fn call(mapping: &Mapping, app: &App, records: &[EventRecord]) -> Option<usize> {
    let mut event = Event::default();
    event.records = records.to_vec();
    let (function, app) = (mapping.function, app.clone());
    let answer = tokio::spawn(async move { function.call(&app, event).await }).await;
    let failures = match answer {
        Ok(answer) => answer.batch_item_failures,
        Err(_) => return Some(0),
    };
    let places = failures.into_iter().map(|failure| {
        let failing = failure.item_identifier;
        let place = records
            .iter()
            .position(|record| sequence(record) == failing);
        place.unwrap_or(0)
    });
    places.min()
}

fn sequence(record: &EventRecord) -> Option<String> {
    record.change.sequence_number.clone()
}

#[cfg(test)]
mod tests {
    use aws_lambda_events::dynamodb::StreamRecord;
    use functions::{Clock, STREAM_FUNCTIONS};

    use super::*;

    fn app() -> App {
        App {
            store: infra::Store::new(infra::client::at("http://127.0.0.1:9"), "none"),
            clock: Clock::system(),
            bus: None,
        }
    }

    fn mapping() -> Mapping {
        Mapping {
            function: STREAM_FUNCTIONS[0],
            batch_size: 10,
            retries: 2,
        }
    }

    /// A record that the function cannot read, as it has no key.
    fn unreadable(number: u32) -> EventRecord {
        let mut change = StreamRecord::default();
        change.sequence_number = Some(format!("{number:05}"));
        let mut record = EventRecord::default();
        record.change = change;
        record
    }

    #[tokio::test]
    async fn what_fails_every_time_is_set_aside_and_does_not_stop_the_rest() {
        let records = (1..=3).map(unreadable).collect();
        let letters = DeadLetters::default();
        let last = deliver(&mapping(), &app(), records, &letters).await;
        assert_eq!(last.as_deref(), Some("00003"));
        assert_eq!(letters.all().len(), 3);
        assert_eq!(letters.all()[0].deliveries, 3);
        assert_eq!(
            deliver(&mapping(), &app(), Vec::new(), &letters).await,
            None
        );
    }

    #[tokio::test]
    async fn the_function_says_which_record_failed_first() {
        let records: Vec<EventRecord> = (1..=3).map(unreadable).collect();
        assert_eq!(call(&mapping(), &app(), &records).await, Some(0));
        assert_eq!(call(&mapping(), &app(), &records[1..]).await, Some(0));
        assert_eq!(call(&mapping(), &app(), &[]).await, None);
    }
}
