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

fn text(value: &AttributeValue) -> String {
    if let Ok(fields) = value.as_m() {
        let fields: BTreeMap<&String, String> = fields
            .iter()
            .map(|(name, field)| (name, text(field)))
            .collect();
        return format!("{fields:?}");
    }
    match value.as_l() {
        Ok(items) => format!("{:?}", items.iter().map(text).collect::<Vec<_>>()),
        Err(plain) => format!("{plain:?}"),
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
