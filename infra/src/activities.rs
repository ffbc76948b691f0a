//! Activities: beside their opportunity and, while they are planned, in the list of whoever is to do
//! them (see [`to_do`]).

use domain::customers::Customer;
use domain::journal::Entry;
use domain::pipeline::{Activity, Company, Opportunity, Parties, Party};
use domain::{ActivityId, BusinessId, Fingerprint, OpportunityId};
use serde::{Deserialize, Serialize};

use crate::customers::Found;
use crate::keys::{self, Key};
use crate::store::{Item, Range, read, write};
use crate::{Consistency, Cursor, Fault, Page, PageRequest, Store, to_do};

/// What changing an activity looks at.
#[derive(Debug, Clone)]
pub struct ActivityState {
    /// The opportunity; none if there is no such one.
    pub opportunity: Option<Opportunity>,
    /// The activity; none if the opportunity has no such one.
    pub activity: Option<Activity>,
    /// The entry of its last change, where that may have been this very request.
    pub entry: Option<Entry>,
}

/// What entering an activity looks at.
#[derive(Debug, Clone)]
pub struct LoggingState {
    /// The opportunity; none if there is no such one.
    pub opportunity: Option<Opportunity>,
    /// The activity that the request's key entered before.
    pub activity: Option<Activity>,
    /// The entry of that.
    pub entry: Option<Entry>,
    /// Who may have to be linked.
    pub parties: Parties,
}

/// Points from an Idempotency-Key to what it entered.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Keyed {
    activity: ActivityId,
    entered_in: u64,
}

impl Keyed {
    pub(crate) fn of(activity: &Activity) -> Self {
        Self {
            activity: activity.id,
            entered_in: activity.entered_in,
        }
    }
}

/// The item of an activity: in its assignee's list while it is planned.
pub(crate) fn activity_item(business: &BusinessId, activity: &Activity) -> Result<Item, Fault> {
    let key = keys::activity(business, activity.opportunity, activity.id);
    let mut item = write(activity, &key)?;
    if activity.is_planned() {
        for (name, value) in to_do::listed(business, activity)? {
            item.insert(name.to_owned(), value);
        }
    }
    Ok(item)
}

impl Store {
    /// What changing an activity looks at: one round trip, and another one for the entry of its last
    /// change where it is not planned any more, or changed after `seen`.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn activity_state(
        &self,
        business: &BusinessId,
        (opportunity, activity): (OpportunityId, ActivityId),
        seen: Option<u64>,
        consistency: Consistency,
    ) -> Result<ActivityState, Fault> {
        let record = keys::opportunity(business, opportunity);
        let key = keys::activity(business, opportunity, activity);
        let wanted = [record.clone(), key.clone()];
        let mut found = Found(self.batch_get(&wanted, consistency).await?);
        let activity: Option<Activity> = found.take(&key)?;
        let changed = activity.as_ref().filter(|activity| {
            !activity.is_planned() || seen.is_some_and(|seen| activity.version > seen)
        });
        let entry = match changed {
            Some(activity) => {
                let key = keys::opportunity_entry(business, opportunity, activity.changed_in);
                self.get(&key, consistency).await?.map(read).transpose()?
            }
            None => None,
        };
        Ok(ActivityState {
            opportunity: found.take(&record)?,
            activity,
            entry,
        })
    }

    /// What entering an activity looks at: one round trip, and another one where `key` entered one
    /// before. `parties` are those who may have to be linked.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn logging_state(
        &self,
        business: &BusinessId,
        opportunity: OpportunityId,
        key: Option<&Fingerprint>,
        parties: &[Party],
        consistency: Consistency,
    ) -> Result<LoggingState, Fault> {
        let record = keys::opportunity(business, opportunity);
        let pointer = key.map(|key| keys::activity_key(business, opportunity, key));
        let others = parties.iter().map(|party| match party {
            Party::CustomerId(id) => keys::profile(business, *id),
            Party::CompanyId(id) => keys::company(business, *id),
        });
        let mut wanted: Vec<Key> = others.collect();
        wanted.push(record.clone());
        wanted.extend(pointer.clone());
        let mut found = Found(self.batch_get(&wanted, consistency).await?);
        let keyed: Option<Keyed> = match &pointer {
            Some(pointer) => found.take(pointer)?,
            None => None,
        };
        let (activity, entry) = match keyed {
            Some(keyed) => {
                let activity = keys::activity(business, opportunity, keyed.activity);
                let entry = keys::opportunity_entry(business, opportunity, keyed.entered_in);
                let wanted = [activity.clone(), entry.clone()];
                let mut found = Found(self.batch_get(&wanted, consistency).await?);
                (found.take(&activity)?, found.take(&entry)?)
            }
            None => (None, None),
        };
        let mut there = Parties::default();
        for party in parties {
            match party {
                Party::CustomerId(id) => {
                    let found: Option<Customer> = found.take(&keys::profile(business, *id))?;
                    there.customers.extend(found);
                }
                Party::CompanyId(id) => {
                    let found: Option<Company> = found.take(&keys::company(business, *id))?;
                    there.companies.extend(found);
                }
            }
        }
        Ok(LoggingState {
            opportunity: found.take(&record)?,
            activity,
            entry,
            parties: there,
        })
    }

    /// A page of the activities of an opportunity, the one entered last first.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn activities(
        &self,
        business: &BusinessId,
        opportunity: OpportunityId,
        page: &PageRequest,
    ) -> Result<Page<Activity>, Fault> {
        let after = page.after.as_ref().map(Cursor::sort_key);
        let sk = |id: &str| format!("{}{id}", keys::ACTIVITY_PREFIX);
        let range = Range {
            from: Some(sk("")),
            // Nothing that is an id holds a tilde.
            to: Some(sk(after.unwrap_or("~"))),
            descending: true,
            // One more shows whether there is more, one is the bound itself.
            limit: Some(page.limit + 2),
        };
        let partition = keys::of_opportunity(business, opportunity);
        let (items, goes_on) = self.query_page(None, &partition, &range).await?;
        let read = items.into_iter().map(read::<Activity>);
        let mut items: Vec<Activity> = read.collect::<Result<_, _>>()?;
        items.retain(|activity| after != Some(activity.id.to_string().as_str()));
        let more = goes_on || items.len() > usize::from(page.limit);
        items.truncate(page.limit.into());
        let next = items.last().filter(|_| more);
        let next = next.map(|activity| Cursor::after(activity.id.to_string()));
        Ok(Page { items, next })
    }
}
