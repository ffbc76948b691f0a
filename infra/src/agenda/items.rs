//! The items of the agenda, one for each thing that falls due.

use chrono::NaiveDate;
use domain::due::{Due, DueOf};
use domain::{BusinessId, Instant};
use futures::future::try_join_all;
use serde::{Deserialize, Serialize};

use crate::keys::{self, Key};
use crate::single_writes::Where;
use crate::store::{Item, Range, read, write};
use crate::{Fault, Store};

/// Something on the agenda.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnAgenda {
    /// The tenant.
    pub business: BusinessId,
    /// Whose agenda it is on.
    pub of: DueOf,
    /// What falls due, and when.
    pub due: Due,
    /// The version of the record that put it here.
    pub version: u64,
    /// The day in whose month it stands, in UTC: that of its time, or of when it was put here where that was
    /// later.
    pub day: NaiveDate,
    /// How often it was tried in vain.
    #[serde(default)]
    pub attempts: u32,
    /// Why the last attempt failed; none before one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What was found where things on the agenda stand.
#[derive(Debug)]
pub struct FoundDue {
    pub(super) key: Key,
    pub(super) item: Item,
    /// What it is, or why it cannot be read.
    pub due: Result<OnAgenda, Fault>,
}

impl OnAgenda {
    pub(super) fn key(&self) -> Key {
        keys::on_agenda(self.day, &self.business, self.of, self.due)
    }
}

/// The day in whose month something stands: what was due before now would never be looked for in its own.
pub(super) fn day_for(due: Due, now: Instant) -> NaiveDate {
    due.at.max(now).date_naive()
}

impl Store {
    /// Brings the agenda from `before` to `after`, as version `version` of the record moved it. Told again,
    /// or after what a later version moved, it takes nothing away that the later one put there.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn move_agenda(
        &self,
        (business, of): (&BusinessId, DueOf),
        (before, after): (&[Due], &[Due]),
        version: u64,
        now: Instant,
    ) -> Result<(), Fault> {
        let gone = before.iter().filter(|due| !after.contains(due));
        let gone = gone.map(|due| {
            let day = day_for(*due, now);
            let key = keys::on_agenda(day, business, of, *due);
            async move { self.delete_where(&key, Where::Before(version)).await }
        });
        let new = after.iter().filter(|due| !before.contains(due));
        let new = new.map(|due| self.put_on(business, of, *due, (version, now)));
        tokio::try_join!(try_join_all(gone), try_join_all(new))?;
        Ok(())
    }

    /// Puts something on the agenda, unless a later version of the record did.
    pub(super) async fn put_on(
        &self,
        business: &BusinessId,
        of: DueOf,
        due: Due,
        (version, now): (u64, Instant),
    ) -> Result<(), Fault> {
        let item = OnAgenda {
            business: business.clone(),
            of,
            due,
            version,
            day: day_for(due, now),
            attempts: 0,
            reason: None,
        };
        let item = write(&item, &item.key())?;
        self.put_where(item, Where::NothingOrBefore(version))
            .await?;
        Ok(())
    }

    /// Takes off the agenda what was done, unless it was put there again meanwhile.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn done_on_agenda(&self, item: &OnAgenda) -> Result<(), Fault> {
        self.delete_where(&item.key(), Where::Version(item.version))
            .await?;
        Ok(())
    }

    /// The next things on the agenda of the month of `day` that are due by `until`, in the order in which they
    /// fall due, after `after`. Of each part of the month as many are read, so that a month with nothing due
    /// costs the same however much is on the agenda of others, or later in it.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn next_on_agenda(
        &self,
        day: NaiveDate,
        after: Option<&FoundDue>,
        until: Instant,
    ) -> Result<Vec<FoundDue>, Fault> {
        let after = after.map(|found| found.key.sk.as_str());
        let shards = (0..keys::SHARDS).map(|shard| {
            let partition = keys::agenda(day, shard);
            let range = Range {
                // After it: no sort key of an item ends in a space.
                from: after.map(|after| format!("{after} ")),
                to: Some(keys::after_due_at(until)),
                descending: false,
                limit: Some(PAGE),
            };
            async move { self.query_page(None, &partition, &range).await }
        });
        let mut found: Vec<FoundDue> = Vec::new();
        // What lies behind the end of a page that goes on may come before what another page has.
        let mut complete: Option<String> = None;
        for (items, goes_on) in try_join_all(shards).await? {
            let items: Vec<FoundDue> = items.into_iter().filter_map(FoundDue::of).collect();
            if goes_on {
                let last = items.last().map(|found| found.key.sk.clone());
                complete = [complete, last].into_iter().flatten().min();
            }
            found.extend(items);
        }
        found.retain(|found| complete.as_ref().is_none_or(|end| found.key.sk <= *end));
        found.sort_by(|one, other| one.key.sk.cmp(&other.key.sk));
        Ok(found)
    }
}

impl FoundDue {
    pub(super) fn of(item: Item) -> Option<Self> {
        let key = Key::of(&item)?;
        let due = read(item.clone());
        Some(Self { key, item, due })
    }

    /// Which record it is of, as where it stands says it: the same for what is of the same.
    pub fn record(&self) -> &str {
        keys::due_of(&self.key.sk)
    }

    /// When it falls due, as far as that is part of where it stands: the same for what falls due at once.
    pub fn at(&self) -> &str {
        keys::due_at(&self.key.sk)
    }
}

/// How many of each part of a month are read at once.
const PAGE: u16 = 25;
