//! Opportunities that an index told of too late.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use infra::{client, table};

use super::{TABLE, World};

/// Stored items, as they were at some moment.
pub(crate) struct Kept(Vec<HashMap<String, AttributeValue>>);

impl World {
    /// Everything that names this opportunity, as it is at this moment.
    pub(crate) async fn keep(&self, opportunity: &str) -> Kept {
        let mut kept = Vec::new();
        let mut start = None;
        loop {
            let scan = client::at(&self.endpoint).scan().table_name(TABLE);
            let scan = scan.consistent_read(true).set_exclusive_start_key(start);
            let output = scan.send().await.unwrap();
            let items = output.items.into_iter().flatten();
            kept.extend(items.filter(|item| format!("{item:?}").contains(opportunity)));
            start = output.last_evaluated_key;
            if start.is_none() {
                return Kept(kept);
            }
        }
    }

    /// Makes it so again, as where an index had not told of it before it was looked for.
    pub(crate) async fn put_back(&self, kept: &Kept) {
        for item in &kept.0 {
            assert!(item.contains_key(table::PK));
            let put = client::at(&self.endpoint).put_item().table_name(TABLE);
            let put = put.set_item(Some(item.clone()));
            put.send().await.unwrap();
        }
    }
}
