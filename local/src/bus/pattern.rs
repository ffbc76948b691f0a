//! Whether an event is what a rule asks for, as EventBridge decides it.

use serde_json::Value;

/// Whether the event matches the pattern. Every field of the pattern must be there and match one of its
/// alternatives: a value, or a filter by `prefix`, `suffix`, `anything-but` or `exists`. A filter that is
/// not known here matches nothing.
pub(crate) fn matches(pattern: &Value, event: &Value) -> bool {
    let Some(fields) = pattern.as_object() else {
        return false;
    };
    fields.iter().all(|(name, wanted)| {
        let found = event.get(name);
        match wanted {
            Value::Array(alternatives) => match found {
                Some(Value::Array(values)) => values
                    .iter()
                    .any(|value| fits_any(alternatives, Some(value))),
                found => fits_any(alternatives, found),
            },
            Value::Object(_) => found.is_some_and(|found| matches(wanted, found)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
        }
    })
}

fn fits_any(alternatives: &[Value], found: Option<&Value>) -> bool {
    alternatives
        .iter()
        .any(|alternative| fits(alternative, found))
}

fn fits(alternative: &Value, found: Option<&Value>) -> bool {
    let Some(filter) = alternative.as_object() else {
        return found == Some(alternative);
    };
    let text = found.and_then(Value::as_str);
    let given = |name: &str| filter.get(name);
    if let Some(prefix) = given("prefix").and_then(Value::as_str) {
        return text.is_some_and(|text| text.starts_with(prefix));
    }
    if let Some(suffix) = given("suffix").and_then(Value::as_str) {
        return text.is_some_and(|text| text.ends_with(suffix));
    }
    if let Some(exists) = given("exists").and_then(Value::as_bool) {
        return found.is_some() == exists;
    }
    match given("anything-but") {
        Some(Value::Array(values)) => found.is_some_and(|found| !values.contains(found)),
        Some(value) => found.is_some_and(|found| found != value),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_event_matches_what_eventbridge_would_match() {
        let event = json!({
            "source": "aws.partner/stripe.com/1", "detail-type": "a",
            "resources": ["x", "y"], "detail": {"kind": "b", "none": null},
        });
        for (pattern, expected) in [
            (json!({"detail-type": ["a"]}), true),
            (json!({"detail-type": ["b", "a"]}), true),
            (json!({"detail-type": ["b"]}), false),
            (json!({"detail-type": ["a"], "source": ["b"]}), false),
            (json!({"detail": {"kind": ["b"]}}), true),
            (json!({"detail": {"other": ["b"]}}), false),
            (json!({"detail": {"none": [null]}}), true),
            (json!({"resources": ["y"]}), true),
            (json!({"source": [{"prefix": "aws.partner/"}]}), true),
            (json!({"source": [{"suffix": "/2"}]}), false),
            (json!({"detail": {"kind": [{"anything-but": "b"}]}}), false),
            (json!({"detail": {"kind": [{"anything-but": ["c"]}]}}), true),
            (json!({"detail": {"more": [{"exists": false}]}}), true),
            (json!({"detail": {"kind": [{"exists": false}]}}), false),
            (json!({"source": [{"wildcard": "*"}]}), false),
            (json!({"source": ""}), false),
            (json!([]), false),
        ] {
            assert_eq!(matches(&pattern, &event), expected, "{pattern}");
        }
    }
}
