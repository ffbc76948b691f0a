//! What each crate may use.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

use super::{CRATES, root};

/// The crates of ours that each may import.
const MAY_IMPORT: [(&str, &[&str]); 7] = [
    ("domain", &[]),
    ("events", &[]),
    ("infra", &["domain", "events"]),
    ("functions", &["domain", "events", "infra"]),
    ("local", &["domain", "events", "infra", "functions"]),
    (
        "tests",
        &["domain", "events", "infra", "functions", "local"],
    ),
    // What benchmarks hold the functions against: nothing of ours.
    ("bare", &[]),
];

/// All that the domain needs of others: time as a value, ids, validation, spelling, serialisation.
const OF_DOMAIN: [&str; 9] = [
    "chrono",
    "chrono-tz",
    "deunicode",
    "email_address",
    "iban_validate",
    "iso_currency",
    "serde",
    "thiserror",
    "ulid",
];

/// What every crate of the workspace depends on, by its name, as Cargo itself understands it.
fn dependencies() -> BTreeMap<String, Vec<Value>> {
    let cargo = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--no-deps",
            "--offline",
            "--format-version",
            "1",
        ])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(
        cargo.status.success(),
        "{}",
        String::from_utf8_lossy(&cargo.stderr)
    );
    let metadata: Value = serde_json::from_slice(&cargo.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap().iter();
    packages
        .map(|package| {
            let name = package["name"].as_str().unwrap().to_owned();
            (name, package["dependencies"].as_array().unwrap().clone())
        })
        .collect()
}

#[test]
fn every_crate_imports_only_those_below_it() {
    let dependencies = dependencies();
    for (name, of_crate) in &dependencies {
        let (_, allowed) = MAY_IMPORT.iter().find(|(known, _)| known == name).unwrap();
        let ours = of_crate
            .iter()
            .filter_map(|dependency| dependency["name"].as_str());
        for import in ours.filter(|import| CRATES.contains(import)) {
            assert!(allowed.contains(&import), "{name} must not import {import}");
        }
    }
}

#[test]
fn the_domain_needs_no_clock_no_randomness_and_no_input_or_output() {
    let dependencies = dependencies();
    let domain = dependencies["domain"].iter();
    let domain: Vec<&Value> = domain
        .filter(|dependency| dependency["kind"].is_null())
        .collect();
    let names: BTreeSet<&str> = domain.iter().filter_map(|d| d["name"].as_str()).collect();
    assert_eq!(names, BTreeSet::from(OF_DOMAIN));
    for (name, features) in [("chrono", &["serde", "std"][..]), ("ulid", &[])] {
        let dependency = domain.iter().find(|d| d["name"] == name).unwrap();
        assert_eq!(dependency["uses_default_features"], false, "{name}");
        let used = dependency["features"].as_array().unwrap();
        assert_eq!(used, features, "{name}");
    }
}

#[test]
fn only_infra_speaks_to_aws() {
    for (name, of_crate) in dependencies() {
        let normal = of_crate
            .iter()
            .filter(|dependency| dependency["kind"].is_null());
        let names = normal.filter_map(|dependency| dependency["name"].as_str());
        let speaks = names
            .filter(|d| d.starts_with("aws-") || d.contains("dynamo"))
            .count()
            > 0;
        // Tests stand between us and AWS; the embedded database is in local; bare is no part of it.
        let may = ["infra", "tests", "local", "bare"].contains(&name.as_str());
        assert!(may || !speaks, "{name} speaks to AWS");
    }
}

/// The default provider of TLS needs ten times the processor for its first request.
#[test]
fn ring_is_the_only_provider_of_cryptography_for_tls() {
    let lock = super::read("Cargo.lock");
    let locked = |name: &str| lock.contains(&format!("name = \"{name}\"\n"));
    assert!(locked("rustls") && locked("ring"));
    for other in [
        "aws-lc-rs",
        "aws-lc-sys",
        "aws-lc-fips-sys",
        "openssl",
        "native-tls",
        "s2n-tls",
    ] {
        assert!(!locked(other), "{other}");
    }
}
