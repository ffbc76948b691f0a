//! The one table. template.yaml is what is deployed; a test holds the two together.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::DisplayErrorContext;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType, Projection,
    ProjectionType, ScalarAttributeType, StreamSpecification, StreamViewType,
};

use crate::Fault;

/// Partition key of the table.
pub const PK: &str = "PK";
/// Sort key of the table.
pub const SK: &str = "SK";
/// Sort key of both journal indexes: the entry's id.
pub const ENTRY_ID: &str = "id";
/// The journal of one customer, in time order.
pub const BY_CUSTOMER: Index = Index {
    name: "journal-by-customer",
    partition: "customer_journal",
};
/// The journal of one business, in time order.
pub const BY_BUSINESS: Index = Index {
    name: "journal-by-business",
    partition: "business_journal",
};

/// A secondary index; its sort key is [`ENTRY_ID`].
#[derive(Debug, Clone, Copy)]
pub struct Index {
    /// Its name.
    pub name: &'static str,
    /// The attribute that is its partition key.
    pub partition: &'static str,
}

/// Creates the table where it does not exist, for local use.
///
/// # Errors
/// [`Fault::Unavailable`] when the database cannot be reached or refuses.
pub async fn create(client: &Client, table: &str) -> Result<(), Fault> {
    let unavailable = |cause: &dyn std::fmt::Display| Fault::Unavailable {
        cause: cause.to_string(),
    };
    let mut request = client
        .create_table()
        .table_name(table)
        .billing_mode(BillingMode::PayPerRequest)
        .key_schema(key(PK, KeyType::Hash)?)
        .key_schema(key(SK, KeyType::Range)?)
        .stream_specification(
            StreamSpecification::builder()
                .stream_enabled(true)
                .stream_view_type(StreamViewType::NewAndOldImages)
                .build()
                .map_err(Fault::broken)?,
        );
    for name in [
        PK,
        SK,
        ENTRY_ID,
        BY_CUSTOMER.partition,
        BY_BUSINESS.partition,
    ] {
        request = request.attribute_definitions(
            AttributeDefinition::builder()
                .attribute_name(name)
                .attribute_type(ScalarAttributeType::S)
                .build()
                .map_err(Fault::broken)?,
        );
    }
    for index in [BY_CUSTOMER, BY_BUSINESS] {
        request = request.global_secondary_indexes(
            GlobalSecondaryIndex::builder()
                .index_name(index.name)
                .key_schema(key(index.partition, KeyType::Hash)?)
                .key_schema(key(ENTRY_ID, KeyType::Range)?)
                .projection(
                    Projection::builder()
                        .projection_type(ProjectionType::All)
                        .build(),
                )
                .build()
                .map_err(Fault::broken)?,
        );
    }
    match request.send().await {
        Ok(_) => Ok(()),
        Err(error) => match error.as_service_error() {
            Some(service) if service.is_resource_in_use_exception() => Ok(()),
            Some(_) | None => Err(unavailable(&DisplayErrorContext(&error))),
        },
    }
}

fn key(name: &str, kind: KeyType) -> Result<KeySchemaElement, Fault> {
    KeySchemaElement::builder()
        .attribute_name(name)
        .key_type(kind)
        .build()
        .map_err(Fault::broken)
}
