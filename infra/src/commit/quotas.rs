//! Quotas: closed on what they were when it was summed up, and linked to while they are not closed.

use aws_sdk_dynamodb::types::{AttributeValue, Put as PutItem, TransactWriteItem, Update};
use domain::pipeline::Quota;
use domain::{BusinessId, QuotaId};

use crate::store::write;
use crate::table::PK;
use crate::{Fault, Store, keys};

impl Store {
    /// A put of version n on version n − 1, to which nothing was linked meanwhile, nor taken from it.
    pub(super) fn put_quota(
        &self,
        business: &BusinessId,
        quota: &Quota,
    ) -> Result<TransactWriteItem, Fault> {
        let item = write(quota, &keys::quota(business, quota.id))?;
        if quota.version == 1 {
            return self.put_new(item);
        }
        let before = AttributeValue::N((quota.version - 1).to_string());
        let put = PutItem::builder()
            .table_name(&self.table)
            .set_item(Some(item))
            .expression_attribute_names("#version", "version")
            .expression_attribute_names("#links", "links")
            .expression_attribute_values(":before", before);
        // None is written as nothing.
        let put = match quota.links {
            0 => put.condition_expression("#version = :before AND attribute_not_exists(#links)"),
            links => put
                .condition_expression("#version = :before AND #links = :links")
                .expression_attribute_values(":links", AttributeValue::N(links.to_string())),
        };
        let put = put.build().map_err(Fault::broken)?;
        Ok(TransactWriteItem::builder().put(put).build())
    }

    /// Counts that something was linked to a quota or taken from it, unless it is closed. Its version
    /// stays: nobody edited it.
    pub(super) fn count_for(
        &self,
        business: &BusinessId,
        quota: QuotaId,
    ) -> Result<TransactWriteItem, Fault> {
        let update = Update::builder()
            .table_name(&self.table)
            .set_key(Some(keys::quota(business, quota).attributes()))
            .update_expression("ADD #links :one")
            .condition_expression("attribute_exists(#pk) AND attribute_not_exists(#closed)")
            .expression_attribute_names("#pk", PK)
            .expression_attribute_names("#links", "links")
            .expression_attribute_names("#closed", "closed_at")
            .expression_attribute_values(":one", AttributeValue::N("1".to_owned()))
            .build()
            .map_err(Fault::broken)?;
        Ok(TransactWriteItem::builder().update(update).build())
    }
}
