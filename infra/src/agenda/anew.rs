//! Making the agenda of a business anew when its settings say otherwise when things fall due: page by page,
//! and how far it has come is kept.

use domain::pipeline::Status;
use domain::settings::Settings;
use domain::{BusinessId, Instant};
use futures::{StreamExt as _, TryStreamExt as _, stream};
use serde::{Deserialize, Serialize};
use serde_dynamo::Item;

use super::rebuild::of_item;
use crate::keys::{self, Key};
use crate::single_writes::Where;
use crate::store::{Range, read, write};
use crate::table::{BY_SALE, PIPELINE, PK, SK};
use crate::{Consistency, Fault, Store};

/// How many records are looked at before it is kept how far it has come.
const PAGE: u16 = 100;
/// For how many records at once.
const SIDE_BY_SIDE: usize = 8;

/// An agenda that is to be made anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anew {
    /// Whose.
    pub business: BusinessId,
    /// The version of the settings that asks for it.
    version: u64,
    /// Which records come next.
    next: Next,
    /// After which of them, by the sort key of their index; none for the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    after: Option<String>,
}

/// Records whose agenda depends on the settings. That of activities does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Next {
    Packages,
    Opportunities,
}

impl Anew {
    /// The agenda that is to be made anew by what a record of the stream with these keys and images tells:
    /// by settings with another zone, or other days before an end or a renewal.
    ///
    /// # Errors
    /// [`Fault::Broken`] for settings that cannot be read.
    pub fn read(keys: &Item, old: &Item, new: &Item) -> Result<Option<Anew>, Fault> {
        let text = |name: &str| match keys.get(name) {
            Some(serde_dynamo::AttributeValue::S(text)) => Some(text.as_str()),
            Some(_) | None => None,
        };
        let business = text(PK).and_then(keys::business_of);
        let (Some(business), Some(keys::SETTINGS)) = (business, text(SK)) else {
            return Ok(None);
        };
        // Before the first settings there is nothing that could fall due.
        if old.is_empty() || new.is_empty() {
            return Ok(None);
        }
        let settings = |item: &Item| {
            serde_dynamo::from_item::<_, Settings>(item.clone())
                .map_err(|error| Fault::broken(format_args!("settings: {error}")))
        };
        let (old, new) = (settings(old)?, settings(new)?);
        let said = |settings: &Settings| {
            let lead_days = settings.renewals.as_ref().map(|it| it.lead_days);
            let expiring_days = settings.expiring_days.clone();
            (settings.time_zone(), expiring_days, lead_days)
        };
        let same = said(&old) == said(&new);
        Ok((!same).then_some(Anew {
            business,
            version: new.version,
            next: Next::Packages,
            after: None,
        }))
    }
}

impl Store {
    /// Has the agenda of a business made anew, from the beginning, unless later settings asked for it.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn ask_anew(&self, anew: &Anew) -> Result<(), Fault> {
        self.put_anew(anew, Where::NothingOrBefore(anew.version))
            .await
    }

    /// The agendas that are to be made anew.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn agendas_anew(&self) -> Result<Vec<Anew>, Fault> {
        let partition = keys::agendas_anew();
        let items = self.query_all(&partition, Consistency::Strong).await?;
        items.into_iter().map(read).collect()
    }

    /// Puts on the agenda what falls due of the next records, and keeps how far it has come; none when it
    /// is done. What is there already stays, so it may be done again from anywhere: what was told is found
    /// to be told. A record that cannot be read is left out, and named in the log.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn make_anew(
        &self,
        anew: &Anew,
        settings: &Settings,
        now: Instant,
    ) -> Result<Option<Anew>, Fault> {
        let business = &anew.business;
        let (index, partition, from, to) = match anew.next {
            Next::Packages => (BY_SALE, keys::business(business), None, None),
            // What is decided has nothing on the agenda.
            Next::Opportunities => {
                let (first, last) = (Status::Open, Status::Suspended);
                let (first, last) = (keys::listed_as(first), keys::listed_as(last));
                (
                    PIPELINE,
                    keys::pipeline(business),
                    Some(first),
                    Some(format!("{last}~")),
                )
            }
        };
        let after = anew.after.as_ref().map(|after| format!("{after} "));
        let range = Range {
            from: after.or(from),
            to,
            descending: false,
            limit: Some(PAGE),
        };
        let (listed, goes_on) = self.query_page(Some(index), &partition, &range).await?;
        let wanted: Vec<Key> = listed.iter().filter_map(Key::of).collect();
        let records = self.batch_get(&wanted, Consistency::Strong).await?;
        stream::iter(records)
            .map(|item| async move {
                let (business, record) = match of_item(item) {
                    Ok(Some(found)) => found,
                    Ok(None) => return Ok(()),
                    Err(fault) => {
                        tracing::error!(cause = fault.cause(), "left off the agenda");
                        return Ok(());
                    }
                };
                let (of, version, agenda) =
                    (record.of(), record.version(), record.agenda(settings));
                self.move_agenda((&business, of), (&[], &agenda), version, now)
                    .await
            })
            .buffer_unordered(SIDE_BY_SIDE)
            .try_collect::<()>()
            .await?;
        let last = listed.last().and_then(|item| item.get(index.sort));
        let last = last.and_then(|last| last.as_s().ok()).cloned();
        let next = match (goes_on, last, anew.next) {
            (true, Some(last), _) => Anew {
                after: Some(last),
                ..anew.clone()
            },
            (_, _, Next::Packages) => Anew {
                next: Next::Opportunities,
                after: None,
                ..anew.clone()
            },
            (_, _, Next::Opportunities) => {
                let key = keys::agenda_anew(business);
                self.delete_where(&key, Where::Version(anew.version))
                    .await?;
                return Ok(None);
            }
        };
        self.put_anew(&next, Where::Version(next.version)).await?;
        Ok(Some(next))
    }

    async fn put_anew(&self, anew: &Anew, place: Where) -> Result<(), Fault> {
        let item = write(anew, &keys::agenda_anew(&anew.business))?;
        self.put_where(item, place).await?;
        Ok(())
    }
}
