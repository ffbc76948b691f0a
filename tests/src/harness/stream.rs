//! The table's stream, on demand: nothing is delivered until a test says so.

use std::collections::HashMap;

use aws_lambda_events::dynamodb::{Event, EventRecord};
use aws_lambda_events::streams::DynamoDbEventResponse;
use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue};
use functions::STREAM_FUNCTIONS;
use infra::{Progress, client};
use local::bus::Aside;
use local::stream::deliver;
use local::template::Mapping;

use super::{World, template};

/// How a package stood before it was spoiled.
pub(crate) struct Standing(AttributeValue);

impl World {
    /// What the stream tells of this world's businesses that it has not told before.
    pub(crate) async fn told(&self) -> Vec<EventRecord> {
        let mut stream = self.stream.lock().await;
        // Other tests may never stop writing: it is read up to what is written here.
        let end = self.write_end().await;
        let mut told = Vec::new();
        while !told.iter().any(|record| sort_key(record) == end) {
            for (shard, records) in stream.next(1000).await.unwrap() {
                let last = records.last();
                let last = last.and_then(|record| record.change.sequence_number.clone());
                if let Some(last) = last {
                    stream.reached(&shard, last);
                }
                told.extend(records);
            }
        }
        told.retain(|record| sort_key(record) != end);
        // Other tests may write into the same table.
        told.retain(|record| {
            let partition = key(record, "PK");
            partition.starts_with(&format!("B#{}", self.business))
        });
        told
    }

    /// Writes something that no other test writes; its sort key.
    async fn write_end(&self) -> String {
        let end = format!("END#{:x}", infra::random_128().unwrap());
        let text = |text: &str| AttributeValue::S(text.to_owned());
        let request = client::at(&self.endpoint)
            .put_item()
            .table_name(&self.table);
        let request = request.item("PK", text("END")).item("SK", text(&end));
        request.send().await.unwrap();
        end
    }

    /// Gives records to every function behind the stream, in batches as the template says. What one of them
    /// gives up on fails the test at its end, unless it is taken.
    pub(crate) async fn deliver(&self, records: &[EventRecord]) {
        // What is published is of interest only where there is a bus.
        let told = |mapping: &&Mapping| !mapping.function.publishes || self.app.bus.is_some();
        for mapping in template().mappings.iter().filter(told) {
            for batch in records.chunks(mapping.batch_size) {
                deliver(mapping, &self.app, batch.to_vec(), &self.letters).await;
            }
        }
    }

    /// Takes what a function behind the stream gave up on: its name, and the record's key.
    pub(crate) fn take_given_up(&self) -> Vec<(&'static str, String)> {
        let letters = self.letters.all().into_iter();
        let taken = letters.filter_map(|letter| self.letters.take(letter.id));
        let named = taken.map(|letter| match letter.what {
            Aside::Record(record) => (letter.function, sort_key(&record)),
            Aside::Event(event) => (letter.function, event.to_string()),
        });
        named.collect()
    }

    /// Calls a function behind the stream, as it is called in the cloud.
    pub(crate) async fn call_stream(&self, name: &str, event: Event) -> DynamoDbEventResponse {
        let mut functions = STREAM_FUNCTIONS.into_iter();
        let function = functions.find(|function| function.name == name).unwrap();
        function.call(&self.app, event).await.unwrap()
    }

    /// Adds 1 to a sum behind the back of everyone, in the first generation of rows.
    pub(crate) async fn spoil_a_row(&self, part: &str, row: &str, sum: &str) {
        let partition = format!("B#{}#R#1#{part}", self.business);
        let text = |text: &str| AttributeValue::S(text.to_owned());
        let request = client::at(&self.endpoint)
            .update_item()
            .table_name(&self.table);
        let request = request.key("PK", text(&partition)).key("SK", text(row));
        let one = AttributeValue::N("1".to_owned());
        let request = request.update_expression("ADD #sum :one");
        let request = request.expression_attribute_names("#sum", sum);
        request
            .expression_attribute_values(":one", one)
            .send()
            .await
            .unwrap();
    }

    /// The functions' surroundings.
    pub(crate) fn app(&self) -> &functions::App {
        &self.app
    }

    /// Takes a package's standing away behind the back of everyone, so that it cannot be read.
    pub(crate) async fn spoil_package(&self, customer: &str, package: &str) -> Standing {
        let request = self.of_package(customer, package);
        let request = request.update_expression("REMOVE standing");
        let request = request.return_values(ReturnValue::UpdatedOld);
        let old = request.send().await.unwrap().attributes.unwrap();
        Standing(old["standing"].clone())
    }

    /// Gives it back.
    pub(crate) async fn mend_package(&self, customer: &str, package: &str, standing: Standing) {
        let request = self.of_package(customer, package);
        let request = request.update_expression("SET standing = :standing");
        let request = request.expression_attribute_values(":standing", standing.0);
        request.send().await.unwrap();
    }

    fn of_package(&self, customer: &str, package: &str) -> UpdateItemFluentBuilder {
        let text = |text: String| AttributeValue::S(text);
        let partition = format!("B#{}#C#{customer}", self.business);
        let request = client::at(&self.endpoint).update_item();
        let request = request.table_name(&self.table);
        let request = request.key("PK", text(partition));
        request.key("SK", text(format!("PKG#{package}")))
    }

    /// Takes these attributes from what stands on the agenda under a key with this end, so that it cannot be
    /// read; how many there were.
    pub(crate) async fn spoil_on_agenda(&self, end: &str, attributes: &str) -> usize {
        let client = client::at(&self.endpoint);
        let scan = client.scan().table_name(&self.table).send();
        let items = scan.await.unwrap().items.unwrap_or_default();
        let text = |item: &HashMap<String, AttributeValue>, name: &str| {
            item[name].as_s().unwrap().to_owned()
        };
        let mut spoiled = 0;
        for item in items {
            let (pk, sk) = (text(&item, "PK"), text(&item, "SK"));
            if pk.starts_with("DUE#") && sk.ends_with(end) {
                let request = client.update_item().table_name(&self.table);
                let request = request.key("PK", AttributeValue::S(pk));
                let request = request.key("SK", AttributeValue::S(sk));
                let request = request.update_expression(format!("REMOVE {attributes}"));
                request.send().await.unwrap();
                spoiled += 1;
            }
        }
        spoiled
    }

    /// The rows of the reports are what the journal tells, all of it, when the stream has told everything.
    pub(crate) async fn compare_rows(&self) {
        self.pump().await;
        let business = self.business.parse().unwrap();
        let mut compared = 0;
        // Where nobody wrote a row, nothing is compared.
        let count = |progress: Progress| compared = progress.entries;
        let differences = self.store.verify_projections(&business, count).await;
        assert_eq!(differences.unwrap(), []);
        assert_eq!(compared, self.journal().await.len() as u64);
        assert!(compared > 0, "nothing is compared");
    }

    /// Everything the stream has to tell reaches every function behind it.
    pub(crate) async fn pump(&self) {
        loop {
            let told = self.told().await;
            if told.is_empty() {
                return;
            }
            self.deliver(&told).await;
        }
    }
}

fn key(record: &EventRecord, name: &str) -> String {
    let keys = serde_json::to_value(&record.change.keys).unwrap();
    keys[name]["S"].as_str().unwrap_or_default().to_owned()
}

fn sort_key(record: &EventRecord) -> String {
    key(record, "SK")
}
