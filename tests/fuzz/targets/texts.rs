//! Every parser of a text.

#![no_main]

#[path = "../../src/fuzzed/parsed.rs"]
mod parsed;

libfuzzer_sys::fuzz_target!(|text: &str| parsed::every_parser(text));
