//! The one table. template.yaml is what is deployed; a test holds the two together.

use std::collections::BTreeSet;

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
    sort: ENTRY_ID,
    carries: None,
};
/// The journal of one business, in time order.
pub const BY_BUSINESS: Index = Index {
    name: "journal-by-business",
    partition: "business_journal",
    sort: ENTRY_ID,
    carries: None,
};
/// The packages of one business, in the order in which they were sold. What it carries never changes,
/// so that it costs nothing when a package does.
pub const BY_SALE: Index = Index {
    name: "packages-by-business",
    partition: "business_packages",
    sort: "sold",
    carries: Some(&["template"]),
};
/// The packages of one business that have an instalment to collect, by the day it is due.
pub const DUE: Index = Index {
    name: "due-collections",
    partition: "due_list",
    sort: "due_on",
    carries: Some(&[]),
};
/// Sort key of every list of opportunities: status, then the day of the decision, then the id.
pub const LISTED: &str = "listed";
/// What lists show of an opportunity.
pub const CARD: &str = "card";
/// The opportunities of one business.
pub const PIPELINE: Index = Index {
    name: "opportunities-by-status",
    partition: "pipeline",
    sort: LISTED,
    carries: Some(&[CARD]),
};
/// The opportunities in one stage.
pub const BY_STAGE: Index = Index {
    name: "opportunities-by-stage",
    partition: "pipeline_stage",
    sort: LISTED,
    carries: Some(&[CARD]),
};
/// The opportunities of one representative.
pub const BY_REPRESENTATIVE: Index = Index {
    name: "opportunities-by-representative",
    partition: "pipeline_representative",
    sort: LISTED,
    carries: Some(&[CARD]),
};
/// The opportunities of one customer.
pub const OF_CUSTOMER: Index = Index {
    name: "opportunities-by-customer",
    partition: "pipeline_customer",
    sort: LISTED,
    carries: Some(&[CARD]),
};
/// Every secondary index.
pub const INDEXES: [Index; 8] = [
    BY_CUSTOMER,
    BY_BUSINESS,
    BY_SALE,
    DUE,
    PIPELINE,
    BY_STAGE,
    BY_REPRESENTATIVE,
    OF_CUSTOMER,
];

/// A secondary index.
#[derive(Debug, Clone, Copy)]
pub struct Index {
    /// Its name.
    pub name: &'static str,
    /// The attribute that is its partition key.
    pub partition: &'static str,
    /// The attribute that is its sort key.
    pub sort: &'static str,
    /// The attributes it carries beside the keys; none is all there are.
    pub carries: Option<&'static [&'static str]>,
}

impl Index {
    fn projection(self) -> Projection {
        let projection = Projection::builder();
        match self.carries {
            None => projection.projection_type(ProjectionType::All),
            Some([]) => projection.projection_type(ProjectionType::KeysOnly),
            Some(names) => projection
                .projection_type(ProjectionType::Include)
                .set_non_key_attributes(Some(names.iter().map(ToString::to_string).collect())),
        }
        .build()
    }
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
    let keys = INDEXES
        .iter()
        .flat_map(|index| [index.partition, index.sort]);
    for name in BTreeSet::from_iter(keys.chain([PK, SK])) {
        request = request.attribute_definitions(
            AttributeDefinition::builder()
                .attribute_name(name)
                .attribute_type(ScalarAttributeType::S)
                .build()
                .map_err(Fault::broken)?,
        );
    }
    for index in INDEXES {
        request = request.global_secondary_indexes(
            GlobalSecondaryIndex::builder()
                .index_name(index.name)
                .key_schema(key(index.partition, KeyType::Hash)?)
                .key_schema(key(index.sort, KeyType::Range)?)
                .projection(index.projection())
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

/// The secondary indexes that an existing table lacks: it was made by an earlier version.
///
/// # Errors
/// [`Fault::Unavailable`] when the database cannot be reached or refuses.
pub async fn missing_indexes(client: &Client, table: &str) -> Result<Vec<&'static str>, Fault> {
    let described = client.describe_table().table_name(table).send().await;
    let described = described.map_err(|error| Fault::Unavailable {
        cause: DisplayErrorContext(&error).to_string(),
    })?;
    let indexes = described
        .table
        .and_then(|table| table.global_secondary_indexes);
    let there: BTreeSet<String> = indexes
        .into_iter()
        .flatten()
        .filter_map(|index| index.index_name)
        .collect();
    let names = INDEXES.into_iter().map(|index| index.name);
    Ok(names.filter(|name| !there.contains(*name)).collect())
}

fn key(name: &str, kind: KeyType) -> Result<KeySchemaElement, Fault> {
    KeySchemaElement::builder()
        .attribute_name(name)
        .key_type(kind)
        .build()
        .map_err(Fault::broken)
}
