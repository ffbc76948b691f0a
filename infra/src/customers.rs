//! Customers: the record, its look-ups by e-mail, account and name, and the packages beside it.

use domain::customers::Customer;
use domain::journal::Entry;
use domain::packages::Package;
use domain::{ActorId, BusinessId, CustomerId, Email, EntryKey, PackageId};
use serde::{Deserialize, Serialize};

use crate::keys::{self, Key};
use crate::store::{Item, read};
use crate::{Consistency, Fault, Store};

/// A customer and everything they hold: one partition, one Query.
#[derive(Debug, Clone)]
pub struct Member {
    /// The record; none if there is no such customer.
    pub customer: Option<Customer>,
    /// Every package, sold first first.
    pub packages: Vec<Package>,
    /// Packages of others who share them with this customer, sold first first.
    pub shared: Vec<Package>,
}

/// Points a member to a package that another customer shares with them.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct SharedPackage {
    pub(crate) package: PackageId,
    pub(crate) holder: CustomerId,
}

impl Member {
    /// Nobody.
    pub(crate) fn nobody() -> Self {
        Self {
            customer: None,
            packages: Vec::new(),
            shared: Vec::new(),
        }
    }

    /// Everything they may redeem from: first what they hold, then what is shared with them.
    pub fn all_packages(self) -> Vec<Package> {
        let mut all = self.packages;
        all.extend(self.shared);
        all
    }
}

/// Points from an e-mail address or an account to its customer.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Owner {
    pub(crate) customer: CustomerId,
}

/// What creating or editing a customer looks at.
#[derive(Debug, Clone)]
pub struct Identity {
    /// The record; none if there is no such customer.
    pub customer: Option<Customer>,
    /// Who has the e-mail address in question.
    pub holder: Option<CustomerId>,
    /// The entry that put the record's version in question.
    pub entry: Option<Entry>,
}

impl Store {
    /// A customer, everything they hold and everything that is shared with them: one round trip, and
    /// a second one where something is.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn member(
        &self,
        business: &BusinessId,
        id: CustomerId,
        consistency: Consistency,
    ) -> Result<Member, Fault> {
        let mut member = Member::nobody();
        let mut shared = Vec::new();
        for item in self
            .query_all(&keys::customer(business, id), consistency)
            .await?
        {
            let sk = Key::of(&item).map(|key| key.sk).unwrap_or_default();
            if sk == keys::PROFILE {
                member.customer = Some(read(item)?);
            } else if sk.starts_with(keys::PACKAGE_PREFIX) {
                member.packages.push(read(item)?);
            } else if sk.starts_with(keys::SHARED_PREFIX) {
                let SharedPackage { package, holder } = read(item)?;
                shared.push((holder, package));
            }
        }
        member.shared = self.packages_of(business, &shared, consistency).await?;
        let by_sale = |package: &Package| (package.agreed_at(), package.id);
        member.packages.sort_by_key(by_sale);
        member.shared.sort_by_key(by_sale);
        Ok(member)
    }

    /// The packages of these holders, as far as there are such; without any asked for, no request.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub(crate) async fn packages_of(
        &self,
        business: &BusinessId,
        packages: &[(CustomerId, PackageId)],
        consistency: Consistency,
    ) -> Result<Vec<Package>, Fault> {
        let key = |(holder, id): &(CustomerId, PackageId)| keys::package(business, *holder, *id);
        let wanted: Vec<Key> = packages.iter().map(key).collect();
        let found = self.batch_get(&wanted, consistency).await?;
        found.into_iter().map(read).collect()
    }

    /// The record of a customer.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn customer(
        &self,
        business: &BusinessId,
        id: CustomerId,
        consistency: Consistency,
    ) -> Result<Option<Customer>, Fault> {
        self.get(&keys::profile(business, id), consistency)
            .await?
            .map(read)
            .transpose()
    }

    /// Which customer has this e-mail address.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn holder_of_email(
        &self,
        business: &BusinessId,
        email: &Email,
        consistency: Consistency,
    ) -> Result<Option<CustomerId>, Fault> {
        self.owner(&keys::email(business, email), consistency).await
    }

    /// Which customer this account is.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn customer_of_account(
        &self,
        business: &BusinessId,
        account: &ActorId,
        consistency: Consistency,
    ) -> Result<Option<CustomerId>, Fault> {
        self.owner(&keys::account(business, account), consistency)
            .await
    }

    async fn owner(
        &self,
        key: &Key,
        consistency: Consistency,
    ) -> Result<Option<CustomerId>, Fault> {
        let owner: Option<Owner> = self.get(key, consistency).await?.map(read).transpose()?;
        Ok(owner.map(|owner| owner.customer))
    }

    /// What creating or editing the customer `id` looks at, side by side: the record, who has
    /// `email`, and the entry of `version`.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn identity(
        &self,
        business: &BusinessId,
        id: CustomerId,
        email: Option<&Email>,
        version: u64,
        consistency: Consistency,
    ) -> Result<Identity, Fault> {
        let profile = keys::profile(business, id);
        let address = email.map(|email| keys::email(business, email));
        let entry = keys::entry(business, &EntryKey::Customer(id, version));
        let wanted: Vec<Key> = [Some(profile.clone()), address.clone(), Some(entry.clone())]
            .into_iter()
            .flatten()
            .collect();
        let mut found = Found(self.batch_get(&wanted, consistency).await?);
        let holder: Option<Owner> = match address {
            Some(address) => found.take(&address)?,
            None => None,
        };
        Ok(Identity {
            customer: found.take(&profile)?,
            holder: holder.map(|owner| owner.customer),
            entry: found.take(&entry)?,
        })
    }
}

/// What a batch read found.
pub(crate) struct Found(pub(crate) Vec<Item>);

impl Found {
    /// Takes the item of this key out.
    pub(crate) fn take<T: for<'a> Deserialize<'a>>(
        &mut self,
        key: &Key,
    ) -> Result<Option<T>, Fault> {
        let position = self
            .0
            .iter()
            .position(|item| Key::of(item).as_ref() == Some(key));
        position
            .map(|index| read(self.0.swap_remove(index)))
            .transpose()
    }
}
