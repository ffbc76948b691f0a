//! What hangs on opportunities: their entries, activities and quotes.

use domain::journal::Entry;
use domain::pipeline::{Activity, Opportunity, Planned, Quote};
use domain::{BusinessId, CustomerId, OpportunityId};
use futures::future::try_join_all;
use serde::Deserialize;

use crate::keys::{self, Key};
use crate::store::{Range, read};
use crate::table::OF_CUSTOMER;
use crate::{Consistency, Cursor, Fault, OpportunityCard, Page, PageRequest, Store};

/// How many activities stand beside an opportunity in a list.
const LATEST: u16 = 3;

/// An opportunity in a list, with its activities.
#[derive(Debug, Clone)]
pub struct WithActivities {
    /// The opportunity.
    pub card: OpportunityCard,
    /// What is to be done first.
    pub next: Option<Planned>,
    /// The three that were entered last, the last one first.
    pub latest: Vec<Activity>,
}

/// An opportunity, and everything that hangs on it.
#[derive(Debug, Clone)]
pub struct HeldOpportunity {
    /// The opportunity.
    pub opportunity: Opportunity,
    /// Its activities, the first one first.
    pub activities: Vec<Activity>,
    /// Its quotes, in the order in which they were made.
    pub quotes: Vec<Quote>,
}

/// An item of the index.
#[derive(Debug, Deserialize)]
struct Listed {
    listed: String,
}

impl Store {
    /// A page of the entries of an opportunity, the newest first.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn opportunity_entries(
        &self,
        business: &BusinessId,
        id: OpportunityId,
        page: &PageRequest,
    ) -> Result<Page<Entry>, Fault> {
        let partition = keys::opportunity_entry(business, id, 1).pk;
        let after = page.after.as_ref().map(|after| after.sort_key().to_owned());
        let range = Range {
            to: after.clone(),
            descending: true,
            limit: Some(page.limit + 2),
            ..Range::default()
        };
        let (items, goes_on) = self.query_page(None, &partition, &range).await?;
        let mut places = Vec::new();
        for item in items {
            let place = Key::of(&item).map(|key| key.sk).unwrap_or_default();
            if Some(&place) != after.as_ref() {
                places.push((place, read::<Entry>(item)?));
            }
        }
        let more = goes_on || places.len() > usize::from(page.limit);
        places.truncate(page.limit.into());
        let next = places.last().filter(|_| more);
        let next = next.map(|(place, _)| Cursor::after(place.clone()));
        let items = places.into_iter().map(|(_, entry)| entry).collect();
        Ok(Page { items, next })
    }

    /// These opportunities with their next activity and their latest: each one Query, side by side.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn with_activities(
        &self,
        business: &BusinessId,
        cards: Vec<OpportunityCard>,
    ) -> Result<Vec<WithActivities>, Fault> {
        let latest = cards.iter().map(|card| self.latest(business, card.id));
        let found = try_join_all(latest).await?;
        let listed = cards.into_iter().zip(found);
        let listed = listed.map(|(card, (opportunity, latest))| WithActivities {
            card,
            next: opportunity.and_then(|found| found.next_activity()),
            latest,
        });
        Ok(listed.collect())
    }

    /// An opportunity and its latest activities: its record sorts after them.
    async fn latest(
        &self,
        business: &BusinessId,
        id: OpportunityId,
    ) -> Result<(Option<Opportunity>, Vec<Activity>), Fault> {
        let range = Range {
            descending: true,
            limit: Some(LATEST + 1),
            ..Range::default()
        };
        let partition = keys::of_opportunity(business, id);
        let (mut items, _) = self.query_page(None, &partition, &range).await?;
        let record = items.iter().position(|item| {
            let key = Key::of(item);
            key.is_some_and(|key| key.sk == keys::OPPORTUNITY)
        });
        let record = record.map(|index| read(items.remove(index))).transpose()?;
        let activities = items.into_iter().map(read);
        Ok((record, activities.collect::<Result<_, _>>()?))
    }

    /// The opportunities of a customer, in no order: as the index knows them.
    pub(crate) async fn opportunities_of(
        &self,
        business: &BusinessId,
        customer: CustomerId,
    ) -> Result<Vec<OpportunityId>, Fault> {
        let partition = keys::of_customer(business, customer);
        let mut range = Range::default();
        let mut ids = Vec::new();
        loop {
            let (items, goes_on) = self
                .query_page(Some(OF_CUSTOMER), &partition, &range)
                .await?;
            for item in items {
                let Listed { listed } = read(item)?;
                let (_, _, id) = keys::of_listed(&listed)
                    .ok_or_else(|| Fault::broken(format_args!("listed as {listed}")))?;
                ids.push(id);
                // What comes after it.
                range.from = Some(format!("{listed} "));
            }
            if !goes_on {
                return Ok(ids);
            }
        }
    }

    /// The opportunities of a customer with everything that hangs on them, the oldest first: a round
    /// trip, and two more where there are some.
    pub(crate) async fn held_opportunities(
        &self,
        business: &BusinessId,
        customer: CustomerId,
    ) -> Result<Vec<HeldOpportunity>, Fault> {
        let ids = self.opportunities_of(business, customer).await?;
        let held = ids.into_iter().map(|id| self.held(business, id));
        let held = try_join_all(held).await?;
        let mut held: Vec<HeldOpportunity> = held.into_iter().flatten().collect();
        held.sort_by_key(|held| (held.opportunity.position.opened_at, held.opportunity.id));
        Ok(held)
    }

    /// An opportunity with everything that hangs on it; none if there is no such one.
    pub(crate) async fn held(
        &self,
        business: &BusinessId,
        id: OpportunityId,
    ) -> Result<Option<HeldOpportunity>, Fault> {
        let partition = keys::of_opportunity(business, id);
        let mut opportunity: Option<Opportunity> = None;
        let mut activities = Vec::new();
        for item in self.query_all(&partition, Consistency::Strong).await? {
            let sk = Key::of(&item).map(|key| key.sk).unwrap_or_default();
            if sk == keys::OPPORTUNITY {
                opportunity = Some(read(item)?);
            } else if sk.starts_with(keys::ACTIVITY_PREFIX) {
                activities.push(read(item)?);
            }
        }
        let Some(opportunity) = opportunity else {
            return Ok(None);
        };
        let quotes = opportunity.quotes.iter();
        let wanted: Vec<Key> = quotes.map(|of| keys::quote(business, of.id)).collect();
        let found = self.batch_get(&wanted, Consistency::Strong).await?;
        let quotes = found.into_iter().map(read);
        let mut quotes: Vec<Quote> = quotes.collect::<Result<_, _>>()?;
        quotes.sort_by_key(|quote| (quote.created_at, quote.id));
        Ok(Some(HeldOpportunity {
            opportunity,
            activities,
            quotes,
        }))
    }
}
