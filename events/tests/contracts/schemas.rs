//! The schemas that are checked in are those of the types, and no type changes what others rely on.

use std::collections::BTreeSet;

use crate::compatible::incompatibilities;
use crate::{expected, files, folder, read};

/// Writes the schemas of types that changed compatibly.
const WRITE: &str = "CARNET_WRITE_SCHEMAS";

#[test]
fn a_schema_is_checked_in_for_every_contract_and_says_what_its_type_says() {
    let write = std::env::var_os(WRITE).is_some();
    let mut wrong = Vec::new();
    for contract in events::listed() {
        let path = folder("schemas").join(contract.file());
        let (new, old) = ((contract.schema)(), read(&path));
        let broken = old
            .as_ref()
            .map(|old| incompatibilities(contract.direction, old, &new));
        let broken = broken.unwrap_or_default();
        if !broken.is_empty() {
            let (file, next) = (contract.file(), contract.version + 1);
            wrong.push(format!(
                "{file}: make it version {next}, beside this one: {}",
                broken.join("; ")
            ));
        } else if old.as_ref() != Some(&new) {
            if write {
                let text = serde_json::to_string_pretty(&new).unwrap() + "\n";
                std::fs::write(&path, text).unwrap();
            } else {
                let file = contract.file();
                wrong.push(format!("{file} is not its type's: run this with {WRITE}=1"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(
        files("schemas"),
        expected(),
        "a contract that others know stays"
    );
}

#[test]
fn every_contract_is_listed_once() {
    let all: BTreeSet<String> = expected();
    assert_eq!(all.len(), events::listed().count());
    for file in all {
        let version = file
            .rsplit(".v")
            .next()
            .and_then(|rest| rest.strip_suffix(".json"));
        assert!(version.is_some_and(|version| version != "0"), "{file}");
    }
}
