//! Packages by their id, and what selling and changing one looks at.

use domain::bookings::{HoldingBooking, holding};
use domain::customers::Customer;
use domain::journal::{Entry, fold};
use domain::packages::{Package, Sale};
use domain::settings::Settings;
use domain::{BusinessId, CustomerId, EntryKey, PackageId, ServiceId, TemplateId};

use crate::catalog::take_all;
use crate::customers::Found;
use crate::keys::{self, Key};
use crate::store::read;
use crate::{Consistency, Fault, Store};

/// What a sale looks at, and the entry of the same sale if it was made before.
#[derive(Debug, Clone)]
pub struct SaleState {
    /// What the decision needs.
    pub sale: Sale,
    /// The package's sale.
    pub sold: Option<Entry>,
}

/// What changing a package looks at.
#[derive(Debug, Clone)]
pub struct PackageState {
    /// The business's settings.
    pub settings: Option<Settings>,
    /// The package; none if there is no such package.
    pub package: Option<Package>,
    /// Who holds it.
    pub holder: Option<Customer>,
    /// The entry under the request's key, if the request was carried out before.
    pub entry: Option<Entry>,
    /// Other customers that were asked for, as far as there are such.
    pub customers: Vec<Customer>,
    /// Another entry that was asked for.
    pub earlier: Option<Entry>,
}

/// What changing a package looks at beside it.
#[derive(Debug, Clone, Default)]
pub struct Beside {
    /// Other customers: who receives units, who may redeem.
    pub customers: Vec<CustomerId>,
    /// An earlier entry: the quote that is carried out.
    pub entry: Option<EntryKey>,
}

impl Store {
    /// What selling to `customer` as `package` looks at, in one read: a template, or the services that
    /// other terms name.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn sale(
        &self,
        business: &BusinessId,
        customer: CustomerId,
        (template, services): (Option<TemplateId>, &[ServiceId]),
        package: PackageId,
        consistency: Consistency,
    ) -> Result<SaleState, Fault> {
        let settings = keys::settings(business);
        let profile = keys::profile(business, customer);
        let template = template.map(|id| keys::template(business, id));
        let services = services.iter().map(|id| keys::service(business, *id));
        let services: Vec<Key> = services.collect();
        let sold = keys::entry(business, &EntryKey::Sale(package));
        let mut wanted = vec![settings.clone(), profile.clone(), sold.clone()];
        wanted.extend(template.clone());
        wanted.extend(services.iter().cloned());
        let mut found = Found(self.batch_get(&wanted, consistency).await?);
        Ok(SaleState {
            sale: Sale {
                settings: found.take(&settings)?,
                customer: found.take(&profile)?,
                template: match template {
                    Some(template) => found.take(&template)?,
                    None => None,
                },
                services: take_all(&mut found, &services)?,
            },
            sold: found.take(&sold)?,
        })
    }

    /// A package by its id alone: its sale says whose it is.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn package(
        &self,
        business: &BusinessId,
        id: PackageId,
    ) -> Result<Option<Package>, Fault> {
        let Some(holder) = self.holder_of_package(business, id).await? else {
            return Ok(None);
        };
        let key = keys::package(business, holder, id);
        self.get(&key, Consistency::Strong)
            .await?
            .map(read)
            .transpose()
    }

    /// These packages of a business as they are now.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub(crate) async fn packages_again(
        &self,
        business: &BusinessId,
        packages: &[Package],
    ) -> Result<Vec<Package>, Fault> {
        let key = |package: &Package| keys::package(business, package.customer, package.id);
        let items = match packages {
            [one] => self
                .get(&key(one), Consistency::Strong)
                .await?
                .into_iter()
                .collect(),
            several => {
                let keys: Vec<Key> = several.iter().map(key).collect();
                self.batch_get(&keys, Consistency::Strong).await?
            }
        };
        items.into_iter().map(read).collect()
    }

    /// Whose package this is.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn holder_of_package(
        &self,
        business: &BusinessId,
        id: PackageId,
    ) -> Result<Option<CustomerId>, Fault> {
        let key = keys::entry(business, &EntryKey::Sale(id));
        let sale = self.get(&key, Consistency::Strong).await?;
        let sale: Option<Entry> = sale.map(read).transpose()?;
        Ok(sale.as_ref().and_then(holder_at_first))
    }

    /// What changing a package looks at: one round trip if the caller knows its holder, else two.
    /// `key` is where the request's entry goes, `beside` what else is needed.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn package_state(
        &self,
        business: &BusinessId,
        id: PackageId,
        holder: Option<CustomerId>,
        (key, beside): (&EntryKey, &Beside),
        consistency: Consistency,
    ) -> Result<PackageState, Fault> {
        let settings = keys::settings(business);
        let entry = keys::entry(business, key);
        let sale = keys::entry(business, &EntryKey::Sale(id));
        let earlier = beside.entry.as_ref().map(|key| keys::entry(business, key));
        let profile = |id: &CustomerId| keys::profile(business, *id);
        let mut wanted = vec![settings.clone(), entry.clone()];
        wanted.extend(earlier.clone());
        wanted.extend(beside.customers.iter().map(profile));
        match holder {
            Some(holder) => wanted.extend([
                keys::package(business, holder, id),
                keys::profile(business, holder),
            ]),
            None => wanted.push(sale.clone()),
        }
        let mut found = Found(self.batch_get(&wanted, consistency).await?);
        let mut state = PackageState {
            settings: found.take(&settings)?,
            package: None,
            holder: None,
            entry: found.take(&entry)?,
            customers: Vec::new(),
            earlier: match earlier {
                Some(earlier) => found.take(&earlier)?,
                None => None,
            },
        };
        for customer in &beside.customers {
            state.customers.extend(found.take(&profile(customer))?);
        }
        let holder = match holder {
            Some(holder) => holder,
            None => {
                // A transfer's own entry is the first of the package it makes: it was taken above.
                let sale: Option<Entry> = match (&state.entry, sale == entry) {
                    (Some(entry), true) => Some(entry.clone()),
                    (Some(_) | None, _) => found.take(&sale)?,
                };
                let Some(holder) = sale.as_ref().and_then(holder_at_first) else {
                    return Ok(state);
                };
                let wanted = [
                    keys::package(business, holder, id),
                    keys::profile(business, holder),
                ];
                found = Found(self.batch_get(&wanted, consistency).await?);
                holder
            }
        };
        state.package = found.take(&keys::package(business, holder, id))?;
        // The holder may be among the others: what was read once is there once.
        let of_holder = |customer: &&Customer| customer.id == holder;
        let among = state.customers.iter().find(of_holder).cloned();
        state.holder = found.take(&profile(&holder))?.or(among);
        Ok(state)
    }

    /// The package as `last`, an entry of its journal, left it: what a repeated request is answered.
    /// None while the journal's index has not caught up.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn package_after(
        &self,
        business: &BusinessId,
        holder: CustomerId,
        id: PackageId,
        last: &Entry,
    ) -> Result<Option<Package>, Fault> {
        let entries = self.customer_entries(business, holder, Some(last.at));
        let mut entries: Vec<Entry> = entries.await?;
        // Each change is later than the one before; what changes nothing, than all those that it knew of.
        entries.retain(|entry| entry.touches(id) && entry.at < last.at);
        entries.push(last.clone());
        Ok(fold(id, &entries).ok().flatten())
    }

    /// The bookings that hold units of the package after `last`, an entry of its journal; as far as the
    /// journal's index has caught up.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn bookings_holding(
        &self,
        business: &BusinessId,
        holder: CustomerId,
        id: PackageId,
        last: &Entry,
    ) -> Result<Vec<HoldingBooking>, Fault> {
        let entries = self.customer_entries(business, holder, Some(last.at));
        let mut entries: Vec<Entry> = entries.await?;
        entries.retain(|entry| entry.touches(id) && entry.id <= last.id);
        Ok(holding(id, &entries))
    }
}

/// Who held the package when it came to be, which is who holds it: what is transferred is another.
pub(crate) fn holder_at_first(entry: &Entry) -> Option<CustomerId> {
    entry.fact.creates().map(|package| package.customer)
}
