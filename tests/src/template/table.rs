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
            let projection = &index["Projection"];
            let carried = projection["NonKeyAttributes"].as_sequence();
            let carried = carried.into_iter().flatten().map(plain).collect();
            let projection = shown(&plain(&projection["ProjectionType"]), carried);
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
            let projection = index.projection().unwrap();
            let carried = projection.non_key_attributes().to_vec();
            let projection = shown(projection.projection_type().unwrap().as_str(), carried);
            let (name, key) = (index.index_name().unwrap(), key(index.key_schema()));
            format!("{name}: {key}: {projection}")
        })),
        billing: billing.unwrap().to_string(),
        stream: stream.unwrap().to_string(),
    }
}

/// A projection, such as `INCLUDE template`.
fn shown(kind: &str, mut carried: Vec<String>) -> String {
    carried.sort();
    carried.insert(0, kind.to_owned());
    carried.join(" ")
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
        let kind = match index.carries {
            None => "ALL",
            Some([]) => "KEYS_ONLY",
            Some(_) => "INCLUDE",
        };
        let carried = index.carries.unwrap_or_default().iter();
        let projection = shown(kind, carried.map(ToString::to_string).collect());
        let (name, partition, sort) = (index.name, index.partition, index.sort);
        format!("{name}: {partition} HASH, {sort} RANGE: {projection}")
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

#[tokio::test]
async fn a_table_that_lacks_an_index_is_told_by_its_name() {
    use aws_sdk_dynamodb::types::{AttributeDefinition, BillingMode, KeyType, ScalarAttributeType};
    let world = World::new().await;
    let client = client::at(&world.endpoint);
    assert_eq!(
        table::missing_indexes(&client, TABLE).await.unwrap(),
        [""; 0]
    );
    let old = format!("old-{}", world.business);
    let definition = |name: &str| {
        let definition = AttributeDefinition::builder().attribute_name(name);
        let definition = definition.attribute_type(ScalarAttributeType::S);
        definition.build().unwrap()
    };
    let part = |name: &str, kind: KeyType| {
        let element = KeySchemaElement::builder().attribute_name(name);
        element.key_type(kind).build().unwrap()
    };
    let request = client.create_table().table_name(&old);
    let request = request.billing_mode(BillingMode::PayPerRequest);
    let request = request.key_schema(part(table::PK, KeyType::Hash));
    let request = request.key_schema(part(table::SK, KeyType::Range));
    let request = request.attribute_definitions(definition(table::PK));
    let request = request.attribute_definitions(definition(table::SK));
    request.send().await.unwrap();
    let missing = table::missing_indexes(&client, &old).await.unwrap();
    let names = table::INDEXES.map(|index| index.name);
    assert_eq!(missing, names);
}
