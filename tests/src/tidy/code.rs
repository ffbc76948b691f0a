//! What stands in the sources, and where.

use super::{CRATES, Source, files, sources, sources_of};

/// The places where a text stands.
fn places<'s>(sources: &'s [Source], code: fn(&Source) -> &str, text: &str) -> Vec<&'s str> {
    let found = sources.iter().filter(|source| code(source).contains(text));
    found.map(|source| source.path.as_str()).collect()
}

fn whole(source: &Source) -> &str {
    &source.text
}

#[test]
fn no_source_file_is_longer_than_300_lines() {
    let long: Vec<String> = sources_of(&CRATES)
        .iter()
        .map(|source| (source.text.lines().count(), &source.path))
        .filter(|(lines, _)| *lines > 300)
        .map(|(lines, path)| format!("{path} has {lines} lines"))
        .collect();
    assert_eq!(long, [""; 0]);
}

#[test]
fn a_main_is_at_most_15_lines() {
    let mains = sources("functions/src/bin");
    assert!(!mains.is_empty());
    for main in mains {
        assert!(main.text.lines().count() <= 15, "{}", main.path);
    }
}

#[test]
fn nothing_is_called_after_a_heap() {
    let heaps = [
        "util", "utils", "common", "helper", "helpers", "manager", "managers", "misc",
    ];
    for path in CRATES.iter().flat_map(|name| files(name)) {
        let names = path.split(['/', '.', '_', '-']);
        let heap = names.clone().find(|name| heaps.contains(name));
        assert_eq!(heap, None, "{path}");
    }
}

#[test]
fn nothing_is_unfinished_switched_off_or_may_panic() {
    let ours = sources_of(&CRATES);
    let ours: Vec<Source> = ours.into_iter().filter(|source| !is_here(source)).collect();
    for text in [
        "todo!",
        "unimplemented!",
        "dbg!",
        "#[ignore",
        "allow(dead_code",
        "FIXME",
    ] {
        assert_eq!(places(&ours, whole, text), [""; 0], "{text}");
    }
    let deployed = sources_of(&[
        "domain/src",
        "events/src",
        "infra/src",
        "functions/src",
        "local/src",
    ]);
    for text in [
        ".unwrap()",
        ".expect(",
        "unwrap_unchecked",
        "panic!(",
        "unreachable!(",
    ] {
        assert_eq!(places(&deployed, Source::code, text), [""; 0], "{text}");
    }
}

#[test]
fn keys_expressions_and_attribute_values_stay_in_infra() {
    let outside = sources_of(&["domain", "events", "functions", "local", "tests"]);
    let outside: Vec<Source> = outside
        .into_iter()
        .filter(|source| {
            let apart = ["tests/src/harness/", "tests/bare/"];
            !is_here(source) && !apart.iter().any(|folder| source.path.starts_with(folder))
        })
        .collect();
    for text in [
        "AttributeValue",
        "_expression(",
        "attribute_not_exists",
        "attribute_exists",
        "\"#pk",
        "\"B#",
        "\"PKG#",
        "#BK#",
        "#EMAIL#",
        "#ACCOUNT#",
    ] {
        assert_eq!(places(&outside, whole, text), [""; 0], "{text}");
    }
}

#[test]
fn nothing_that_serves_a_request_writes_in_bulk() {
    let sources = sources_of(&["domain", "events", "functions", "local"]);
    assert_eq!(places(&sources, whole, "write_in_bulk"), [""; 0]);
}

#[test]
fn the_domain_has_no_clock_no_randomness_and_no_input_or_output() {
    let domain = sources("domain/src");
    assert!(domain.len() > 20);
    for text in [
        "::now(",
        "SystemTime",
        "std::time",
        "getrandom",
        "rand::",
        "Ulid::new",
        "Ulid::generate",
        "std::env",
        "std::fs",
        "std::net",
        "std::process",
        "std::thread",
        "async ",
        "tokio",
        "aws_",
        "http",
        "println!",
    ] {
        assert_eq!(places(&domain, whole, text), [""; 0], "{text}");
    }
}

/// What is forbidden elsewhere has to be named here.
fn is_here(source: &Source) -> bool {
    source.path.starts_with("tests/src/tidy/")
}
