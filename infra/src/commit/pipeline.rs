//! Opportunities and their activities, so written that nobody who was erased is written down again.

use aws_sdk_dynamodb::types::{AttributeValue, ConditionCheck, Put as PutItem, TransactWriteItem};
use domain::pipeline::{Activity, Opportunity};
use domain::{BusinessId, Put};

use crate::activities::{Keyed, activity_item};
use crate::keys::{self, Key};
use crate::opportunities::opportunity_item;
use crate::store::write;
use crate::table::PK;
use crate::{Fault, Store};

impl Store {
    /// A put of version n on version n − 1. One with a salt, and so with what people wrote, also needs
    /// that its person was not erased meanwhile: a first version asks the customer's record, a later one
    /// the salt of the version it replaces, which goes first when a person is erased. What was read
    /// before then is refused, and read again. Where the customer's record is put `beside` it, that put's
    /// own version says the same: a transaction names no item twice.
    pub(super) fn put_opportunity(
        &self,
        business: &BusinessId,
        opportunity: &Opportunity,
        beside: &[Put],
    ) -> Result<Vec<TransactWriteItem>, Fault> {
        let item = opportunity_item(business, opportunity)?;
        let known = opportunity.salt.is_some();
        if opportunity.version == 1 {
            let mut items = vec![self.put_new(item)?];
            let put_too = beside.iter().any(|put| {
                if let Put::Customer { after, .. } = put {
                    return after.id == opportunity.customer;
                }
                false
            });
            if known && !put_too {
                let profile = keys::profile(business, opportunity.customer);
                items.push(self.not_erased(&profile)?);
            }
            return Ok(items);
        }
        let before = (opportunity.version - 1).to_string();
        let put = PutItem::builder()
            .table_name(&self.table)
            .set_item(Some(item))
            .expression_attribute_names("#version", "version")
            .expression_attribute_values(":before", AttributeValue::N(before));
        let put = match known {
            true => put
                .condition_expression("#version = :before AND attribute_exists(#salt)")
                .expression_attribute_names("#salt", "salt"),
            false => put.condition_expression("#version = :before"),
        };
        let put = put.build().map_err(Fault::broken)?;
        Ok(vec![TransactWriteItem::builder().put(put).build()])
    }

    /// The activity and, with a first version that an Idempotency-Key entered, what finds it by that.
    pub(super) fn put_activity(
        &self,
        business: &BusinessId,
        activity: &Activity,
    ) -> Result<Vec<TransactWriteItem>, Fault> {
        let item = activity_item(business, activity)?;
        let mut items = vec![self.put_version(item, activity.version)?];
        if let Some(digest) = activity.key.as_ref().filter(|_| activity.version == 1) {
            let key = keys::activity_key(business, activity.opportunity, digest);
            items.push(self.put_new(write(&Keyed::of(activity), &key)?)?);
        }
        Ok(items)
    }

    fn not_erased(&self, profile: &Key) -> Result<TransactWriteItem, Fault> {
        let check = ConditionCheck::builder()
            .table_name(&self.table)
            .set_key(Some(profile.attributes()))
            .condition_expression("attribute_exists(#pk) AND attribute_not_exists(#erased)")
            .expression_attribute_names("#pk", PK)
            .expression_attribute_names("#erased", "erased_at")
            .build()
            .map_err(Fault::broken)?;
        Ok(TransactWriteItem::builder().condition_check(check).build())
    }
}
