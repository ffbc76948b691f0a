//! The examples are events as a function gets them: they serve for trying a function by hand.

use events::{Delivered, Direction, SOURCE};

use crate::{expected, files, folder, read};

#[test]
fn every_contract_has_an_example_that_its_schema_and_its_type_take() {
    for contract in events::listed() {
        let file = contract.file();
        let event = read(&folder("examples").join(&file));
        let event = event.unwrap_or_else(|| panic!("examples/{file} is missing"));
        let event: Delivered = serde_json::from_value(event).unwrap();
        assert_eq!(event.version, "0", "{file}");
        assert_eq!(event.detail_type, contract.detail_type, "{file}");
        assert_eq!(
            event.source == SOURCE,
            contract.direction == Direction::Out,
            "{file}"
        );
        let schema = jsonschema::validator_for(&(contract.schema)()).unwrap();
        let errors = schema
            .iter_errors(&event.detail)
            .map(|error| error.to_string());
        assert_eq!(errors.collect::<Vec<_>>(), [""; 0], "{file}");
        let through = (contract.through)(event.detail.clone());
        assert_eq!(through.unwrap(), event.detail, "{file}");
    }
    assert_eq!(files("examples"), expected());
}

#[test]
fn an_example_of_another_version_is_refused() {
    for contract in events::listed() {
        let event = read(&folder("examples").join(contract.file())).unwrap();
        let mut detail = event["detail"].clone();
        detail["version"] = (contract.version + 1).into();
        let schema = jsonschema::validator_for(&(contract.schema)()).unwrap();
        assert!(!schema.is_valid(&detail), "{}", contract.file());
        assert!((contract.through)(detail).is_err(), "{}", contract.file());
    }
}
