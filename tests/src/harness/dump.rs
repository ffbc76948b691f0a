//! Everything that is stored, to look for what must not be.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::types::AttributeValue;
use infra::{client, table};

use super::World;

/// Every stored item of the world's business, keys and all, each as a text: always the same of the same item.
pub(crate) async fn dump(world: &World) -> Vec<String> {
    let begins = format!("B#{}", world.business);
    let mut items = Vec::new();
    let mut start = None;
    loop {
        let scan = client::at(&world.endpoint).scan().table_name(&world.table);
        let scan = scan.consistent_read(true).set_exclusive_start_key(start);
        let output = scan.send().await.unwrap();
        let ours = output.items.into_iter().flatten().filter(|item| {
            let key = item.get(table::PK).map(AttributeValue::as_s);
            key.is_some_and(|key| key.unwrap().starts_with(&begins))
        });
        items.extend(ours.map(|item| text(&AttributeValue::M(item))));
        start = output.last_evaluated_key;
        if start.is_none() {
            return items;
        }
    }
}

/// Everything in a table, each item's attributes by their names, in no order that means anything.
pub(crate) async fn stored(endpoint: &str, table: &str) -> Vec<BTreeMap<String, String>> {
    let pages = client::at(endpoint).scan().table_name(table);
    let pages = pages.consistent_read(true).into_paginator().items().send();
    let items: Vec<_> = pages.collect::<Result<_, _>>().await.unwrap();
    let attribute = |(name, value): (String, AttributeValue)| (name, text(&value));
    let mut items: Vec<BTreeMap<_, _>> = items
        .into_iter()
        .map(|item| item.into_iter().map(attribute).collect())
        .collect();
    items.sort();
    items
}

/// The value, its parts in order of their names. What arithmetic has brought back to zero is as good as
/// what was never there.
fn text(value: &AttributeValue) -> String {
    if let Ok(parts) = value.as_m() {
        let zero = AttributeValue::N("0".to_owned());
        let parts = parts.iter().filter(|(_, value)| **value != zero);
        let parts = parts.map(|(name, value)| (name, text(value)));
        return format!("{:?}", parts.collect::<BTreeMap<_, _>>());
    }
    match value.as_l() {
        Ok(parts) => format!("{:?}", parts.iter().map(text).collect::<Vec<_>>()),
        Err(value) => format!("{value:?}"),
    }
}

/// How many of the items find a customer: by e-mail address, account or name.
pub(crate) fn look_ups(items: &[String], customer: &str) -> usize {
    let finds = |item: &&String| {
        let kinds = ["#EMAIL#", "#ACCOUNT#", "#NAMES"];
        item.contains(customer) && kinds.iter().any(|kind| item.contains(kind))
    };
    items.iter().filter(finds).count()
}
