//! What taking over packages looks at: many lines at once, then one by one.

use std::collections::HashMap;

use domain::catalog::{Service, Template};
use domain::customers::Customer;
use domain::journal::Entry;
use domain::{BusinessId, CustomerId, Email, EntryKey, PackageId, TemplateId};

use crate::customers::{Found, Owner};
use crate::keys::{self, Key};
use crate::{Consistency, Fault, PageRequest, Store};

/// What importing one package looks at.
#[derive(Debug, Clone)]
pub struct ImportState {
    /// Who is to hold it.
    pub customer: Option<Customer>,
    /// The entry that made the package, if it was imported before.
    pub entry: Option<Entry>,
}

impl Store {
    /// What importing `package` for `customer` looks at, in one read.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn import_state(
        &self,
        business: &BusinessId,
        customer: CustomerId,
        package: PackageId,
        consistency: Consistency,
    ) -> Result<ImportState, Fault> {
        let profile = keys::profile(business, customer);
        let entry = keys::entry(business, &EntryKey::Sale(package));
        let wanted = [profile, entry];
        let mut found = Found(self.batch_get(&wanted, consistency).await?);
        let [profile, entry] = wanted;
        Ok(ImportState {
            customer: found.take(&profile)?,
            entry: found.take(&entry)?,
        })
    }

    /// The entries that made these packages, of those that there are. May miss the last moments.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn entries_of_sales(
        &self,
        business: &BusinessId,
        packages: &[PackageId],
    ) -> Result<HashMap<PackageId, Entry>, Fault> {
        let key = |id: &PackageId| (*id, keys::entry(business, &EntryKey::Sale(*id)));
        self.by_key(packages.iter().map(key).collect()).await
    }

    /// Who has these e-mail addresses, of those that somebody has. May miss the last moments.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn holders_of_emails(
        &self,
        business: &BusinessId,
        emails: &[Email],
    ) -> Result<HashMap<Email, CustomerId>, Fault> {
        let key = |email: &Email| (email.clone(), keys::email(business, email));
        let owners: HashMap<Email, Owner> = self.by_key(emails.iter().map(key).collect()).await?;
        let owners = owners.into_iter();
        Ok(owners
            .map(|(email, owner)| (email, owner.customer))
            .collect())
    }

    /// These templates, of those that there are.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn templates_of(
        &self,
        business: &BusinessId,
        ids: &[TemplateId],
    ) -> Result<HashMap<TemplateId, Template>, Fault> {
        let key = |id: &TemplateId| (*id, keys::template(business, *id));
        self.by_key(ids.iter().map(key).collect()).await
    }

    /// Every service of the business, archived ones too.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn all_services(&self, business: &BusinessId) -> Result<Vec<Service>, Fault> {
        let mut services = Vec::new();
        let mut page = PageRequest {
            after: None,
            limit: 1000,
        };
        loop {
            let part = self.services(business, &page).await?;
            services.extend(part.items);
            match part.next {
                Some(next) => page.after = Some(next),
                None => return Ok(services),
            }
        }
    }

    /// The items of these keys, each under what it was asked by.
    async fn by_key<N, T>(&self, wanted: Vec<(N, Key)>) -> Result<HashMap<N, T>, Fault>
    where
        N: std::hash::Hash + Eq,
        T: for<'a> serde::Deserialize<'a>,
    {
        let keys: Vec<Key> = wanted.iter().map(|(_, key)| key.clone()).collect();
        let mut found = Found(self.batch_get(&keys, Consistency::Eventual).await?);
        let mut values = HashMap::new();
        for (name, key) in wanted {
            if let Some(value) = found.take(&key)? {
                values.insert(name, value);
            }
        }
        Ok(values)
    }
}
