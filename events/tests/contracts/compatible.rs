//! Which changes of a schema others would notice.

use std::collections::BTreeSet;

use events::Direction;
use serde_json::{Map, Value, json};

/// Restrictions that stay as they are.
const KEPT: [&str; 8] = [
    "format",
    "pattern",
    "minimum",
    "maximum",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
];

/// What of the new schema breaks those who rely on the old one.
pub(crate) fn incompatibilities(direction: Direction, old: &Value, new: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let walk = Walk {
        direction,
        old,
        new,
    };
    walk.compare("detail", old, new, &mut found);
    found
}

struct Walk<'s> {
    direction: Direction,
    old: &'s Value,
    new: &'s Value,
}

impl Walk<'_> {
    fn compare(&self, path: &str, old: &Value, new: &Value, found: &mut Vec<String>) {
        let (old, new) = (resolved(self.old, old), resolved(self.new, new));
        self.types(path, old, new, found);
        self.properties(path, old, new, found);
        for value in values(self.old, old).difference(&values(self.new, new)) {
            found.push(format!("{path} is no longer {value}"));
        }
        for keyword in KEPT {
            if old.get(keyword) != new.get(keyword) {
                found.push(format!("{keyword} of {path} changed"));
            }
        }
        for keyword in ["items", "additionalProperties"] {
            if let Some(old) = old.get(keyword) {
                let new = new.get(keyword).unwrap_or(&Value::Null);
                self.compare(&format!("{path}[]"), old, new, found);
            }
        }
        for variant in objects(old) {
            let fits = |new: &&Value| {
                let mut found = Vec::new();
                self.compare(path, variant, new, &mut found);
                found.is_empty()
            };
            if !variants(new).iter().any(fits) {
                found.push(format!("a form of {path} changed or is gone"));
            }
        }
    }

    fn types(&self, path: &str, old: &Value, new: &Value, found: &mut Vec<String>) {
        let (was, is) = (types(self.old, old), types(self.new, new));
        // Who reads takes what they know, and who writes gives what they know.
        let fits = match self.direction {
            Direction::Out => is.is_subset(&was),
            Direction::In => was.is_subset(&is),
        };
        if !fits || was.is_empty() != is.is_empty() {
            found.push(format!("{path} was {was:?} and is {is:?}"));
        }
    }

    fn properties(&self, path: &str, old: &Value, new: &Value, found: &mut Vec<String>) {
        let empty = Map::new();
        let of = |schema: &'_ Value| schema["properties"].as_object().cloned();
        let (was, is) = (of(old), of(new));
        let (was, is) = (was.unwrap_or(empty.clone()), is.unwrap_or(empty));
        for (name, old) in &was {
            match is.get(name) {
                Some(new) => self.compare(&format!("{path}.{name}"), old, new, found),
                None => found.push(format!("{path}.{name} is gone")),
            }
        }
        let (needed, needs) = (required(old), required(new));
        match self.direction {
            Direction::Out => {
                for name in needed.difference(&needs) {
                    found.push(format!("{path}.{name} is no longer always given"));
                }
            }
            Direction::In => {
                for name in needs.difference(&needed) {
                    found.push(format!("{path}.{name} must be given from now on"));
                }
            }
        }
    }
}

fn resolved<'s>(root: &'s Value, schema: &'s Value) -> &'s Value {
    let reference = schema["$ref"].as_str();
    let pointer = reference.and_then(|reference| reference.strip_prefix('#'));
    match pointer.and_then(|pointer| root.pointer(pointer)) {
        Some(target) => resolved(root, target),
        None => schema,
    }
}

fn variants(schema: &Value) -> Vec<&Value> {
    let of = |keyword: &str| schema[keyword].as_array().into_iter().flatten();
    of("oneOf").chain(of("anyOf")).collect()
}

/// The variants that are no plain values.
fn objects(schema: &Value) -> Vec<&Value> {
    let plain = |variant: &&Value| {
        variant.get("const").is_some() || variant.get("enum").is_some() || variant["type"] == "null"
    };
    let all = variants(schema).into_iter();
    all.filter(|variant| !plain(variant)).collect()
}

fn types(root: &Value, schema: &Value) -> BTreeSet<String> {
    let schema = resolved(root, schema);
    let several = &schema["type"];
    let own = match several.as_str() {
        Some(one) => vec![one.to_owned()],
        None => several
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|one| Some(one.as_str()?.to_owned()))
            .collect(),
    };
    let others = variants(schema).into_iter();
    own.into_iter()
        .chain(others.flat_map(|variant| types(root, variant)))
        .collect()
}

/// The values that are named one by one.
fn values(root: &Value, schema: &Value) -> BTreeSet<String> {
    let schema = resolved(root, schema);
    let constant = schema.get("const").map(Value::to_string);
    let listed = schema["enum"].as_array().into_iter().flatten();
    let others = variants(schema).into_iter();
    constant
        .into_iter()
        .chain(listed.map(Value::to_string))
        .chain(others.flat_map(|variant| values(root, variant)))
        .collect()
}

fn required(schema: &Value) -> BTreeSet<String> {
    let names = schema["required"].as_array().into_iter().flatten();
    names
        .filter_map(|name| Some(name.as_str()?.to_owned()))
        .collect()
}

/// A schema of one object, with what a test changes in it.
fn schema(change: impl FnOnce(&mut Value)) -> Value {
    let mut schema = json!({
        "type": "object",
        "properties": {
            "id": { "type": "string" },
            "kind": { "oneOf": [
                { "type": "string", "const": "a" },
                { "type": "string", "const": "b" },
            ] },
            "note": { "type": ["string", "null"] },
            "amount": { "anyOf": [{ "$ref": "#/$defs/Money" }, { "type": "null" }] },
            "lines": { "type": "array", "items": { "$ref": "#/$defs/Money" } },
        },
        "required": ["id", "kind"],
        "$defs": { "Money": {
            "type": "object",
            "properties": { "minor": { "type": "integer", "minimum": 0 } },
            "required": ["minor"],
        } },
    });
    change(&mut schema);
    schema
}

fn breaks(direction: Direction, change: impl FnOnce(&mut Value)) -> bool {
    !incompatibilities(direction, &schema(|_| {}), &schema(change)).is_empty()
}

#[test]
fn what_others_would_notice_is_found() {
    let (out, taken) = (Direction::Out, Direction::In);
    for direction in [out, taken] {
        assert!(!breaks(direction, |_| {}));
        assert!(!breaks(direction, |s| s["properties"]["more"] =
            json!({ "type": "string" })));
        assert!(!breaks(direction, |s| {
            s["$defs"]["Money"]["properties"]["more"] = json!({ "type": "string" });
        }));
        assert!(breaks(direction, |s| {
            s["properties"].as_object_mut().unwrap().remove("id");
        }));
        assert!(breaks(direction, |s| s["properties"]["id"]["type"] =
            json!("integer")));
        assert!(breaks(direction, |s| s["properties"]["id"]["format"] =
            json!("uuid")));
        assert!(breaks(direction, |s| {
            s["properties"]["kind"]["oneOf"]
                .as_array_mut()
                .unwrap()
                .pop();
        }));
        assert!(breaks(direction, |s| {
            s["$defs"]["Money"]["properties"]["minor"]["type"] = json!("string");
        }));
        assert!(breaks(direction, |s| {
            s["properties"]["lines"]["items"] = json!({ "type": "string" });
        }));
    }
    let needs_note = |s: &mut Value| s["required"] = json!(["id", "kind", "note"]);
    assert!(breaks(taken, needs_note) && !breaks(out, needs_note));
    let gives_less = |s: &mut Value| s["required"] = json!(["id"]);
    assert!(breaks(out, gives_less) && !breaks(taken, gives_less));
    let null_too = |s: &mut Value| s["properties"]["id"]["type"] = json!(["string", "null"]);
    assert!(breaks(out, null_too) && !breaks(taken, null_too));
}
