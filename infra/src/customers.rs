//! Customers: the record, its look-ups by e-mail, account and name, and the packages beside it.

use domain::customers::Customer;
use domain::journal::Entry;
use domain::packages::{Package, Sale};
use domain::{ActorId, BusinessId, CustomerId, Email, EntryKey, PackageId, TemplateId};
use serde::{Deserialize, Serialize};

use crate::keys::{self, Key};
use crate::store::{Item, Range, read};
use crate::{Consistency, Cursor, Fault, Page, PageRequest, Store};

/// A customer and everything they hold: one partition, one Query.
#[derive(Debug, Clone)]
pub struct Member {
    /// The record; none if there is no such customer.
    pub customer: Option<Customer>,
    /// Every package, sold first first.
    pub packages: Vec<Package>,
}

/// Points from an e-mail address or an account to its customer.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Owner {
    pub(crate) customer: CustomerId,
}

/// What a sale looks at, and the entry of the same sale if it was made before.
#[derive(Debug, Clone)]
pub struct SaleState {
    /// What the decision needs.
    pub sale: Sale,
    /// The package's sale.
    pub sold: Option<Entry>,
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
    /// A customer and everything they hold.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn member(
        &self,
        business: &BusinessId,
        id: CustomerId,
        consistency: Consistency,
    ) -> Result<Member, Fault> {
        let mut member = Member {
            customer: None,
            packages: Vec::new(),
        };
        for item in self
            .query_all(&keys::customer(business, id), consistency)
            .await?
        {
            let sk = Key::of(&item).map(|key| key.sk).unwrap_or_default();
            if sk == keys::PROFILE {
                member.customer = Some(read(item)?);
            } else if sk.starts_with(keys::PACKAGE_PREFIX) {
                member.packages.push(read(item)?);
            }
        }
        member
            .packages
            .sort_by_key(|package: &Package| (package.sold_at, package.id));
        Ok(member)
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

    /// What selling `template` to `customer` as `package` looks at, in one read.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn sale(
        &self,
        business: &BusinessId,
        customer: CustomerId,
        template: TemplateId,
        package: PackageId,
        consistency: Consistency,
    ) -> Result<SaleState, Fault> {
        let settings = keys::settings(business);
        let profile = keys::profile(business, customer);
        let template = keys::template(business, template);
        let sold = keys::entry(business, &EntryKey::Sale(package));
        let wanted = [
            settings.clone(),
            profile.clone(),
            template.clone(),
            sold.clone(),
        ];
        let mut found = Found(self.batch_get(&wanted, consistency).await?);
        Ok(SaleState {
            sale: Sale {
                settings: found.take(&settings)?,
                customer: found.take(&profile)?,
                template: found.take(&template)?,
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
        let sale: Option<Entry> = self
            .get(&key, Consistency::Strong)
            .await?
            .map(read)
            .transpose()?;
        Ok(sale.and_then(|entry| entry.customer))
    }

    /// The customers one of whose names begins with `search`, those whose first name does first;
    /// without a search all of them, by name. Case and accents make no difference.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn customers_by_name(
        &self,
        business: &BusinessId,
        search: Option<&str>,
        page: &PageRequest,
    ) -> Result<Page<Customer>, Fault> {
        let search = folded(search.unwrap_or_default());
        let sections: &[u8] = if search.is_empty() { &[0] } else { &[0, 1] };
        let wanted = usize::from(page.limit) + 1;
        let mut hits: Vec<String> = Vec::new();
        for section in sections {
            let after = page.after.as_ref().map(Cursor::sort_key);
            let first = format!("{section}#{search}");
            // Every sort key of this section lies below: folded names hold no tilde.
            let last = format!("{first}~");
            let from = match after {
                Some(after) if after >= last.as_str() => continue,
                // A sort key that begins with another one goes on after its blank.
                Some(after) if after >= first.as_str() => format!("{after} "),
                Some(_) | None => first.clone(),
            };
            if hits.len() < wanted {
                let limit = u16::try_from(wanted - hits.len()).ok();
                let range = Range {
                    from: Some(from),
                    to: Some(last),
                    descending: false,
                    limit,
                };
                let items = self
                    .query_page(None, &keys::names(business), &range)
                    .await?;
                hits.extend(items.iter().filter_map(Key::of).map(|key| key.sk));
            }
        }
        let more = hits.len() == wanted;
        hits.truncate(page.limit.into());
        let next = hits.last().filter(|_| more).map(Cursor::after);
        let ids: Vec<CustomerId> = hits
            .iter()
            .filter_map(|sk| keys::customer_of_name(sk))
            .collect();
        let wanted: Vec<Key> = ids.iter().map(|id| keys::profile(business, *id)).collect();
        let mut found = Found(self.batch_get(&wanted, Consistency::Eventual).await?);
        let mut items: Vec<Customer> = Vec::new();
        for key in &wanted {
            // A name that occurs twice in one name ("Ana Anamaria") is one hit.
            items.extend(found.take::<Customer>(key)?);
        }
        Ok(Page { items, next })
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

/// A name as it is looked up: ASCII letters and digits in lower case, single blanks between words.
pub(crate) fn folded(name: &str) -> String {
    let plain = deunicode::deunicode(name).to_lowercase();
    let words = plain
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    let folded = words.collect::<Vec<_>>().join(" ");
    folded.chars().take(120).collect()
}

/// The look-ups of a customer's name: the whole, and from each later word on.
pub(crate) fn name_keys(business: &BusinessId, customer: &Customer) -> Vec<Key> {
    /// Nobody looks for a ninth name, and every look-up is an item of the transaction.
    const WORDS: usize = 8;
    let whole = folded(customer.details.name.as_str());
    let later = whole
        .match_indices(' ')
        .map(|(index, _)| &whole[index + 1..])
        .take(WORDS - 1);
    let mut keys = vec![keys::name(business, 0, &whole, customer.id)];
    keys.extend(later.map(|words| keys::name(business, 1, words, customer.id)));
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_without_case_and_accents() {
        for (name, as_looked_up) in [
            ("Şükrü  ILGAZ", "sukru ilgaz"),
            ("Ioana-Maria Țîrlea", "ioana maria tirlea"),
            ("İrem Yıldız", "irem yildiz"),
            ("…", ""),
        ] {
            assert_eq!(folded(name).trim(), as_looked_up, "{name}");
        }
    }
}
