//! Delivering one batch as Lambda would: again from the first record that failed; cut in two where
//! nothing of it was handled, until what fails is alone; and after the last retry without it.

use std::collections::VecDeque;

use aws_lambda_events::dynamodb::{Event, EventRecord};
use functions::App;
use tokio::task::JoinHandle;

use crate::bus::{Aside, DeadLetters};
use crate::template::Mapping;

/// Why a record is set aside, as Lambda says it to the queue of what failed.
const EXHAUSTED: &str = "RetryAttemptsExhausted: the function's log says why";

/// What became of a batch.
#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    Handled,
    /// Up to this place; from it on it comes again.
    UpTo(usize),
    /// The call failed.
    Failed,
}

/// Gives those of the records that the function takes to it, until each is handled or set aside among the
/// `letters`. The sequence number of the last of them, none for no records.
pub async fn deliver(
    mapping: &Mapping,
    app: &App,
    mut records: Vec<EventRecord>,
    letters: &DeadLetters,
) -> Option<String> {
    let last = records.last().and_then(sequence);
    records.retain(|record| mapping.takes(record));
    let mut batches = VecDeque::from([(records, 0)]);
    while let Some((mut records, retries)) = batches.pop_front() {
        match call(mapping, app, &records).await {
            Outcome::Handled => {}
            Outcome::UpTo(failed) if failed > 0 => {
                batches.push_front((records.split_off(failed), 0));
            }
            // To cut a batch in two is no retry.
            Outcome::Failed if records.len() > 1 => {
                let behind = records.split_off(records.len() / 2);
                batches.push_front((behind, 0));
                batches.push_front((records, retries));
            }
            Outcome::UpTo(_) | Outcome::Failed if retries < mapping.retries => {
                batches.push_front((records, retries + 1));
            }
            Outcome::UpTo(_) | Outcome::Failed => {
                for record in records {
                    let record = Aside::Record(Box::new(record));
                    let deliveries = mapping.retries + 1;
                    letters.add(
                        mapping.function.name,
                        record,
                        EXHAUSTED.to_owned(),
                        deliveries,
                    );
                }
            }
        }
    }
    last
}

/// A call under way, which ends with whoever waits for it: left alone, it would go on.
struct Called<T>(JoinHandle<T>);

impl<T> Drop for Called<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// A function that panics has failed.
async fn call(mapping: &Mapping, app: &App, records: &[EventRecord]) -> Outcome {
    if records.is_empty() {
        return Outcome::Handled;
    }
    let mut event = Event::default();
    event.records = records.to_vec();
    let (function, app) = (mapping.function, app.clone());
    let mut called = Called(tokio::spawn(
        async move { function.call(&app, event).await },
    ));
    let Ok(Ok(answer)) = (&mut called.0).await else {
        return Outcome::Failed;
    };
    let places = answer.batch_item_failures.into_iter().map(|failure| {
        let failing = failure.item_identifier;
        let place = records
            .iter()
            .position(|record| sequence(record) == failing);
        place.unwrap_or(0)
    });
    places.min().map_or(Outcome::Handled, Outcome::UpTo)
}

fn sequence(record: &EventRecord) -> Option<String> {
    record.change.sequence_number.clone()
}

#[cfg(test)]
mod tests {
    use aws_lambda_events::dynamodb::StreamRecord;
    use functions::{Clock, STREAM_FUNCTIONS};
    use serde_json::json;
    use std::time::Duration;
    use tokio::net::{TcpListener, TcpStream};

    use super::*;

    fn app() -> App {
        app_at("127.0.0.1:9")
    }

    fn app_at(database: &str) -> App {
        let client = infra::client::at(&format!("http://{database}"));
        App {
            store: infra::Store::new(client, "none"),
            clock: Clock::system(),
            bus: None,
        }
    }

    fn mapping() -> Mapping {
        Mapping {
            function: STREAM_FUNCTIONS[0],
            batch_size: 10,
            retries: 2,
            filters: Vec::new(),
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

    /// A record that tells the function nothing.
    fn of_another_table() -> EventRecord {
        let keys = serde_json::json!({"PK": {"S": "OTHER"}, "SK": {"S": "OTHER"}});
        let mut record = unreadable(0);
        record.change.keys = serde_json::from_value(keys).unwrap();
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
        let call = async |records: &[EventRecord]| call(&mapping(), &app(), records).await;
        assert_eq!(call(&records).await, Outcome::Failed);
        let mut mixed = records.clone();
        mixed.insert(0, of_another_table());
        assert_eq!(call(&mixed).await, Outcome::UpTo(1));
        assert_eq!(call(&mixed[..1]).await, Outcome::Handled);
        assert_eq!(call(&[]).await, Outcome::Handled);
    }

    #[tokio::test]
    async fn one_among_many_is_set_aside_alone() {
        for place in 0..5 {
            let mut records = vec![of_another_table(); 4];
            records.insert(place, unreadable(7));
            let letters = DeadLetters::default();
            deliver(&mapping(), &app(), records, &letters).await;
            let letters = letters.all();
            let [letter] = &letters[..] else {
                panic!("{} were set aside", letters.len());
            };
            let Aside::Record(record) = &letter.what else {
                panic!("an event was set aside");
            };
            assert_eq!(sequence(record).as_deref(), Some("00007"));
        }
    }

    /// A record that the function asks the database about.
    fn of_an_entry() -> EventRecord {
        let entry = json!({
            "business_journal": "gul", "id": "ent_01JD2Y3Z4A5B6C7D8E9F0G1H2J", "at": 0,
            "business": "gul", "actor": {"id": "staff-1", "role": "staff"}, "cause": "request-1",
            "fingerprint": "f1", "fact": "customer-created",
            "lines": [{
                "package": "pkg_01JD2Y3Z4A5B6C7D8E9F0G1H2J", "pool": 0, "units": 1, "after": {},
                "version": 1,
            }],
        });
        let mut record = of_another_table();
        record.change.new_image = serde_dynamo::to_item(entry).unwrap();
        record
    }

    /// Reads until there is something, or the other side has gone; whether there was something.
    async fn read(connection: &TcpStream) -> bool {
        let mut some = [0; 4096];
        loop {
            connection.readable().await.unwrap();
            match connection.try_read(&mut some) {
                Ok(read) => return read > 0,
                Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
                Err(_) => return false,
            }
        }
    }

    #[tokio::test]
    async fn the_call_under_way_ends_with_whoever_delivers() {
        let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let app = app_at(&silent.local_addr().unwrap().to_string());
        let (mapping, letters) = (mapping(), DeadLetters::default());
        let asked = async {
            let (connection, _) = silent.accept().await.unwrap();
            assert!(read(&connection).await);
            connection
        };
        let connection = tokio::select! {
            connection = asked => connection,
            last = deliver(&mapping, &app, vec![of_an_entry()], &letters) => panic!("{last:?}"),
        };
        // It would ask until its patience ends.
        let ended = async { while read(&connection).await {} };
        let ended = tokio::time::timeout(Duration::from_secs(5), ended).await;
        ended.expect("the call goes on");
    }
}
