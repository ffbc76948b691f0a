//! What collecting by direct debit looks at.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use aws_sdk_dynamodb::types::AttributeValue;
use chrono::NaiveDate;
use domain::customers::{Customer, MandateRecord};
use domain::journal::Entry;
use domain::packages::{Package, PlannedPackage, Stage, Standing};
use domain::sepa::MessageId;
use domain::settings::{CreditorRecord, Settings};
use domain::{BusinessId, CustomerId, EntryKey, PackageId};

use crate::customers::Found;
use crate::keys::{self, Key};
use crate::store::{Item, Range, read};
use crate::table::DUE;
use crate::{Consistency, Fault, Store};

/// A customer, and their mandate.
#[derive(Debug, Clone)]
pub struct MandateState {
    /// The customer; none if there is no such customer.
    pub customer: Option<Customer>,
    /// The mandate's record; none if there never was one.
    pub record: Option<MandateRecord>,
}

/// What beginning a collection looks at.
#[derive(Debug, Clone)]
pub struct CollectionState {
    /// The business's settings.
    pub settings: Option<Settings>,
    /// The account that is collected to.
    pub creditor: Option<CreditorRecord>,
    /// The collection's plan, if it was begun before.
    pub plan: Option<Entry>,
}

/// What collecting from one package looks at.
#[derive(Debug, Clone)]
pub struct CollectState {
    /// The business's settings.
    pub settings: Option<Settings>,
    /// The package.
    pub package: Option<Package>,
    /// Its holder's mandate.
    pub mandate: Option<MandateRecord>,
    /// The entry of this collection, if the package was collected from before.
    pub entry: Option<Entry>,
}

/// The attributes that list a package among those with an instalment to collect; none unless it has
/// one and is sold.
pub(crate) fn due_attributes(business: &BusinessId, id: PackageId, standing: &Standing) -> Item {
    let day = standing.debit.as_ref().and_then(|debit| debit.next_due_on);
    match (standing.stage, day) {
        (Stage::Pending | Stage::Active, Some(day)) => Item::from([
            (
                DUE.partition.to_owned(),
                AttributeValue::S(keys::due_list(business)),
            ),
            (
                DUE.sort.to_owned(),
                AttributeValue::S(keys::due_on(day, id)),
            ),
        ]),
        (Stage::Pending | Stage::Active, None)
        | (
            Stage::Offered | Stage::Declined | Stage::Voided | Stage::Refunded | Stage::Transferred,
            _,
        ) => Item::new(),
    }
}

impl Store {
    /// A customer and their mandate.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn mandate(
        &self,
        business: &BusinessId,
        customer: CustomerId,
        consistency: Consistency,
    ) -> Result<MandateState, Fault> {
        let profile = keys::profile(business, customer);
        let mandate = keys::mandate(business, customer);
        let wanted = [profile.clone(), mandate.clone()];
        let mut found = Found(self.batch_get(&wanted, consistency).await?);
        Ok(MandateState {
            customer: found.take(&profile)?,
            record: found.take(&mandate)?,
        })
    }

    /// The account that direct debits go to, and the entry that put `version` of it.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn creditor_and_entry(
        &self,
        business: &BusinessId,
        version: u64,
        consistency: Consistency,
    ) -> Result<(Option<CreditorRecord>, Option<Entry>), Fault> {
        let entry = EntryKey::Creditor(version);
        self.versioned(business, keys::creditor(business), entry, consistency)
            .await
    }

    /// The account that direct debits go to; none before it is first put.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn creditor(
        &self,
        business: &BusinessId,
        consistency: Consistency,
    ) -> Result<Option<CreditorRecord>, Fault> {
        let creditor = self.get(&keys::creditor(business), consistency).await?;
        creditor.map(read).transpose()
    }

    /// What beginning the collection `id` looks at.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn collection(
        &self,
        business: &BusinessId,
        id: &MessageId,
        consistency: Consistency,
    ) -> Result<CollectionState, Fault> {
        let settings = keys::settings(business);
        let creditor = keys::creditor(business);
        let plan = keys::entry(business, &EntryKey::Collection(id.clone()));
        let wanted = [settings.clone(), creditor.clone(), plan.clone()];
        let mut found = Found(self.batch_get(&wanted, consistency).await?);
        Ok(CollectionState {
            settings: found.take(&settings)?,
            creditor: found.take(&creditor)?,
            plan: found.take(&plan)?,
        })
    }

    /// The packages that have an instalment to collect which is due on or before `day`, the oldest
    /// first.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn due_packages(
        &self,
        business: &BusinessId,
        day: NaiveDate,
    ) -> Result<Vec<PlannedPackage>, Fault> {
        let partition = keys::due_list(business);
        let mut range = Range {
            from: None,
            to: Some(keys::after_due_on(day)),
            descending: false,
            limit: None,
        };
        let mut packages = Vec::new();
        loop {
            let (items, goes_on) = self.query_page(Some(DUE), &partition, &range).await?;
            let last = items.last().and_then(|item| item.get(DUE.sort));
            let last = last.and_then(|sort| sort.as_s().ok());
            range.from = last.map(|sort| format!("{sort} ")).or(range.from);
            for item in &items {
                let key = Key::of(item);
                let found = key.as_ref().and_then(keys::package_of);
                let (customer, package) =
                    found.ok_or_else(|| Fault::broken("an index entry of no package"))?;
                packages.push(PlannedPackage { customer, package });
            }
            if !goes_on {
                return Ok(packages);
            }
        }
    }

    /// These packages as they are now, with their holders' mandates, in the same order.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn packages_and_mandates(
        &self,
        business: &BusinessId,
        planned: &[PlannedPackage],
    ) -> Result<Vec<(Package, Option<MandateRecord>)>, Fault> {
        let wanted = planned
            .iter()
            .map(|p| keys::package(business, p.customer, p.package));
        let wanted: Vec<Key> = wanted.collect();
        let (mandates, items) = tokio::try_join!(
            self.mandates(business, planned),
            self.batch_get(&wanted, Consistency::Strong)
        )?;
        let packages = items.into_iter().map(read::<Package>);
        let packages: Vec<Package> = packages.collect::<Result<_, _>>()?;
        let mut packages: BTreeMap<PackageId, Package> = packages
            .into_iter()
            .map(|package| (package.id, package))
            .collect();
        let found = planned.iter().filter_map(|planned| {
            let package = packages.remove(&planned.package)?;
            let mandate = mandates.get(&planned.customer).cloned();
            Some((package, mandate))
        });
        Ok(found.collect())
    }

    /// The mandates of the holders of these packages, as they are now.
    async fn mandates(
        &self,
        business: &BusinessId,
        planned: &[PlannedPackage],
    ) -> Result<BTreeMap<CustomerId, MandateRecord>, Fault> {
        let holders: BTreeSet<CustomerId> = planned.iter().map(|p| p.customer).collect();
        let wanted = holders
            .iter()
            .map(|holder| keys::mandate(business, *holder));
        let wanted: Vec<Key> = wanted.collect();
        let items = self.batch_get(&wanted, Consistency::Strong).await?;
        let items = items
            .into_iter()
            .filter_map(|item| Some((Key::of(&item)?, item)));
        let mut items: HashMap<Key, Item> = items.collect();
        let mut mandates = BTreeMap::new();
        for (holder, key) in holders.into_iter().zip(&wanted) {
            if let Some(item) = items.remove(key) {
                mandates.insert(holder, read(item)?);
            }
        }
        Ok(mandates)
    }

    /// What collecting from one package looks at; `key` is where its entry goes.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn collect_state(
        &self,
        business: &BusinessId,
        planned: PlannedPackage,
        key: &EntryKey,
        consistency: Consistency,
    ) -> Result<CollectState, Fault> {
        let settings = keys::settings(business);
        let package = keys::package(business, planned.customer, planned.package);
        let mandate = keys::mandate(business, planned.customer);
        let entry = keys::entry(business, key);
        let wanted = [
            settings.clone(),
            package.clone(),
            mandate.clone(),
            entry.clone(),
        ];
        let mut found = Found(self.batch_get(&wanted, consistency).await?);
        Ok(CollectState {
            settings: found.take(&settings)?,
            package: found.take(&package)?,
            mandate: found.take(&mandate)?,
            entry: found.take(&entry)?,
        })
    }
}
