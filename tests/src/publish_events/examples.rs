//! The examples of what is told, each from an entry of something that happened.

use std::collections::BTreeMap;
use std::path::PathBuf;

use chrono::SecondsFormat;
use domain::journal::Entry;
use events::{Delivered, Direction, SOURCE};
use functions::publish_events::tell;
use infra::Notice;
use serde_json::Value;

use crate::harness::ACCOUNTS;

/// Writes the examples anew, with the entries that they tell of.
pub(super) const WRITE: &str = "CARNET_WRITE_EXAMPLES";

fn example(folder: &str, name: &str) -> PathBuf {
    let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/../events/examples");
    PathBuf::from(examples).join(folder).join(name)
}

fn read(path: &PathBuf) -> Value {
    let text = std::fs::read_to_string(path);
    serde_json::from_str(&text.unwrap_or_else(|error| panic!("{}: {error}", path.display())))
        .unwrap()
}

#[test]
fn each_example_is_what_the_entry_beside_it_tells() {
    let out = events::listed().filter(|contract| contract.direction == Direction::Out);
    for contract in out {
        let file = format!("{}.v{}.json", contract.detail_type, contract.version);
        let entry: Entry = serde_json::from_value(read(&example("entries", &file))).unwrap();
        let event: Delivered = serde_json::from_value(read(&example("out", &file))).unwrap();
        let told = tell(&entry).unwrap();
        let told = told
            .iter()
            .find(|told| told.detail_type == contract.detail_type);
        let told = told.unwrap_or_else(|| panic!("{file} is not told"));
        let detail: Value = serde_json::from_str(&told.detail).unwrap();
        assert_eq!(detail, event.detail, "{file}");
        assert_eq!(detail["id"], told.id, "{file}");
        assert_eq!(
            event.time,
            told.at.to_rfc3339_opts(SecondsFormat::Secs, true)
        );
    }
}

/// What the schema says of an event holds.
pub(super) fn checked(notice: &Notice) {
    let mut listed = events::listed();
    let contract = listed.find(|contract| {
        contract.direction == Direction::Out && contract.detail_type == notice.detail_type
    });
    let through = contract.unwrap().through;
    let detail: Value = serde_json::from_str(&notice.detail).unwrap();
    assert_eq!(through(detail.clone()).unwrap(), detail);
    let sequence = &detail["sequence"];
    if sequence.is_object() {
        assert!(sequence["number"].as_u64().unwrap() > 0, "{detail}");
    }
    for pool in detail["pools"].as_array().into_iter().flatten() {
        for balance in [&pool["before"], &pool["after"]] {
            let of = |account: &str| balance[account].as_u64().unwrap();
            let sum: u64 = ACCOUNTS.into_iter().map(of).sum();
            assert_eq!(of("granted"), sum, "{detail}");
        }
    }
}

pub(super) fn write(told: &BTreeMap<&'static str, (Entry, Notice)>) {
    for (number, (name, (entry, notice))) in told.iter().enumerate() {
        let event = Delivered {
            version: "0".to_owned(),
            id: format!("7bf73129-1428-4cd3-a780-{number:012}"),
            detail_type: (*name).to_owned(),
            source: SOURCE.to_owned(),
            account: "123456789012".to_owned(),
            time: notice.at.to_rfc3339_opts(SecondsFormat::Secs, true),
            region: "eu-central-1".to_owned(),
            resources: Vec::new(),
            detail: serde_json::from_str(&notice.detail).unwrap(),
        };
        let file = format!("{name}.v1.json");
        for (folder, value) in [
            ("out", serde_json::to_value(&event).unwrap()),
            ("entries", serde_json::to_value(entry).unwrap()),
        ] {
            let text = serde_json::to_string_pretty(&value).unwrap() + "\n";
            std::fs::write(example(folder, &file), text).unwrap();
        }
    }
}
