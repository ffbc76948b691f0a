//! The terms of a write's condition, each with a name, and a write without some of them.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::StoredKey;
use super::kinds::kind_of;

/// Holds whatever there is. A check cannot go without any term.
const ALWAYS: &str = "(attribute_exists(PK) OR attribute_not_exists(PK))";

/// One write of one item.
pub(super) struct Write<'b> {
    action: String,
    body: &'b mut Map<String, Value>,
}

/// The writes of a request.
pub(super) fn writes<'b>(action: &str, body: &'b mut Value) -> Vec<Write<'b>> {
    let write = |action: &str, body: &'b mut Value| Write {
        action: action.to_owned(),
        body: body.as_object_mut().unwrap(),
    };
    let parts: Vec<&mut Value> = match action {
        "TransactWriteItems" => body["TransactItems"]
            .as_array_mut()
            .unwrap()
            .iter_mut()
            .collect(),
        "BatchWriteItem" => {
            let tables = body["RequestItems"].as_object_mut().unwrap().values_mut();
            tables
                .flat_map(|of_table| of_table.as_array_mut().unwrap())
                .collect()
        }
        action => return vec![write(action, body)],
    };
    let parts = parts.into_iter();
    let parts = parts.flat_map(|part| part.as_object_mut().unwrap());
    parts.map(|(action, body)| write(action, body)).collect()
}

impl Write<'_> {
    /// Which item it is of.
    pub(super) fn key(&self) -> StoredKey {
        let place = self.body.get("Key").or(self.body.get("Item")).unwrap();
        let text = |name: &str| place[name]["S"].as_str().unwrap().to_owned();
        (text("PK"), text("SK"))
    }

    /// What it is called where it has no condition: the action and the kind of item.
    fn head(&self) -> String {
        let (pk, sk) = self.key();
        format!("{} {}", self.action, kind_of(&pk, &sk))
    }

    /// What it is called: the names of its terms, or its own.
    pub(super) fn names(&self) -> Vec<String> {
        let terms = self.terms();
        match terms.is_empty() {
            true => vec![self.head()],
            false => terms.into_iter().map(|(name, _)| name).collect(),
        }
    }

    /// Its terms, each with its name.
    pub(super) fn terms(&self) -> Vec<(String, String)> {
        let condition = self.body.get("ConditionExpression");
        let terms = split(condition.and_then(Value::as_str).unwrap_or_default());
        let head = self.head();
        let named = |term: String| (format!("{head} {}", self.neutral(&term)), term);
        terms.into_iter().map(named).collect()
    }

    /// A term as it is whatever values, pools and days it is about.
    fn neutral(&self, term: &str) -> String {
        let mut neutral = String::new();
        for token in tokens(term) {
            neutral += match token.chars().next() {
                Some('#') if token.starts_with("#d2") => "day",
                Some('#') => self.body["ExpressionAttributeNames"][&token]
                    .as_str()
                    .unwrap(),
                Some(':') => "?",
                Some(first) if first.is_ascii_digit() => "?",
                _ => &token,
            };
        }
        short(&neutral)
    }

    /// Takes terms away, and the names and values that nothing else speaks of.
    pub(super) fn go_without(&mut self, taken: impl Fn(&str) -> bool) {
        let terms = self.terms();
        let left: Vec<&str> = terms
            .iter()
            .filter(|(name, _)| !taken(name))
            .map(|(_, term)| term.as_str())
            .collect();
        if left.len() == terms.len() {
            return;
        }
        match (left.is_empty(), self.action.as_str()) {
            (true, "ConditionCheck") => self.say("ConditionExpression", ALWAYS),
            (true, _) => drop(self.body.remove("ConditionExpression")),
            (false, _) => self.say("ConditionExpression", &left.join(" AND ")),
        }
        // A name or a value that is not spoken of is an error.
        let spoken: BTreeSet<String> = ["ConditionExpression", "UpdateExpression"]
            .iter()
            .filter_map(|name| self.body.get(*name)?.as_str())
            .flat_map(tokens)
            .collect();
        for name in ["ExpressionAttributeNames", "ExpressionAttributeValues"] {
            let Some(Value::Object(known)) = self.body.get_mut(name) else {
                continue;
            };
            known.retain(|name, _| spoken.contains(name));
            if known.is_empty() {
                self.body.remove(name);
            }
        }
    }

    fn say(&mut self, name: &str, text: &str) {
        self.body.insert(name.to_owned(), Value::from(text));
    }
}

/// What is there or not, in a word.
fn short(term: &str) -> String {
    let mut short = term.to_owned();
    for (function, word) in [
        ("attribute_not_exists(", "absent"),
        ("attribute_exists(", "present"),
    ] {
        while let Some((before, after)) = short.split_once(function) {
            let (attribute, after) = after.split_once(')').unwrap();
            short = match attribute {
                // Without its key there is no item.
                "PK" => format!("{before}{word}{after}"),
                attribute => format!("{before}{attribute} {word}{after}"),
            };
        }
    }
    short
}

/// The terms of a condition: what is joined by AND outside of parentheses.
fn split(condition: &str) -> Vec<String> {
    let mut terms = vec![String::new()];
    let mut depth = 0;
    for word in condition.split_whitespace() {
        if word == "AND" && depth == 0 {
            terms.push(String::new());
            continue;
        }
        depth += word.matches('(').count();
        depth -= word.matches(')').count();
        let term = terms.last_mut().unwrap();
        if !term.is_empty() {
            term.push(' ');
        }
        term.push_str(word);
    }
    terms.retain(|term| !term.is_empty());
    terms
}

/// Words, names and values, and what stands between them, in order.
fn tokens(expression: &str) -> Vec<String> {
    let part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let mut tokens: Vec<String> = Vec::new();
    for c in expression.chars() {
        let last = tokens.last_mut();
        match last {
            Some(last) if part(c) && last.chars().all(|c| part(c) || c == '#' || c == ':') => {
                last.push(c);
            }
            _ => tokens.push(c.to_string()),
        }
    }
    tokens
}

#[test]
fn a_condition_is_taken_apart_and_put_together_without_one_of_its_terms() {
    let mut body = serde_json::json!({"TransactItems": [{"Update": {
        "Key": {"PK": {"S": "B#b#C#c"}, "SK": {"S": "PKG#p"}},
        "UpdateExpression": "SET #version = :version,#p[0].#held=if_not_exists(#p[0].#held,:z)+:n1",
        "ConditionExpression": "#version = :before AND #p[12].#held >= :m1 \
            AND (attribute_not_exists(#s.#ends) OR #s.#ends > :at) AND #p[0].#y.#d20261122 >= :m2",
        "ExpressionAttributeNames": {
            "#version": "version", "#p": "pools", "#held": "held", "#s": "standing",
            "#ends": "ends_at", "#y": "days", "#d20261122": "2026-11-22",
        },
        "ExpressionAttributeValues": {
            ":version": {}, ":before": {}, ":z": {}, ":n1": {}, ":m1": {}, ":at": {}, ":m2": {},
        },
    }}]});
    let mut writes = writes("TransactWriteItems", &mut body);
    let names: Vec<String> = writes[0]
        .terms()
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(
        names,
        [
            "Update PACKAGE version = ?",
            "Update PACKAGE pools[?].held >= ?",
            "Update PACKAGE (standing.ends_at absent OR standing.ends_at > ?)",
            "Update PACKAGE pools[?].days.day >= ?",
        ]
    );
    writes[0].go_without(|name| name.contains("ends_at") || name.contains("day"));
    let left = &body["TransactItems"][0]["Update"];
    let condition = "#version = :before AND #p[12].#held >= :m1";
    assert_eq!(left["ConditionExpression"], condition);
    let known = |name: &str| left[name].as_object().unwrap().len();
    assert_eq!(known("ExpressionAttributeNames"), 3);
    assert_eq!(known("ExpressionAttributeValues"), 5);
}
