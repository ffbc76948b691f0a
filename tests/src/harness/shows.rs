//! What an answer shows among other things.

use serde_json::Value;

/// Asserts that `actual` has all that `expected` has: each of its fields, and lists of as many items.
#[track_caller]
pub(crate) fn assert_shows(actual: &Value, expected: &Value) {
    assert!(shows(actual, expected), "{expected}\nis not in\n{actual}");
}

fn shows(actual: &Value, expected: &Value) -> bool {
    match (actual, expected) {
        (Value::Object(actual), Value::Object(expected)) => expected
            .iter()
            .all(|(name, value)| actual.get(name).is_some_and(|actual| shows(actual, value))),
        (Value::Array(actual), Value::Array(expected)) => {
            actual.len() == expected.len()
                && actual
                    .iter()
                    .zip(expected)
                    .all(|(one, other)| shows(one, other))
        }
        (actual, expected) => actual == expected,
    }
}
