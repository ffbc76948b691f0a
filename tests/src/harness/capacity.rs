//! What a database's capacity units are worth.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::{
    AttributeValue, ConsumedCapacity, Put, ReturnConsumedCapacity, TransactWriteItem,
};
use infra::{client, table};

use super::Failed;

/// By what to multiply reported write units to have those that DynamoDB bills.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scale {
    pub(crate) table: f64,
    pub(crate) index: f64,
}

/// Weighs a database with a write whose price is known: one item below 1 KB, put in a transaction
/// into the table and both indexes, is 2 + 1 + 1 units. (DynamoDB Local 1.25 says 4 + 4 + 4.)
pub(crate) async fn capacity_scale(endpoint: &str, table_name: &str) -> Result<Scale, Failed> {
    let text = |text: &str| AttributeValue::S(text.to_owned());
    let unique = format!("weighed-{:x}", infra::random_128()?);
    let item = HashMap::from([
        (table::PK.to_owned(), text(&unique)),
        (table::SK.to_owned(), text("SCALE")),
        (table::ENTRY_ID.to_owned(), text("SCALE")),
        (table::BY_CUSTOMER.partition.to_owned(), text(&unique)),
        (table::BY_BUSINESS.partition.to_owned(), text(&unique)),
    ]);
    let put = Put::builder()
        .table_name(table_name)
        .set_item(Some(item))
        .build()?;
    let output = client::at(endpoint)
        .transact_write_items()
        .transact_items(TransactWriteItem::builder().put(put).build())
        .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
        .send()
        .await?;
    let consumed = output.consumed_capacity().first();
    let table = consumed.and_then(|consumed| consumed.table()?.capacity_units());
    let all = consumed.and_then(ConsumedCapacity::capacity_units);
    let (Some(table), Some(all)) = (table, all) else {
        return Err("the database does not say what a write consumed".into());
    };
    Ok(Scale {
        table: 2.0 / table,
        index: 2.0 / (all - table),
    })
}
