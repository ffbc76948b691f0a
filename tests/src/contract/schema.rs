//! Checks values against the schemas of the document. Knows the keywords that the document uses and
//! is stricter than JSON Schema in one point: a field that is not documented is a mistake.

use std::borrow::Cow;
use std::sync::LazyLock;

use chrono::DateTime;
use serde_json::{Map, Value};

/// The document, for looking schemas up.
pub(crate) struct Schemas(pub(super) Value);

impl Schemas {
    /// Those of the code.
    pub(crate) fn read() -> Self {
        Self(serde_json::to_value(functions::openapi()).unwrap())
    }

    /// The same, read once for all tests.
    pub(crate) fn shared() -> &'static Self {
        static SHARED: LazyLock<Schemas> = LazyLock::new(Schemas::read);
        &SHARED
    }

    /// The operation of a route such as `GET /v1/services/{id}`, in whatever way it is used.
    pub(super) fn operation(&self, route: &str) -> &Value {
        let (method, path) = route.split_once(' ').unwrap();
        let path = path.split(" (").next().unwrap();
        &self.0["paths"][path][method.to_lowercase()]
    }

    /// The schema of what a route takes; null if it takes nothing.
    pub(crate) fn request(&self, route: &str) -> &Value {
        &self.operation(route)["requestBody"]["content"]["application/json"]["schema"]
    }

    /// The schema of what a route answers with this status as this media type; null if that is not
    /// documented.
    pub(crate) fn response(&self, route: &str, status: u16, kind: &str) -> &Value {
        &self.operation(route)["responses"][status.to_string()]["content"][kind]["schema"]
    }

    /// What a reference leads to.
    pub(super) fn referred(&self, reference: &str) -> Option<&Value> {
        self.0.pointer(reference.strip_prefix('#')?)
    }

    /// The schema with what it refers to and consists of in one.
    pub(crate) fn whole<'s>(&self, schema: &'s Value) -> Cow<'s, Map<String, Value>> {
        match schema.as_object() {
            Some(schema) if !schema.contains_key("$ref") && !schema.contains_key("allOf") => {
                Cow::Borrowed(schema)
            }
            Some(schema) => Cow::Owned(self.put_together(schema.clone())),
            None => Cow::default(),
        }
    }

    /// The same, and so everything inside it: it refers to nothing any more.
    pub(crate) fn inlined(&self, schema: &Value) -> Value {
        let mut whole = self.whole(schema).into_owned();
        for (keyword, rule) in &mut whole {
            match (keyword.as_str(), rule) {
                ("properties", Value::Object(fields)) => {
                    for field in fields.values_mut() {
                        *field = self.inlined(field);
                    }
                }
                ("oneOf", Value::Array(alternatives)) => {
                    for alternative in alternatives {
                        *alternative = self.inlined(alternative);
                    }
                }
                ("items", items) => *items = self.inlined(items),
                _ => {}
            }
        }
        Value::Object(whole)
    }

    fn put_together(&self, mut whole: Map<String, Value>) -> Map<String, Value> {
        let mut parts = Vec::new();
        if let Some(Value::String(reference)) = whole.remove("$ref") {
            let referred = self.referred(&reference);
            parts.push(
                referred
                    .unwrap_or_else(|| panic!("{reference} leads nowhere"))
                    .clone(),
            );
        }
        if let Some(Value::Array(all)) = whole.remove("allOf") {
            parts.extend(all);
        }
        for part in parts {
            for (keyword, rule) in self.whole(&part).into_owned() {
                match (whole.get_mut(&keyword), rule) {
                    (Some(Value::Object(known)), Value::Object(more)) => known.extend(more),
                    (Some(Value::Array(known)), Value::Array(more)) => known.extend(more),
                    (Some(_), _) => {}
                    (None, rule) => drop(whole.insert(keyword, rule)),
                }
            }
        }
        whole
    }

    /// What is wrong with a value, each with the place where.
    pub(crate) fn mistakes(&self, schema: &Value, value: &Value, at: &str) -> Vec<String> {
        let found = self.found(schema, value).into_iter();
        found.map(|mistake| format!("{at}{mistake}")).collect()
    }

    /// The same, as seen from the value. Texts are put together only for what is wrong: every answer of
    /// every test is looked at.
    fn found(&self, schema: &Value, value: &Value) -> Vec<String> {
        let schema = self.whole(schema);
        if schema.is_empty() {
            return vec![" is not documented".to_owned()];
        }
        let mut mistakes = Vec::new();
        for (keyword, rule) in schema.iter() {
            match keyword.as_str() {
                "description" | "example" | "additionalProperties" | "properties" => {}
                "oneOf" => mistakes.extend(self.none_or_several(rule, value)),
                "required" if value.is_object() => {
                    let names = rule.as_array().unwrap().iter().filter_map(Value::as_str);
                    let missing = names.filter(|name| value.get(name).is_none());
                    mistakes.extend(missing.map(|name| format!("/{name} is missing")));
                }
                "items" => {
                    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                        let found = self.found(rule, item).into_iter();
                        mistakes.extend(found.map(|mistake| format!("/{index}{mistake}")));
                    }
                }
                _ if holds(keyword, rule, value) => {}
                _ => mistakes.push(format!(" is {value}, against {keyword}: {rule}")),
            }
        }
        // An object without a word of what is in it may have anything in it.
        if let (None, Some(properties), Value::Object(fields)) =
            (schema.get("oneOf"), schema.get("properties"), value)
        {
            for (name, field) in fields {
                let found = self.found(&properties[name], field).into_iter();
                mistakes.extend(found.map(|mistake| format!("/{name}{mistake}")));
            }
        }
        mistakes
    }

    /// That a value fits none of these, or several.
    fn none_or_several(&self, alternatives: &Value, value: &Value) -> Option<String> {
        // Of another type is the usual case, and needs no text.
        let of_type = |rule: &&Value| {
            rule.get("type")
                .is_none_or(|kind| holds("type", kind, value))
        };
        let alternatives = alternatives.as_array().unwrap().iter().filter(of_type);
        let each = alternatives.map(|rule| self.found(rule, value));
        let (fitting, others): (Vec<_>, Vec<_>) = each.partition(Vec::is_empty);
        let count = fitting.len();
        (count != 1).then(|| format!(" fits {count} alternatives: {:?}", others.concat()))
    }
}

/// Whether a value keeps the rule of a keyword that says nothing about what is inside it.
fn holds(keyword: &str, rule: &Value, value: &Value) -> bool {
    match keyword {
        "type" => match rule.as_array() {
            Some(types) => types.iter().any(|one| is(value, one)),
            None => is(value, rule),
        },
        "required" => true,
        "enum" => rule.as_array().unwrap().contains(value),
        "minimum" => value
            .as_i64()
            .is_none_or(|number| number >= rule.as_i64().unwrap()),
        "maximum" => value
            .as_i64()
            .is_none_or(|number| number <= rule.as_i64().unwrap()),
        "maxLength" => value
            .as_str()
            .is_none_or(|text| text.chars().count() as u64 <= rule.as_u64().unwrap()),
        "format" => match rule.as_str().unwrap() {
            "date-time" => value
                .as_str()
                .is_none_or(|text| DateTime::parse_from_rfc3339(text).is_ok()),
            "date" => value
                .as_str()
                .is_none_or(|text| text.parse::<chrono::NaiveDate>().is_ok()),
            "int32" | "int64" => true,
            _ => false,
        },
        // A keyword that is not known here holds for nothing, so that it is noticed.
        _ => false,
    }
}

fn is(value: &Value, kind: &Value) -> bool {
    match kind.as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_u64() || value.is_i64(),
        "null" => value.is_null(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_value_that_differs_from_its_schema_is_noticed() {
        let schemas = Schemas(json!({"schemas": {
            "One": {"type": "object", "required": ["id"], "properties": {
                "id": {"type": "string", "maxLength": 3},
                "at": {"type": ["string", "null"], "format": "date-time"},
                "kind": {"oneOf": [{"type": "string", "enum": ["a", "b"]}, {"type": "null"}]},
                "counts": {"type": "array", "items": {"type": "integer", "minimum": 1, "maximum": 9}},
            }},
            "Two": {"allOf": [{"$ref": "#/schemas/One"}, {"type": "object", "required": ["more"],
                "properties": {"more": {"type": "boolean"}}}]},
        }}));
        let two = json!({"$ref": "#/schemas/Two"});
        let good = json!({"id": "x", "at": "2026-11-22T08:00:00Z", "kind": "a", "counts": [1, 9],
            "more": true});
        assert_eq!(schemas.mistakes(&two, &good, ""), [""; 0]);
        for (field, bad) in [
            ("id", json!(1)),
            ("id", json!("long")),
            ("at", json!("yesterday")),
            ("kind", json!("c")),
            ("counts", json!([0])),
            ("counts", json!([10])),
            ("counts", json!({})),
            ("more", json!("yes")),
            ("extra", json!(1)),
        ] {
            let mut value = good.clone();
            value[field] = bad;
            assert_eq!(schemas.mistakes(&two, &value, "").len(), 1, "{value}");
        }
        let missing = json!({"id": "x"});
        assert_eq!(schemas.mistakes(&two, &missing, ""), ["/more is missing"]);
        let anything = json!({"type": "object"});
        assert_eq!(schemas.mistakes(&anything, &good, ""), [""; 0]);
        let unknown = json!({"type": "string", "pattern": "^a"});
        assert_eq!(schemas.mistakes(&unknown, &json!("a"), "").len(), 1);
    }
}
