//! The commit: a decision becomes one conditional transaction.
//!
//! A record is written whole, on the version it replaces. A package that exists is never written
//! whole: its balances move by the arithmetic of the entry's lines, on the version that was read
//! and on the units being there, so that even a wrong decision cannot overdraw it.

use std::collections::{BTreeMap, HashMap};
use std::time::Instant as Started;

use aws_sdk_dynamodb::error::{DisplayErrorContext, ProvideErrorMetadata};
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{
    AttributeValue, CancellationReason, ConditionCheck, Delete, Put as PutItem,
    ReturnValuesOnConditionCheckFailure as OnFailure, TransactWriteItem, Update,
};
use domain::customers::Customer;
use domain::journal::{Entry, Line};
use domain::packages::Package;
use domain::{BusinessId, CustomerId, Decision, EntryKey, PackageId, Put};

use crate::customers::{Owner, name_keys};
use crate::digest::token;
use crate::keys::{self, Key};
use crate::store::{Item, read, write};
use crate::table::{BY_BUSINESS, BY_CUSTOMER, PK};
use crate::{Consistency, Fault, Store};

/// How an attempt to commit ended.
#[derive(Debug)]
pub(crate) enum Committed {
    /// Everything was written.
    Done,
    /// The entry's key is taken, by this entry: nothing was written.
    Taken(Box<Entry>),
    /// These packages changed since they were read: nothing was written.
    Changed(Vec<Package>),
    /// Something else changed since it was read: nothing was written.
    Stale,
    /// Others were writing the same items, or the database is busy: nothing is known to be written,
    /// and the same attempt may be made again.
    Contended {
        /// For the log.
        cause: String,
    },
}

/// What each part of a transaction stands for, in order, so that a failure can be named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Entry,
    Package,
    Other,
}

impl Store {
    /// Commits a decision, or says what stood against it.
    pub(crate) async fn commit(&self, decision: &Decision) -> Result<Committed, Fault> {
        let entry = &decision.entry;
        let key = keys::entry(&entry.business, &decision.key);
        let mut parts = vec![(Part::Entry, self.put_entry(entry, &key)?)];
        for (package, lines) in moved(decision) {
            let holder = entry
                .customer
                .ok_or_else(|| Fault::broken("a move without a holder"))?;
            let update = self.move_units(entry, holder, package, &lines)?;
            parts.push((Part::Package, update));
        }
        for put in &decision.puts {
            let puts = self.put_record(&entry.business, put)?;
            parts.extend(puts.into_iter().map(|item| (Part::Other, item)));
        }
        if let EntryKey::Move(booking, _) = &decision.key {
            let resolution = EntryKey::Resolution(booking.clone());
            let check = self.must_not_exist(&keys::entry(&entry.business, &resolution))?;
            parts.push((Part::Other, check));
        }
        self.transact(entry, &key, parts).await
    }

    async fn transact(
        &self,
        entry: &Entry,
        key: &Key,
        parts: Vec<(Part, TransactWriteItem)>,
    ) -> Result<Committed, Fault> {
        let (names, items): (Vec<Part>, Vec<TransactWriteItem>) = parts.into_iter().unzip();
        // One token per decision: sent again it is the same transaction, decided again another.
        let versions = entry
            .lines
            .iter()
            .map(|line| line.version.to_string())
            .collect::<String>();
        let request_token = token(&[&key.pk, &key.sk, &entry.id.to_string(), &versions]);
        let from = Started::now();
        let sent = self
            .client
            .transact_write_items()
            .set_transact_items(Some(items))
            .client_request_token(request_token)
            .set_return_consumed_capacity(self.capacity())
            .send()
            .await;
        let error = match sent {
            Ok(output) => {
                self.record(from, true, output.consumed_capacity());
                return Ok(Committed::Done);
            }
            Err(error) => error,
        };
        self.record(from, true, None);
        let cause = DisplayErrorContext(&error).to_string();
        if let Some(TransactWriteItemsError::TransactionCanceledException(canceled)) =
            error.as_service_error()
        {
            return outcome(&names, canceled.cancellation_reasons(), cause);
        }
        match error.code() {
            Some(
                "TransactionInProgressException"
                | "ProvisionedThroughputExceededException"
                | "RequestLimitExceeded"
                | "ThrottlingException",
            ) => Ok(Committed::Contended { cause }),
            Some(
                "IdempotentParameterMismatchException"
                | "ResourceNotFoundException"
                | "ValidationException"
                | "AccessDeniedException",
            ) => Err(Fault::Broken { cause }),
            Some(_) | None => self.look_for(entry, key, cause).await,
        }
    }

    /// The answer was lost: whether the transaction was written shows in whether its entry is there.
    async fn look_for(&self, entry: &Entry, key: &Key, cause: String) -> Result<Committed, Fault> {
        let found: Option<Entry> = self
            .get(key, Consistency::Strong)
            .await?
            .map(read)
            .transpose()?;
        Ok(match found {
            Some(found) if found.id == entry.id => Committed::Done,
            Some(found) => Committed::Taken(Box::new(found)),
            None => Committed::Contended { cause },
        })
    }

    fn put_entry(&self, entry: &Entry, key: &Key) -> Result<TransactWriteItem, Fault> {
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

    /// A put that fails, with what is there, if anything is.
    fn put_new(&self, item: Item) -> Result<TransactWriteItem, Fault> {
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

    /// A put of version n on version n − 1; of version 1 on nothing.
    fn put_version(&self, item: Item, version: u64) -> Result<TransactWriteItem, Fault> {
        if version == 1 {
            return self.put_new(item);
        }
        let put = PutItem::builder()
            .table_name(&self.table)
            .set_item(Some(item))
            .condition_expression("#version = :before")
            .expression_attribute_names("#version", "version")
            .expression_attribute_values(":before", number(version - 1))
            .build()
            .map_err(Fault::broken)?;
        Ok(TransactWriteItem::builder().put(put).build())
    }

    fn must_not_exist(&self, key: &Key) -> Result<TransactWriteItem, Fault> {
        let check = ConditionCheck::builder()
            .table_name(&self.table)
            .set_key(Some(key.attributes()))
            .condition_expression("attribute_not_exists(#pk)")
            .expression_attribute_names("#pk", PK)
            .build()
            .map_err(Fault::broken)?;
        Ok(TransactWriteItem::builder().condition_check(check).build())
    }

    fn put_record(
        &self,
        business: &BusinessId,
        put: &Put,
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
                (write(package, &key)?, package.version)
            }
            Put::Customer { before, after } => {
                return self.put_customer(business, before.as_ref(), after);
            }
        };
        Ok(vec![self.put_version(item, version)?])
    }

    /// The record and its look-ups, which change only where the record does.
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

    /// Moves units by the lines' own arithmetic, if the package is as it was read and has them.
    fn move_units(
        &self,
        entry: &Entry,
        holder: CustomerId,
        package: PackageId,
        lines: &[&Line],
    ) -> Result<TransactWriteItem, Fault> {
        let version = lines.last().map(|line| line.version).unwrap_or_default();
        let mut expression = Expression::default();
        expression.when("#version = :before", "#version", "version");
        expression.value(":before", number(version - 1));
        if let Some(valid_at) = lines.iter().filter_map(|line| line.valid_at).max() {
            let still_valid = "(attribute_not_exists(#expires) OR #expires > :valid_at)";
            expression.when(still_valid, "#expires", "expires_at");
            expression.value(":valid_at", millis(valid_at));
        }
        let mut sets = vec![
            "#version = :version".to_owned(),
            "#changed = :at".to_owned(),
        ];
        expression.name("#changed", "changed_at");
        expression.value(":version", number(version));
        expression.value(":at", millis(entry.at));
        for (index, ((pool, account), flow)) in flows(lines).into_iter().enumerate() {
            let path = format!("#pools[{pool}].#{account}");
            if flow.needed > 0 {
                let needed = format!(":needed{index}");
                expression.when(
                    &format!("{path} >= {needed}"),
                    &format!("#{account}"),
                    account,
                );
                expression.value(&needed, AttributeValue::N(flow.needed.to_string()));
            }
            if flow.net != 0 {
                expression.name(&format!("#{account}"), account);
                expression.value(":zero", number(0));
                expression.value(
                    &format!(":net{index}"),
                    AttributeValue::N(flow.net.to_string()),
                );
                sets.push(format!(
                    "{path} = if_not_exists({path}, :zero) + :net{index}"
                ));
            }
            if flow.needed > 0 || flow.net != 0 {
                expression.name("#pools", "pools");
            }
        }
        let update = Update::builder()
            .table_name(&self.table)
            .set_key(Some(
                keys::package(&entry.business, holder, package).attributes(),
            ))
            .update_expression(format!("SET {}", sets.join(", ")))
            .condition_expression(expression.conditions.join(" AND "))
            .set_expression_attribute_names(Some(expression.names))
            .set_expression_attribute_values(Some(expression.values))
            .return_values_on_condition_check_failure(OnFailure::AllOld)
            .build()
            .map_err(Fault::broken)?;
        Ok(TransactWriteItem::builder().update(update).build())
    }
}

/// A condition with the names and values it uses.
#[derive(Debug, Default)]
struct Expression {
    conditions: Vec<String>,
    names: HashMap<String, String>,
    values: Item,
}

impl Expression {
    fn when(&mut self, condition: &str, name: &str, attribute: &str) {
        self.conditions.push(condition.to_owned());
        self.name(name, attribute);
    }

    fn name(&mut self, name: &str, attribute: &str) {
        self.names.insert(name.to_owned(), attribute.to_owned());
    }

    fn value(&mut self, name: &str, value: AttributeValue) {
        self.values.insert(name.to_owned(), value);
    }
}

/// What an account of a pool needs and gets over all lines.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Flow {
    /// The change at the end.
    net: i128,
    /// What must be there at the beginning for no line to overdraw it.
    needed: i128,
}

fn flows(lines: &[&Line]) -> BTreeMap<(usize, &'static str), Flow> {
    let mut flows = BTreeMap::<(usize, &'static str), Flow>::new();
    for line in lines {
        let units = i128::from(line.units);
        match line.from {
            Some(from) => {
                let flow = flows.entry((line.pool, from.name())).or_default();
                flow.net -= units;
                flow.needed = flow.needed.max(-flow.net);
            }
            None => flows.entry((line.pool, "granted")).or_default().net += units,
        }
        flows.entry((line.pool, line.to.name())).or_default().net += units;
    }
    flows
}

/// The lines of each package that exists already.
fn moved(decision: &Decision) -> BTreeMap<PackageId, Vec<&Line>> {
    let new = |id: PackageId| {
        decision
            .puts
            .iter()
            .any(|put| matches!(put, Put::Package(package) if package.id == id))
    };
    let mut moved = BTreeMap::<PackageId, Vec<&Line>>::new();
    for line in decision
        .entry
        .lines
        .iter()
        .filter(|line| !new(line.package))
    {
        moved.entry(line.package).or_default().push(line);
    }
    moved
}

/// Why a transaction was cancelled. A taken key comes first: then the rest is of no matter.
fn outcome(
    parts: &[Part],
    reasons: &[CancellationReason],
    cause: String,
) -> Result<Committed, Fault> {
    let mut changed = Vec::new();
    let mut stale = false;
    for (part, reason) in parts.iter().zip(reasons) {
        match (reason.code.as_deref(), part) {
            (Some("None") | None, _) => {}
            (Some("ConditionalCheckFailed"), Part::Entry) => {
                let item = reason
                    .item
                    .clone()
                    .ok_or_else(|| Fault::broken("a taken key without an item"))?;
                return Ok(Committed::Taken(Box::new(read(item)?)));
            }
            (Some("ConditionalCheckFailed"), Part::Package) => match reason.item.clone() {
                Some(item) => changed.push(read(item)?),
                None => stale = true,
            },
            (Some("ConditionalCheckFailed"), Part::Other) => stale = true,
            (Some("ValidationError" | "ItemCollectionSizeLimitExceeded"), _) => {
                return Err(Fault::Broken { cause });
            }
            // TransactionConflict, ThrottlingError, ProvisionedThroughputExceeded
            (Some(_), _) => return Ok(Committed::Contended { cause }),
        }
    }
    Ok(match (stale, changed.is_empty()) {
        (true, _) => Committed::Stale,
        (false, false) => Committed::Changed(changed),
        (false, true) => Committed::Contended { cause },
    })
}

fn number(value: u64) -> AttributeValue {
    AttributeValue::N(value.to_string())
}

fn millis(at: domain::Instant) -> AttributeValue {
    AttributeValue::N(at.timestamp_millis().to_string())
}
