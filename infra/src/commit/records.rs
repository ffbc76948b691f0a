//! Entries and records: put whole, where nothing is or on the version they replace.

use aws_sdk_dynamodb::types::{
    AttributeValue, Delete, Put as PutItem, ReturnValuesOnConditionCheckFailure as OnFailure,
    TransactWriteItem,
};
use domain::customers::Customer;
use domain::journal::Entry;
use domain::{BusinessId, CustomerId, Put};

use crate::collections::due_attributes;
use crate::customers::{Owner, SharedPackage};
use crate::keys::{self, Key};
use crate::names::name_keys;
use crate::remembered_payments::paid_online;
use crate::store::{Item, write};
use crate::table::{BY_BUSINESS, BY_CUSTOMER, BY_SALE, PK};
use crate::{Fault, Store};

impl Store {
    pub(super) fn put_entry(&self, entry: &Entry, key: &Key) -> Result<TransactWriteItem, Fault> {
        let mut item = write(entry, key)?;
        let business = keys::business(&entry.business);
        item.insert(
            BY_BUSINESS.partition.to_owned(),
            AttributeValue::S(business),
        );
        if let Some(customer) = entry.customer {
            let customer = keys::customer(&entry.business, customer);
            item.insert(
                BY_CUSTOMER.partition.to_owned(),
                AttributeValue::S(customer),
            );
        }
        self.put_new(item)
    }

    /// A copy of the entry in the journal of another customer it concerns. The business's journal has
    /// the entry once.
    pub(super) fn put_copy(
        &self,
        entry: &Entry,
        customer: CustomerId,
    ) -> Result<TransactWriteItem, Fault> {
        let mut item = write(entry, &keys::copy(&entry.business, customer, entry.id))?;
        let customer = keys::customer(&entry.business, customer);
        item.insert(
            BY_CUSTOMER.partition.to_owned(),
            AttributeValue::S(customer),
        );
        self.put_new(item)
    }

    /// A put that fails, with what is there, if anything is.
    pub(super) fn put_new(&self, item: Item) -> Result<TransactWriteItem, Fault> {
        let put = PutItem::builder()
            .table_name(&self.table)
            .set_item(Some(item))
            .condition_expression("attribute_not_exists(#pk)")
            .expression_attribute_names("#pk", PK)
            .return_values_on_condition_check_failure(OnFailure::AllOld)
            .build()
            .map_err(Fault::broken)?;
        Ok(TransactWriteItem::builder().put(put).build())
    }

    /// A put of what stands nowhere else: the package's own condition says whether it is right.
    fn put_over(&self, item: Item) -> Result<TransactWriteItem, Fault> {
        let put = PutItem::builder()
            .table_name(&self.table)
            .set_item(Some(item))
            .build()
            .map_err(Fault::broken)?;
        Ok(TransactWriteItem::builder().put(put).build())
    }

    /// A put of version n on version n − 1; of version 1 on nothing.
    pub(super) fn put_version(&self, item: Item, version: u64) -> Result<TransactWriteItem, Fault> {
        if version == 1 {
            return self.put_new(item);
        }
        let put = PutItem::builder()
            .table_name(&self.table)
            .set_item(Some(item))
            .condition_expression("#version = :before")
            .expression_attribute_names("#version", "version")
            .expression_attribute_values(":before", AttributeValue::N((version - 1).to_string()))
            .build()
            .map_err(Fault::broken)?;
        Ok(TransactWriteItem::builder().put(put).build())
    }

    pub(super) fn put_record(
        &self,
        business: &BusinessId,
        put: &Put,
        beside: &[Put],
    ) -> Result<Vec<TransactWriteItem>, Fault> {
        let (item, version) = match put {
            Put::Settings(settings) => (
                write(settings, &keys::settings(business))?,
                settings.version,
            ),
            Put::Service(service) => (
                write(service, &keys::service(business, service.id))?,
                service.version,
            ),
            Put::Template(template) => (
                write(template, &keys::template(business, template.id))?,
                template.version,
            ),
            Put::Package(package) => {
                let key = keys::package(business, package.customer, package.id);
                let mut item = write(package, &key)?;
                let sold = keys::sold(package.agreed_at(), package.id);
                for (name, value) in [
                    (BY_SALE.partition, keys::business(business)),
                    (BY_SALE.sort, sold),
                ] {
                    item.insert(name.to_owned(), AttributeValue::S(value));
                }
                item.extend(due_attributes(business, package.id, &package.standing));
                (item, package.version)
            }
            Put::PaidOnline { name, package } => {
                let item = paid_online(business, name, *package)?;
                return Ok(vec![self.put_new(item)?]);
            }
            Put::Mandate(customer, record) => (
                write(record, &keys::mandate(business, *customer))?,
                record.version,
            ),
            Put::Creditor(record) => (write(record, &keys::creditor(business))?, record.version),
            Put::PipelineSettings(settings) => (
                write(settings, &keys::pipeline_settings(business))?,
                settings.version,
            ),
            Put::Scheme(scheme) => (
                write(scheme, &keys::scheme(business, scheme.id))?,
                scheme.version,
            ),
            Put::SchemeStep(step) => {
                let key = keys::scheme_step(business, *step);
                return Ok(vec![self.put_new(key.attributes())?]);
            }
            Put::Company(company) => (
                write(company, &keys::company(business, company.id))?,
                company.version,
            ),
            Put::Quota(quota) => return Ok(vec![self.put_quota(business, quota)?]),
            Put::Counted(quota, link) => {
                let key = keys::counted(business, *quota, link.opportunity);
                return Ok(vec![self.put_over(write(link, &key)?)?]);
            }
            Put::Uncounted(quota, opportunity) => {
                let key = keys::counted(business, *quota, *opportunity);
                return Ok(vec![self.delete(&key)?]);
            }
            Put::Opportunity(opportunity) => {
                return self.put_opportunity(business, opportunity, beside);
            }
            Put::Activity(activity) => return self.put_activity(business, activity),
            Put::Quote(quote) => (
                write(quote, &keys::quote(business, quote.id))?,
                quote.version,
            ),
            Put::Customer { before, after } => {
                return self.put_customer(business, before.as_ref(), after);
            }
            Put::Share {
                package,
                holder,
                member,
            } => {
                let key = keys::shared(business, *member, *package);
                let pointer = SharedPackage {
                    package: *package,
                    holder: *holder,
                };
                return Ok(vec![self.put_over(write(&pointer, &key)?)?]);
            }
            Put::Unshare {
                package, member, ..
            } => {
                return Ok(vec![
                    self.delete(&keys::shared(business, *member, *package))?,
                ]);
            }
        };
        Ok(vec![self.put_version(item, version)?])
    }

    /// The record and its look-ups, which change only where the record does. With the person goes the
    /// mandate.
    fn put_customer(
        &self,
        business: &BusinessId,
        before: Option<&Customer>,
        after: &Customer,
    ) -> Result<Vec<TransactWriteItem>, Fault> {
        let record = write(after, &keys::profile(business, after.id))?;
        let mut items = vec![self.put_version(record, after.version)?];
        let owner = Owner { customer: after.id };
        let email = |of: &Customer| of.details.email.as_ref().map(|e| keys::email(business, e));
        let account = |of: &Customer| of.account.as_ref().map(|a| keys::account(business, a));
        for (old, new) in [
            (before.and_then(email), email(after)),
            (before.and_then(account), account(after)),
        ] {
            if old == new {
                continue;
            }
            if let Some(old) = old {
                items.push(self.delete(&old)?);
            }
            if let Some(new) = new {
                items.push(self.put_new(write(&owner, &new)?)?);
            }
        }
        if after.erased_at.is_some() {
            items.push(self.delete(&keys::mandate(business, after.id))?);
        }
        let old = before
            .map(|customer| name_keys(business, customer))
            .unwrap_or_default();
        let new = name_keys(business, after);
        for gone in old.iter().filter(|key| !new.contains(key)) {
            items.push(self.delete(gone)?);
        }
        for added in new.iter().filter(|key| !old.contains(key)) {
            items.push(self.put_new(added.attributes())?);
        }
        Ok(items)
    }

    fn delete(&self, key: &Key) -> Result<TransactWriteItem, Fault> {
        let delete = Delete::builder()
            .table_name(&self.table)
            .set_key(Some(key.attributes()))
            .build()
            .map_err(Fault::broken)?;
        Ok(TransactWriteItem::builder().delete(delete).build())
    }
}
