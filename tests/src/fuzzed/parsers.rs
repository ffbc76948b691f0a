//! Texts that are parsed, and what is parsed from stored or sent JSON.

use proptest::prelude::*;
use proptest::sample::select;

use super::parsed::every_parser;
use super::{cases, fuzz};

/// What is well formed for one of the parsers.
const SOUND: [&str; 19] = [
    "cus_01JD2Y3Z4A5B6C7D8E9F0G1H2J",
    "ent_7ZZZZZZZZZZZZZZZZZZZZZZZZZ",
    "web-10023",
    "Ayşe Yılmaz",
    "ayse@example.com",
    "+90 532 000 00 00",
    "decision-maker",
    "#00ff7f",
    "teal",
    "DE89 3704 0044 0532 0130 00",
    "TR330006100519786457841326",
    "COBADEFFXXX",
    "DE98ZZZ09999999999",
    "M-2026-0001",
    "AM04",
    "TRY",
    "c3ZjXzAxSkQyWTNaNEE1QjZDN0Q4RTlGMEcxSDJK",
    "[\"TRY\", 100]",
    "{\"amount_minor\": 100, \"currency\": \"TRY\"}",
];

/// A text that was sound, with some characters taken out and others put in.
fn text() -> impl Strategy<Value = String> {
    let around = (select(&SOUND[..]), 0..40_usize, 0..4_usize, "\\PC{0,3}");
    prop_oneof![
        1 => any::<String>(),
        4 => around.prop_map(|(sound, at, drop, with)| {
            let sound: Vec<char> = sound.chars().collect();
            let at = at % (sound.len() + 1);
            let end = sound.len().min(at + drop);
            let before = sound[..at].iter().copied();
            before.chain(with.chars()).chain(sound[end..].iter().copied()).collect()
        }),
        1 => (select(&SOUND[..]), 1..3000_usize).prop_map(|(sound, times)| sound.repeat(times)),
    ]
}

#[test]
fn no_text_panics_a_parser_and_what_is_parsed_says_the_same_again() {
    for text in SOUND {
        every_parser(text);
    }
    fuzz(&text(), (0, cases() * 10), |text| {
        every_parser(&text);
        Ok(())
    });
}
