//! Reading the journal: by customer, by package, by business, newest first.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use domain::journal::{Entry, StandingChange, fold};
use domain::packages::Package;
use domain::{BusinessId, CustomerId, EntryId, Instant, PackageId};

use crate::keys;
use crate::store::{Range, read};
use crate::table::{BY_BUSINESS, BY_CUSTOMER, Index};
use crate::{Cursor, Fault, Page, PageRequest, Store};

/// How many pages one request reads at most.
const PAGES: usize = 20;

/// No filter.
const EVERY: Option<fn(&Entry) -> bool> = None;

/// What a customer held at an instant.
#[derive(Debug, Clone, Default)]
pub struct MemberAsOf {
    /// Every package, sold first first.
    pub packages: Vec<Package>,
    /// Packages of others who shared them with the customer, sold first first.
    pub shared: Vec<Package>,
}

impl Store {
    /// A page of a customer's journal, newest first.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn customer_journal(
        &self,
        business: &BusinessId,
        customer: CustomerId,
        page: &PageRequest,
    ) -> Result<Page<Entry>, Fault> {
        let partition = keys::customer(business, customer);
        self.journal(BY_CUSTOMER, &partition, (None, None), page, EVERY)
            .await
    }

    /// Everything in a customer's journal up to an instant, oldest first, page by page: for what needs
    /// the whole of it. Eventually consistent, as the index is.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn customer_entries(
        &self,
        business: &BusinessId,
        customer: CustomerId,
        until: Option<Instant>,
    ) -> Result<Vec<Entry>, Fault> {
        let partition = keys::customer(business, customer);
        // The id of an instant with no randomness is the first of that instant.
        let after = until.map(|at| at + TimeDelta::milliseconds(1));
        let mut range = Range {
            to: after.map(|at| EntryId::new(at, 0).to_string()),
            ..Range::default()
        };
        let mut entries: Vec<Entry> = Vec::new();
        loop {
            let (items, goes_on) = self
                .query_page(Some(BY_CUSTOMER), &partition, &range)
                .await?;
            let last = entries.last().map(|entry| entry.id);
            for item in items {
                let entry: Entry = read(item)?;
                // The bound is inclusive.
                if last != Some(entry.id) {
                    entries.push(entry);
                }
            }
            if !goes_on {
                return Ok(entries);
            }
            range.from = entries.last().map(|entry| entry.id.to_string());
        }
    }

    /// What a customer held and what was shared with them at `at`, folded from the journal.
    ///
    /// # Errors
    /// [`Fault::Unavailable`] while the journal's index has not caught up with the last moments, and
    /// when the database fails.
    pub async fn member_as_of(
        &self,
        business: &BusinessId,
        customer: CustomerId,
        at: Instant,
    ) -> Result<MemberAsOf, Fault> {
        let entries = self.customer_entries(business, customer, Some(at)).await?;
        let mut as_of = MemberAsOf::default();
        let mut sharers = BTreeSet::new();
        for entry in &entries {
            if let Some(made) = entry
                .fact
                .creates()
                .filter(|made| made.customer == customer)
            {
                as_of.packages.extend(folded(made.id, &entries)?);
            }
            let shared = |change: &&StandingChange| change.standing.members.contains(&customer);
            if entry.fact.package().is_some()
                && entry.standings.iter().any(|change| shared(&change))
            {
                sharers.extend(entry.customer);
            }
        }
        for holder in sharers {
            let entries = self.customer_entries(business, holder, Some(at)).await?;
            let made = entries.iter().filter_map(|entry| entry.fact.creates());
            for made in made.filter(|made| made.customer == holder) {
                let package = folded(made.id, &entries)?;
                let member = |package: &Package| package.standing.members.contains(&customer);
                as_of.shared.extend(package.filter(member));
            }
        }
        let by_sale = |package: &Package| (package.agreed_at(), package.id);
        as_of.packages.sort_by_key(by_sale);
        as_of.shared.sort_by_key(by_sale);
        Ok(as_of)
    }

    /// The next entries of a business's journal, oldest first: from an instant on, or after an entry.
    /// Eventually consistent, as the index is.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn journal_from(
        &self,
        business: &BusinessId,
        from: Option<Instant>,
        after: Option<EntryId>,
    ) -> Result<Vec<Entry>, Fault> {
        // Nothing sorts between an id and the same with a space.
        let next = after.map(|id| format!("{id} "));
        let range = Range {
            from: next.or(from.map(|at| EntryId::new(at, 0).to_string())),
            limit: Some(100),
            ..Range::default()
        };
        let partition = keys::business(business);
        let page = self.query_page(Some(BY_BUSINESS), &partition, &range);
        page.await?.0.into_iter().map(read).collect()
    }

    /// A page of a package's journal, newest first: the entries of its holder that touch it.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn package_journal(
        &self,
        business: &BusinessId,
        holder: CustomerId,
        package: PackageId,
        page: &PageRequest,
    ) -> Result<Page<Entry>, Fault> {
        let partition = keys::customer(business, holder);
        let touches = |entry: &Entry| entry.touches(package);
        self.journal(BY_CUSTOMER, &partition, (None, None), page, Some(touches))
            .await
    }

    /// A page of the business's journal, newest first, between two instants: from `since`, before
    /// `until`.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn business_journal(
        &self,
        business: &BusinessId,
        since: Option<Instant>,
        until: Option<Instant>,
        page: &PageRequest,
    ) -> Result<Page<Entry>, Fault> {
        let partition = keys::business(business);
        self.journal(BY_BUSINESS, &partition, (since, until), page, EVERY)
            .await
    }

    /// `wanted` of a filtered journal may be rare: it is looked for in large pages, and after
    /// [`PAGES`] of them the caller goes on.
    async fn journal(
        &self,
        index: Index,
        partition: &str,
        bounds: (Option<Instant>, Option<Instant>),
        page: &PageRequest,
        wanted: Option<impl Fn(&Entry) -> bool>,
    ) -> Result<Page<Entry>, Fault> {
        let (since, until) = bounds;
        let from = since.map(|at| EntryId::new(at, 0).to_string());
        let before = until.map(|at| EntryId::new(at, 0).to_string());
        let after = page
            .after
            .as_ref()
            .map(|cursor| cursor.sort_key().to_owned());
        // The bound is inclusive: what it names is left out below.
        let mut to = match (before, after) {
            (Some(before), Some(after)) => Some(before.min(after)),
            (before, after) => before.or(after),
        };
        let limit = usize::from(page.limit);
        // One more shows whether there is more, one is the bound itself.
        let read_limit = if wanted.is_some() {
            1000
        } else {
            page.limit + 2
        };
        let mut items: Vec<Entry> = Vec::new();
        if from.is_some() && to.is_some() && from > to {
            return Ok(Page { items, next: None });
        }
        for _ in 0..PAGES {
            let range = Range {
                from: from.clone(),
                to: to.clone(),
                descending: true,
                limit: Some(read_limit),
            };
            let (read_items, goes_on) = self.query_page(Some(index), partition, &range).await?;
            let entries = read_items.into_iter().map(read);
            let entries: Vec<Entry> = entries.collect::<Result<_, _>>()?;
            let bound = to.take();
            to = entries.last().map(|entry| entry.id.to_string());
            let new = entries
                .into_iter()
                .filter(|e| bound.as_deref() != Some(&e.id.to_string()));
            items.extend(new.filter(|entry| wanted.as_ref().is_none_or(|wanted| wanted(entry))));
            if items.len() > limit || !goes_on {
                let more = items.len() > limit;
                items.truncate(limit);
                let next = items
                    .last()
                    .filter(|_| more)
                    .map(|e| Cursor::after(e.id.to_string()));
                return Ok(Page { items, next });
            }
        }
        Ok(Page {
            items,
            next: to.map(Cursor::after),
        })
    }
}

/// A journal that does not add up is one whose index has not caught up.
fn folded(id: PackageId, entries: &[Entry]) -> Result<Option<Package>, Fault> {
    fold(id, entries).map_err(|refusal| Fault::Unavailable {
        cause: format!("folding {id}: {refusal}"),
    })
}
