//! Carrying out changes, on values of JSON and on their text.

use serde_json::Value;

use super::values::whole;

/// Every place of a value, by pointer.
fn places(value: &Value, at: &str) -> Vec<String> {
    let mut found = vec![at.to_owned()];
    for (name, inner) in value.as_object().into_iter().flatten() {
        found.extend(places(inner, &format!("{at}/{}", name.replace('/', "~1"))));
    }
    for (index, inner) in value.as_array().into_iter().flatten().enumerate() {
        found.extend(places(inner, &format!("{at}/{index}")));
    }
    found
}

fn number(change: &Value, name: &str) -> usize {
    change[name]
        .as_u64()
        .unwrap_or_default()
        .try_into()
        .unwrap()
}

fn text<'c>(change: &'c Value, name: &str) -> &'c str {
    change[name].as_str().unwrap_or_default()
}

/// The text of a value after these changes, which need not be JSON any more.
pub(super) fn damaged(mut value: Value, changes: &[Value]) -> Vec<u8> {
    let mut texts = Vec::new();
    for change in changes {
        let places = places(&value, "");
        let place = places[number(change, "place") % places.len()].clone();
        // What no value can hold stands in its text in the end.
        let mark = format!("@@{}@@", texts.len());
        match text(change, "change") {
            "replace" => *value.pointer_mut(&place).unwrap() = mark.clone().into(),
            "remove" => remove(&mut value, &place),
            "insert" => match value.pointer_mut(&place).unwrap() {
                Value::Object(fields) => {
                    fields.insert(text(change, "name").to_owned(), mark.clone().into());
                }
                Value::Array(items) => items.push(mark.clone().into()),
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => continue,
            },
            "repeat" => match place.rsplit_once('/') {
                Some((parent, name)) => {
                    let parent = value.pointer_mut(parent).unwrap().as_object_mut();
                    let Some(fields) = parent else { continue };
                    fields.insert(format!("{mark}{name}"), mark.clone().into());
                }
                None => continue,
            },
            _ => continue,
        }
        texts.push(whole(text(change, "with")));
    }
    let mut body = value.to_string();
    for (index, with) in texts.iter().enumerate() {
        let mark = format!("@@{index}@@");
        body = body
            .replace(&format!("\"{mark}\""), with)
            .replace(&mark, "");
    }
    let mut body = body.into_bytes();
    cut(&mut body, changes);
    body
}

fn remove(value: &mut Value, place: &str) {
    let Some((parent, name)) = place.rsplit_once('/') else {
        *value = Value::Null;
        return;
    };
    match value.pointer_mut(parent) {
        Some(Value::Array(items)) => drop(items.remove(name.parse().unwrap())),
        Some(Value::Object(fields)) => drop(fields.remove(&name.replace("~1", "/"))),
        _ => {}
    }
}

/// Carries out the changes of bytes.
pub(super) fn cut(body: &mut Vec<u8>, changes: &[Value]) {
    for change in changes.iter().filter(|change| change["change"] == "bytes") {
        let at = number(change, "at") % (body.len() + 1);
        let end = body.len().min(at + number(change, "drop"));
        let with = change["with"].as_array().into_iter().flatten();
        let with = with.map(|byte| u8::try_from(byte.as_u64().unwrap()).unwrap());
        body.splice(at..end, with.collect::<Vec<u8>>());
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_kind_of_change_is_carried_out() {
        let value = json!({"a": 1, "b": [2]});
        let of = |change: Value| String::from_utf8(damaged(value.clone(), &[change])).unwrap();
        let place =
            |change: &str, place: u32| json!({"change": change, "place": place, "with": "1e400"});
        assert_eq!(of(place("replace", 1)), r#"{"a":1e400,"b":[2]}"#);
        assert_eq!(of(place("replace", 7)), r#"{"a":1,"b":[1e400]}"#);
        assert_eq!(of(place("remove", 3)), r#"{"a":1,"b":[]}"#);
        assert_eq!(of(place("remove", 0)), "null");
        assert_eq!(of(place("repeat", 1)), r#"{"a":1e400,"a":1,"b":[2]}"#);
        let insert = json!({"change": "insert", "place": 0, "name": "c", "with": "@deep"});
        assert_eq!(of(insert).len(), value.to_string().len() + 5 + 10_000);
        let bytes = json!({"change": "bytes", "at": 1, "drop": 3, "with": [33, 34]});
        assert_eq!(of(bytes), "{!\":1,\"b\":[2]}");
    }
}
