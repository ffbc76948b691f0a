//! docs/events.md against the code: what is told of each fact, or why nothing is.

use std::collections::{BTreeMap, BTreeSet};

use domain::journal::Entry;
use events::Direction;
use functions::publish_events::tell;
use serde_json::Value;

fn source(path: &str) -> String {
    let path = format!("{}/../{path}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).unwrap()
}

/// The names of all facts: what stands in quotes behind the arrows of their `name`.
fn facts() -> BTreeSet<String> {
    let files = [
        "domain/src/journal/fact.rs",
        "domain/src/journal/package_change.rs",
        "domain/src/pipeline/change.rs",
        "domain/src/due/notice.rs",
    ];
    let mut names = BTreeSet::new();
    for file in files {
        let text = source(file);
        let arrows = text.split("=> \"").skip(1);
        names.extend(arrows.map(|rest| rest.split('"').next().unwrap().to_owned()));
    }
    names
}

/// The rows of the table: a fact, and the events or the reason in the column behind it.
fn rows() -> BTreeMap<String, String> {
    let text = source("docs/events.md");
    let out = text
        .split("\n## ")
        .find(|part| part.starts_with("Going out"));
    let rows = out.unwrap().lines().filter_map(|line| {
        let (fact, told) = line.strip_prefix("| `")?.split_once("` | ")?;
        Some((
            fact.to_owned(),
            told.trim_end_matches('|').trim().to_owned(),
        ))
    });
    rows.collect()
}

fn named(told: &str) -> BTreeSet<String> {
    let names = told.split('`').skip(1).step_by(2);
    names.map(str::to_owned).collect()
}

#[test]
fn every_fact_is_told_by_events_or_has_a_reason_why_it_is_not() {
    let rows = rows();
    assert_eq!(facts(), rows.keys().cloned().collect());
    let out = events::listed().filter(|contract| contract.direction == Direction::Out);
    let out: BTreeSet<String> = out
        .map(|contract| contract.detail_type.to_owned())
        .collect();
    let mut told = BTreeSet::new();
    for (fact, row) in &rows {
        assert!(!row.is_empty(), "{fact}");
        told.extend(named(row));
    }
    assert_eq!(told, out);
}

#[test]
fn what_an_entry_tells_is_what_its_row_says() {
    let rows = rows();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../events/examples/entries");
    for file in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let value: Value = serde_json::from_str(&text).unwrap();
        let entry: Entry = serde_json::from_value(value).unwrap();
        let allowed = named(&rows[entry.fact.name()]);
        for notice in tell(&entry).unwrap() {
            let (fact, event) = (entry.fact.name(), notice.detail_type);
            assert!(allowed.contains(event), "{fact} tells {event}");
        }
    }
}
