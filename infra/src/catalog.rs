//! Settings, services and templates.

use domain::catalog::{Service, Template};
use domain::journal::Entry;
use domain::settings::Settings;
use domain::{BusinessId, EntryKey, ServiceId, TemplateId};
use serde::Deserialize;

use crate::customers::Found;
use crate::keys::{self, Key};
use crate::store::{Range, read};
use crate::{Consistency, Cursor, Fault, Page, PageRequest, Store};

/// What saving a template looks at.
#[derive(Debug, Clone)]
pub struct Drafted {
    /// The template; none if there is no such template.
    pub template: Option<Template>,
    /// The services its draft names, as far as they exist.
    pub services: Vec<Service>,
    /// The entry that put the version in question.
    pub entry: Option<Entry>,
}

impl Store {
    /// The settings of a business; none before they are first put.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn settings(
        &self,
        business: &BusinessId,
        consistency: Consistency,
    ) -> Result<Option<Settings>, Fault> {
        self.get(&keys::settings(business), consistency)
            .await?
            .map(read)
            .transpose()
    }

    /// The settings, and the entry that put `version` of them.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn settings_and_entry(
        &self,
        business: &BusinessId,
        version: u64,
        consistency: Consistency,
    ) -> Result<(Option<Settings>, Option<Entry>), Fault> {
        let entry = EntryKey::Settings(version);
        self.versioned(business, keys::settings(business), entry, consistency)
            .await
    }

    /// A service.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn service(
        &self,
        business: &BusinessId,
        id: ServiceId,
        consistency: Consistency,
    ) -> Result<Option<Service>, Fault> {
        self.get(&keys::service(business, id), consistency)
            .await?
            .map(read)
            .transpose()
    }

    /// A service, and the entry that put `version` of it.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn service_and_entry(
        &self,
        business: &BusinessId,
        id: ServiceId,
        version: u64,
        consistency: Consistency,
    ) -> Result<(Option<Service>, Option<Entry>), Fault> {
        let entry = EntryKey::Service(id, version);
        self.versioned(business, keys::service(business, id), entry, consistency)
            .await
    }

    pub(crate) async fn versioned<T: for<'a> Deserialize<'a>>(
        &self,
        business: &BusinessId,
        record: Key,
        entry: EntryKey,
        consistency: Consistency,
    ) -> Result<(Option<T>, Option<Entry>), Fault> {
        let entry = keys::entry(business, &entry);
        let wanted = [record, entry];
        let mut found = Found(self.batch_get(&wanted, consistency).await?);
        let [record, entry] = wanted;
        Ok((found.take(&record)?, found.take(&entry)?))
    }

    /// A template.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn template(
        &self,
        business: &BusinessId,
        id: TemplateId,
        consistency: Consistency,
    ) -> Result<Option<Template>, Fault> {
        self.get(&keys::template(business, id), consistency)
            .await?
            .map(read)
            .transpose()
    }

    /// A template, the services that a draft of it names, and the entry that put `version` of it.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn drafted(
        &self,
        business: &BusinessId,
        id: TemplateId,
        version: u64,
        services: &[ServiceId],
        consistency: Consistency,
    ) -> Result<Drafted, Fault> {
        let key = keys::template(business, id);
        let entry = keys::entry(business, &EntryKey::Template(id, version));
        let services: Vec<Key> = services
            .iter()
            .map(|id| keys::service(business, *id))
            .collect();
        let mut wanted = vec![key.clone(), entry.clone()];
        wanted.extend(services.iter().cloned());
        let mut found = Found(self.batch_get(&wanted, consistency).await?);
        Ok(Drafted {
            template: found.take(&key)?,
            entry: found.take(&entry)?,
            services: take_all(&mut found, &services)?,
        })
    }

    /// A page of the services, in order of id.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn services(
        &self,
        business: &BusinessId,
        page: &PageRequest,
    ) -> Result<Page<Service>, Fault> {
        self.list(&keys::services(business), page).await
    }

    /// A page of the templates, in order of id.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn templates(
        &self,
        business: &BusinessId,
        page: &PageRequest,
    ) -> Result<Page<Template>, Fault> {
        self.list(&keys::templates(business), page).await
    }

    /// Every template, archived ones too.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn all_templates(
        &self,
        business: &BusinessId,
        consistency: Consistency,
    ) -> Result<Vec<Template>, Fault> {
        let items = self
            .query_all(&keys::templates(business), consistency)
            .await?;
        items.into_iter().map(read).collect()
    }

    /// A page of the templates that customers can buy themselves, in order of id.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn online_templates(
        &self,
        business: &BusinessId,
        page: &PageRequest,
    ) -> Result<Page<Template>, Fault> {
        let limit = usize::from(page.limit);
        let (mut items, mut after) = (Vec::new(), page.after.clone());
        loop {
            let part = PageRequest { after, limit: 100 };
            let part = self.templates(business, &part).await?;
            let online = |template: &Template| template.terms.extras.online && !template.archived;
            items.extend(part.items.into_iter().filter(online));
            after = part.next;
            // One more shows whether there is more.
            if items.len() > limit || after.is_none() {
                break;
            }
        }
        let more = items.len() > limit;
        items.truncate(limit);
        let last = items.last().filter(|_| more);
        let next = last.map(|template| Cursor::after(template.id.to_string()));
        Ok(Page { items, next })
    }

    pub(crate) async fn list<T: for<'a> Deserialize<'a>>(
        &self,
        partition: &str,
        page: &PageRequest,
    ) -> Result<Page<T>, Fault> {
        let range = Range {
            from: page
                .after
                .as_ref()
                .map(|after| format!("{} ", after.sort_key())),
            to: None,
            descending: false,
            limit: Some(page.limit + 1),
        };
        let (mut items, goes_on) = self.query_page(None, partition, &range).await?;
        let more = goes_on || items.len() > usize::from(page.limit);
        items.truncate(page.limit.into());
        let last = items.last().and_then(Key::of).filter(|_| more);
        Ok(Page {
            next: last.map(|key| Cursor::after(key.sk)),
            items: items.into_iter().map(read).collect::<Result<_, _>>()?,
        })
    }
}

/// The services found, in the order asked.
pub(crate) fn take_all(found: &mut Found, wanted: &[Key]) -> Result<Vec<Service>, Fault> {
    let taken = wanted.iter().map(|key| found.take(key));
    Ok(taken
        .collect::<Result<Vec<Option<Service>>, _>>()?
        .into_iter()
        .flatten()
        .collect())
}
