//! The packages of a business, last sold first.

use std::collections::HashMap;

use domain::packages::Package;
use domain::{BusinessId, CustomerId, Instant, TemplateId};
use serde::Deserialize;

use crate::keys::{self, Key};
use crate::store::{Range, read};
use crate::table::BY_SALE;
use crate::{Consistency, Cursor, Fault, Page, PageRequest, Store};

/// How much of the index one request looks through for a template's packages.
const LOOKED_THROUGH: u16 = 500;

/// Which packages, by what the index or the customer's partition knows of them.
#[derive(Debug, Clone, Default)]
pub struct PackageFilter {
    /// Of this customer.
    pub customer: Option<CustomerId>,
    /// Made from this template.
    pub template: Option<TemplateId>,
    /// Sold, or offered, from this instant on.
    pub since: Option<Instant>,
    /// Before this instant.
    pub until: Option<Instant>,
}

/// A package in the index.
#[derive(Debug, Deserialize)]
struct Listed {
    sold: String,
    template: Option<TemplateId>,
}

impl Store {
    /// A page of the packages that `wanted` takes in too, last sold first. The business's are one
    /// Query of the index and one batch of what it found; a customer's are one Query. A page of the
    /// business's may hold less than its limit, and nothing, although the list goes on.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn packages(
        &self,
        business: &BusinessId,
        filter: &PackageFilter,
        wanted: impl Fn(&Package) -> bool,
        page: &PageRequest,
    ) -> Result<Page<Package>, Fault> {
        match filter.customer {
            Some(customer) => {
                self.packages_held(business, customer, filter, wanted, page)
                    .await
            }
            None => self.packages_sold(business, filter, wanted, page).await,
        }
    }

    async fn packages_held(
        &self,
        business: &BusinessId,
        customer: CustomerId,
        filter: &PackageFilter,
        wanted: impl Fn(&Package) -> bool,
        page: &PageRequest,
    ) -> Result<Page<Package>, Fault> {
        let member = self.member(business, customer, Consistency::Eventual);
        let packages = member.await?.packages.into_iter();
        let (from, before) = filter.bounds(page);
        let mut found: Vec<(String, Package)> = packages
            .map(|package| (keys::sold(package.agreed_at(), package.id), package))
            .filter(|(sold, package)| {
                let of_template = filter.takes(package.template);
                let after = from.as_ref().is_none_or(|from| from <= sold);
                let before = before.as_ref().is_none_or(|before| sold < before);
                of_template && after && before && wanted(package)
            })
            .collect();
        found.sort_by(|(one, _), (other, _)| other.cmp(one));
        let more = found.len() > usize::from(page.limit);
        found.truncate(page.limit.into());
        let last = found.last().filter(|_| more);
        Ok(Page {
            next: last.map(|(sold, _)| Cursor::after(sold)),
            items: found.into_iter().map(|(_, package)| package).collect(),
        })
    }

    async fn packages_sold(
        &self,
        business: &BusinessId,
        filter: &PackageFilter,
        wanted: impl Fn(&Package) -> bool,
        page: &PageRequest,
    ) -> Result<Page<Package>, Fault> {
        let (from, before) = filter.bounds(page);
        if from.is_some() && before.is_some() && from > before {
            let items = Vec::new();
            return Ok(Page { items, next: None });
        }
        let range = Range {
            from,
            to: before.clone(),
            descending: true,
            // One more shows whether there is more, one is the bound itself.
            limit: Some(match filter.template {
                Some(_) => LOOKED_THROUGH,
                None => page.limit + 2,
            }),
        };
        let partition = keys::business(business);
        let (items, goes_on) = self.query_page(Some(BY_SALE), &partition, &range).await?;
        let mut last = None;
        let mut listed: Vec<(String, Key)> = Vec::new();
        for item in items {
            let key = Key::of(&item).ok_or_else(|| Fault::broken("a package without a key"))?;
            let Listed { sold, template } = read(item)?;
            last = Some(sold.clone());
            if before.as_ref() != Some(&sold) && filter.takes(template) {
                listed.push((sold, key));
            }
        }
        let more = listed.len() > usize::from(page.limit);
        listed.truncate(page.limit.into());
        let next = match more {
            true => listed.last().map(|(sold, _)| sold.clone()),
            false => last.filter(|_| goes_on),
        };
        let keys: Vec<Key> = listed.into_iter().map(|(_, key)| key).collect();
        let found = self.batch_get(&keys, Consistency::Eventual).await?;
        let mut found: HashMap<Option<Key>, _> = found
            .into_iter()
            .map(|item| (Key::of(&item), item))
            .collect();
        let items = keys.into_iter().filter_map(|key| found.remove(&Some(key)));
        let packages: Vec<Package> = items.map(read).collect::<Result<_, _>>()?;
        Ok(Page {
            next: next.map(Cursor::after),
            items: packages.into_iter().filter(wanted).collect(),
        })
    }
}

impl PackageFilter {
    /// The sort keys from which and before which a page lies.
    fn bounds(&self, page: &PageRequest) -> (Option<String>, Option<String>) {
        let until = self.until.map(keys::sold_at);
        let after = page
            .after
            .as_ref()
            .map(|cursor| cursor.sort_key().to_owned());
        let before = match (until, after) {
            (Some(until), Some(after)) => Some(until.min(after)),
            (until, after) => until.or(after),
        };
        (self.since.map(keys::sold_at), before)
    }

    fn takes(&self, template: Option<TemplateId>) -> bool {
        self.template.is_none() || self.template == template
    }
}
