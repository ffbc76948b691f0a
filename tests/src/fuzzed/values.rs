//! What is put in the place of something else.

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

/// Texts of JSON that some parser somewhere may stumble over. Those that begin with @ stand for longer ones.
const TEXTS: [&str; 56] = [
    "null",
    "true",
    "false",
    "0",
    "-0",
    "-1",
    "1",
    "1.0",
    "1e3",
    "0.1",
    "1e400",
    "-1e400",
    "127",
    "256",
    "32768",
    "65536",
    "2147483648",
    "4294967296",
    "9007199254740993",
    "9223372036854775807",
    "9223372036854775808",
    "18446744073709551615",
    "18446744073709551616",
    "999999999999",
    "1000000000000",
    "@digits",
    "\"\"",
    "\" \"",
    "\"\\u0000\"",
    "\"\\ud800\"",
    "\"\\udc00\\ud800\"",
    "\"\\ud83d\\ude00\"",
    "\"a\\u0301\\u202e\\ufeff\"",
    "\"#\"",
    "\" B#x\"",
    "@long",
    "@name",
    "[]",
    "{}",
    "[[]]",
    "[null]",
    "{\"\": 1}",
    "@deep",
    "@wide",
    "\"0000-00-00\"",
    "\"2026-02-30\"",
    "\"9999-12-31\"",
    "\"-262143-01-01\"",
    "\"2026-11-22T24:00:00Z\"",
    "\"2026-11-22T23:59:60Z\"",
    "\"+262142-12-31T23:59:59Z\"",
    "\"2026-11-22T08:00:00.9999999999999999999Z\"",
    "\"2026-11-22T08:00:00+23:59\"",
    "{\"amount_minor\": 999999999999, \"currency\": \"TRY\"}",
    "{\"amount_minor\": 1, \"amount_minor\": 2, \"currency\": \"JPY\"}",
    "{\"amount_minor\": 1, \"currency\": \"XAU\"}",
];

/// Names of fields that are known somewhere.
const NAMES: [&str; 14] = [
    "name",
    "price",
    "services",
    "customer_id",
    "template_id",
    "pay_with",
    "starts_at",
    "units",
    "quantity",
    "validity",
    "deposit",
    "instalments",
    "version",
    "unknown",
];

const HEADERS: [&str; 5] = [
    "if-match",
    "idempotency-key",
    "content-type",
    "accept",
    "content-encoding",
];

const VALUES: [&str; 22] = [
    "",
    " ",
    "\"1\"",
    "\"0\"",
    "\"01\"",
    "\"18446744073709551615\"",
    "\"18446744073709551616\"",
    "*",
    "W/\"1\"",
    "\"1\", \"2\"",
    "1",
    "a,b",
    "\u{e9}",
    "application/json",
    "text/csv",
    "application/xml",
    "application/json; charset=utf-16",
    "gzip",
    "text/csv;q=nan",
    "text/csv;q=1e999",
    "*/*",
    "@long",
];

const PARAMETERS: [&str; 20] = [
    "limit",
    "cursor",
    "as_of",
    "from",
    "to",
    "email",
    "name",
    "status",
    "since",
    "until",
    "stage",
    "scheme_id",
    "representative_id",
    "customer_id",
    "close_from",
    "rotting",
    "due_to",
    "dry_run",
    "from_line",
    "table",
];

const ARGUMENTS: [&str; 30] = [
    "",
    "0",
    "1",
    "100",
    "101",
    "-1",
    "65535",
    "65536",
    "1e2",
    "%00",
    "%ff",
    "%ed%a0%80",
    "%",
    "%2",
    "+",
    "%F0%9F%98%80",
    "2026-02-30",
    "9999-12-31",
    "-262143-01-01",
    "2026-11-22T08:00:00Z",
    "2026-11-22T08:00:00%2B03:00",
    "%2B262142-12-31T23:59:59Z",
    "true",
    "open",
    "won",
    "AAAA",
    "_w==",
    "Y3VzXzAx",
    "@long",
    "a%26b%3Dc",
];

/// What a text stands for.
pub(super) fn whole(text: &str) -> String {
    match text {
        "@digits" => "9".repeat(400),
        "@long" => format!("\"{}\"", "a".repeat(50_000)),
        "@name" => format!("\"{}\"", "ğ".repeat(121)),
        "@deep" => format!("{}{}", "[".repeat(5000), "]".repeat(5000)),
        "@wide" => format!("[{}0]", "0,".repeat(10_000)),
        text => text.to_owned(),
    }
}

/// A text of JSON.
fn json_text() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => select(&TEXTS[..]).prop_map(str::to_owned),
        1 => any::<i64>().prop_map(|number| number.to_string()),
        1 => any::<u64>().prop_map(|number| number.to_string()),
        1 => any::<f64>().prop_map(|number| json!(number).to_string()),
        2 => ".{0,30}".prop_map(|text| json!(text).to_string()),
    ]
}

/// A change of a value of JSON: of the place with this number, counted round.
pub(super) fn json_change() -> impl Strategy<Value = Value> {
    let place = 0..200_u32;
    let at = 0..2000_u32;
    let bytes = prop::collection::vec(any::<u8>(), 0..6);
    prop_oneof![
        6 => (place.clone(), json_text())
            .prop_map(|(place, with)| json!({"change": "replace", "place": place, "with": with})),
        2 => place.clone().prop_map(|place| json!({"change": "remove", "place": place})),
        2 => (place.clone(), select(&NAMES[..]), json_text()).prop_map(|(place, name, with)| {
            json!({"change": "insert", "place": place, "name": name, "with": with})
        }),
        1 => (place, json_text())
            .prop_map(|(place, with)| json!({"change": "repeat", "place": place, "with": with})),
        1 => (at, 0..5_u32, bytes).prop_map(|(at, drop, with)| {
            json!({"change": "bytes", "at": at, "drop": drop, "with": with})
        }),
    ]
}

/// A change of anything of a request.
pub(super) fn request_change() -> impl Strategy<Value = Value> {
    let header = (select(&HEADERS[..]), select(&VALUES[..]));
    let query = (select(&PARAMETERS[..]), select(&ARGUMENTS[..]));
    let path = (0..3_u32, select(&ARGUMENTS[..]));
    prop_oneof![
        7 => json_change(),
        1 => header.prop_map(|(name, with)| json!({"change": "header", "name": name, "with": with})),
        2 => query.prop_map(|(name, with)| json!({"change": "query", "name": name, "with": with})),
        1 => path.prop_map(|(at, with)| json!({"change": "path", "at": at, "with": with})),
    ]
}
