//! Texts that are parsed, and what is parsed from stored or sent JSON.

use std::fmt::{Debug, Display};
use std::str::FromStr;

use domain::packages::{PaymentReference, ReturnReason};
use domain::sepa::{Bic, CreditorId, EndToEndId, Iban, MandateReference};
use domain::{
    ActivityId, ActorId, BookingId, BusinessId, Cause, Colour, CompanyId, Currency, CustomerId,
    Email, EntryId, Fingerprint, IdempotencyKey, Money, Name, Note, OpportunityId, PackageId,
    Phone, QuotaId, QuoteId, RefundQuoteId, SchemeId, ServiceId, Slug, TemplateId,
};
use infra::{Cursor, List};
use proptest::prelude::*;
use proptest::sample::select;

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

/// What is parsed says what is parsed to the same again.
fn again<T: FromStr<Err: Display> + Display + PartialEq + Debug>(text: &str) {
    match text.parse::<T>() {
        Ok(parsed) => {
            let said = parsed.to_string();
            let again = said.parse::<T>().ok();
            assert_eq!(again.as_ref(), Some(&parsed), "{text:?} as {said:?}");
        }
        Err(error) => assert!(!error.to_string().is_empty(), "{text:?}"),
    }
}

fn ids(text: &str) {
    again::<CustomerId>(text);
    again::<PackageId>(text);
    again::<TemplateId>(text);
    again::<ServiceId>(text);
    again::<OpportunityId>(text);
    again::<QuoteId>(text);
    again::<QuotaId>(text);
    again::<SchemeId>(text);
    again::<CompanyId>(text);
    again::<ActivityId>(text);
    again::<EntryId>(text);
    again::<RefundQuoteId>(text);
    again::<BookingId>(text);
    again::<BusinessId>(text);
    again::<ActorId>(text);
    again::<Cause>(text);
    again::<Fingerprint>(text);
    again::<IdempotencyKey>(text);
}

fn texts(text: &str) {
    again::<Name>(text);
    again::<Note>(text);
    again::<Email>(text);
    again::<Phone>(text);
    again::<Slug>(text);
    again::<Colour>(text);
    again::<PaymentReference>(text);
    again::<ReturnReason>(text);
    again::<MandateReference>(text);
    again::<EndToEndId>(text);
    again::<CreditorId>(text);
    again::<Bic>(text);
}

fn cursors(text: &str) {
    for list in [
        List::Services,
        List::Templates,
        List::Customers,
        List::Journal,
        List::Packages,
        List::Opportunities(7),
        List::Activities,
        List::ToDo(7),
        List::Versions,
        List::Companies,
        List::Quotas,
    ] {
        if let Ok(cursor) = Cursor::decode(text, list) {
            assert_eq!(Cursor::decode(&cursor.encode(), list).ok(), Some(cursor));
        }
    }
}

fn money(text: &str) {
    if let Ok(currency) = Currency::try_from(text.to_owned()) {
        assert_eq!(currency.to_string(), text);
    }
    if let Ok(money) = serde_json::from_str::<Money>(text) {
        assert!(money.amount_minor() <= Money::MAX_MINOR, "{text}");
        let said = serde_json::to_string(&money).unwrap();
        assert_eq!(serde_json::from_str::<Money>(&said).ok(), Some(money));
    }
    if let Ok(iban) = text.parse::<Iban>() {
        let said = serde_json::to_string(&iban).unwrap();
        assert_eq!(serde_json::from_str::<Iban>(&said).ok(), Some(iban));
    }
}

#[test]
fn no_text_panics_a_parser_and_what_is_parsed_says_the_same_again() {
    for text in SOUND {
        ids(text);
        texts(text);
    }
    fuzz(&text(), (0, cases() * 10), |text| {
        ids(&text);
        texts(&text);
        cursors(&text);
        money(&text);
        Ok(())
    });
}
