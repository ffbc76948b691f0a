//! The table that is deployed, and the one that is made for local use.

use aws_sdk_dynamodb::types::{KeySchemaElement, TableDescription};
use infra::{client, table};
use serde_norway::Value;

use super::{plain, resources, template};
use crate::harness::{TABLE, World};

/// What both say about themselves, a line each.
#[derive(Debug, PartialEq, Eq)]
struct Shape {
    key: String,
    attributes: Vec<String>,
    indexes: Vec<String>,
    billing: String,
    stream: String,
}

fn deployed() -> Shape {
    let template = template();
    let [(_, table)] = &resources(&template, "AWS::DynamoDB::Table")[..] else {
        panic!("one table");
    };
    let table = &table["Properties"];
    let list = |value: &Value| value.as_sequence().unwrap().clone();
    let key = |value: &Value| {
        let elements = list(value).into_iter();
        let elements = elements.map(|e| plain(&e["AttributeName"]) + " " + &plain(&e["KeyType"]));
        elements.collect::<Vec<_>>().join(", ")
    };
    let attributes = list(&table["AttributeDefinitions"]).into_iter();
    let indexes = list(&table["GlobalSecondaryIndexes"]).into_iter();
    Shape {
        key: key(&table["KeySchema"]),
        attributes: sorted(attributes.map(|attribute| {
            plain(&attribute["AttributeName"]) + " " + &plain(&attribute["AttributeType"])
        })),
        indexes: sorted(indexes.map(|index| {
            let projection = plain(&index["Projection"]["ProjectionType"]);
            format!(
                "{}: {}: {projection}",
                plain(&index["IndexName"]),
                key(&index["KeySchema"])
            )
        })),
        billing: plain(&table["BillingMode"]),
        stream: plain(&table["StreamSpecification"]["StreamViewType"]),
    }
}

fn made(table: &TableDescription) -> Shape {
    let key = |elements: &[KeySchemaElement]| {
        let elements = elements.iter();
        let elements = elements.map(|e| format!("{} {}", e.attribute_name, e.key_type));
        elements.collect::<Vec<_>>().join(", ")
    };
    let attributes = table.attribute_definitions().iter();
    let indexes = table.global_secondary_indexes().iter();
    let billing = table
        .billing_mode_summary()
        .and_then(|mode| mode.billing_mode());
    let stream = table
        .stream_specification()
        .and_then(|s| s.stream_view_type());
    Shape {
        key: key(table.key_schema()),
        attributes: sorted(
            attributes.map(|a| format!("{} {}", a.attribute_name, a.attribute_type)),
        ),
        indexes: sorted(indexes.map(|index| {
            let projection = index.projection().and_then(|p| p.projection_type());
            let (name, key) = (index.index_name().unwrap(), key(index.key_schema()));
            format!("{name}: {key}: {}", projection.unwrap())
        })),
        billing: billing.unwrap().to_string(),
        stream: stream.unwrap().to_string(),
    }
}

fn sorted(lines: impl Iterator<Item = String>) -> Vec<String> {
    let mut lines: Vec<String> = lines.collect();
    lines.sort();
    lines
}

#[tokio::test]
async fn the_table_that_is_made_for_local_use_is_the_one_that_is_deployed() {
    let world = World::new().await;
    let request = client::at(&world.endpoint).describe_table();
    let described = request.table_name(TABLE).send().await.unwrap();
    assert_eq!(made(&described.table.unwrap()), deployed());
}

#[test]
fn the_code_knows_the_table_by_the_names_that_are_deployed() {
    let deployed = deployed();
    assert_eq!(
        deployed.key,
        format!("{} HASH, {} RANGE", table::PK, table::SK)
    );
    let index = |index: table::Index| {
        let (name, partition, sort) = (index.name, index.partition, index.sort);
        let holds = if index.whole { "ALL" } else { "KEYS_ONLY" };
        format!("{name}: {partition} HASH, {sort} RANGE: {holds}")
    };
    let known = sorted(table::INDEXES.map(index).into_iter());
    assert_eq!(deployed.indexes, known);
}

#[test]
fn what_is_written_outlives_mistakes() {
    let template = template();
    let table = &template["Resources"]["Table"];
    assert_eq!(table["DeletionPolicy"], "Retain");
    assert_eq!(table["UpdateReplacePolicy"], "Retain");
    let properties = &table["Properties"];
    assert_eq!(properties["DeletionProtectionEnabled"], true);
    let recovery = &properties["PointInTimeRecoverySpecification"];
    assert_eq!(recovery["PointInTimeRecoveryEnabled"], true);
    assert_eq!(properties["SSESpecification"]["SSEEnabled"], true);
}
