//! Making the rows again from the journal, while the stream goes on.
//!
//! A new generation is begun first: from then on the stream adds to both. Then the journal is added
//! from its beginning; what the stream added meanwhile is marked, so that nothing is added twice.
//! At the end the new generation takes the place of the old one, in one write. Interrupted anywhere,
//! the same command goes on where it was.

use std::time::Duration;

use chrono_tz::Tz;
use domain::journal::Entry;
use domain::reports::{Replay, Step};
use domain::{BusinessId, EntryId, Instant};

use super::apply::Addition;
use super::row_keys::Mark;
use super::{Building, Projection};
use crate::store::{Range, read};
use crate::table::BY_BUSINESS;
use crate::{Consistency, Fault, Store, keys};

/// How many entries are added between two notes of how far it has come.
const STRIDE: u16 = 200;

/// How far a rebuild, or a verification, has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Entries of the journal that have been read.
    pub entries: u64,
    /// When the last of them was made.
    pub at: Instant,
}

impl Store {
    /// Makes the rows of a business again, and has reports read from the new ones. The new generation;
    /// none for a business without settings.
    ///
    /// The journal is added as far as `until`, a little after now, and after a `wait` that is long
    /// enough for all of that to show in its index, each entry with those that were committed with it.
    /// What is committed from now on, the stream adds.
    ///
    /// # Errors
    /// [`Fault`] when the database fails, or the journal contradicts itself.
    pub async fn rebuild_projections(
        &self,
        business: &BusinessId,
        until: Instant,
        wait: Duration,
        mut progress: impl FnMut(Progress),
    ) -> Result<Option<Projection>, Fault> {
        let Some(building) = self.begin_building(business).await? else {
            return Ok(None);
        };
        tokio::time::sleep(wait).await;
        let mut replay = Replay::default();
        let (mut entries, mut after) = (0, None);
        loop {
            let mut page = self.journal_after(business, after).await?;
            page.retain(|entry| entry.at <= until);
            let Some(last) = page.last() else { break };
            let (last, at) = (last.id, last.at);
            let mut additions = Vec::new();
            for entry in &page {
                let step = replay
                    .step(entry, building.time_zone)
                    .map_err(Fault::broken)?;
                if building.reached.is_none_or(|reached| entry.id > reached) {
                    additions.extend(additions_of(entry, step));
                }
            }
            let new = !additions.is_empty();
            self.add(business, building.generation, additions).await?;
            if new {
                self.note_reached(business, building.generation, last)
                    .await?;
            }
            after = Some(last);
            entries += page.len() as u64;
            progress(Progress { entries, at });
        }
        let switched = self.switch(business, building.generation).await?;
        // A report that is being read may still be of the old rows.
        tokio::time::sleep(wait).await;
        for generation in switched.replaced.clone() {
            self.delete_generation(business, generation).await?;
        }
        self.projection(business, Consistency::Strong).await
    }

    /// The building generation: the one that was being made, or a new one in the settings' zone.
    async fn begin_building(&self, business: &BusinessId) -> Result<Option<Building>, Fault> {
        let Some(mut projection) = self.projection_begun(business).await? else {
            return Ok(None);
        };
        loop {
            let settings = self.settings(business, Consistency::Strong).await?;
            let zone = settings.map_or(projection.time_zone, |settings| settings.time_zone());
            match &projection.building {
                // Begun in another zone: of no use.
                Some(building) if building.time_zone == zone => {
                    return Ok(Some(building.clone()));
                }
                Some(_) | None => {}
            }
            let mut next = projection.next();
            let abandoned = next.building.take().map(|building| building.generation);
            next.replaced.extend(abandoned);
            let known = next.replaced.iter().copied().chain([next.generation]);
            next.building = Some(Building {
                generation: known.max().unwrap_or_default() + 1,
                time_zone: zone,
                reached: None,
            });
            if self.put_projection(business, &next).await? {
                projection = next;
            } else {
                projection = self.reread(business).await?;
            }
        }
    }

    /// The next entries of the journal, oldest first.
    pub(super) async fn journal_after(
        &self,
        business: &BusinessId,
        after: Option<EntryId>,
    ) -> Result<Vec<Entry>, Fault> {
        let range = Range {
            from: after.map(|id| format!("{id} ")),
            to: None,
            descending: false,
            limit: Some(STRIDE),
        };
        let partition = keys::business(business);
        let (items, _) = self
            .query_page(Some(BY_BUSINESS), &partition, &range)
            .await?;
        items.into_iter().map(read).collect()
    }

    async fn note_reached(
        &self,
        business: &BusinessId,
        generation: u32,
        reached: EntryId,
    ) -> Result<(), Fault> {
        loop {
            let mut next = self.reread(business).await?.next();
            match &mut next.building {
                Some(building) if building.generation == generation => {
                    building.reached = Some(reached);
                }
                Some(_) | None => return Err(Fault::broken("another rebuild took over")),
            }
            if self.put_projection(business, &next).await? {
                return Ok(());
            }
        }
    }

    /// Has reports read from the generation that was being made.
    async fn switch(&self, business: &BusinessId, generation: u32) -> Result<Projection, Fault> {
        loop {
            let mut next = self.reread(business).await?.next();
            match next.building.take() {
                Some(building) if building.generation == generation => {
                    next.replaced.push(next.generation);
                    next.generation = building.generation;
                    next.time_zone = building.time_zone;
                }
                Some(_) | None => return Err(Fault::broken("another rebuild took over")),
            }
            if self.put_projection(business, &next).await? {
                return Ok(next);
            }
        }
    }

    pub(super) async fn reread(&self, business: &BusinessId) -> Result<Projection, Fault> {
        let found = self.projection(business, Consistency::Strong).await?;
        found.ok_or_else(|| Fault::broken("the projections' record is gone"))
    }
}

fn additions_of(entry: &Entry, step: Step) -> impl Iterator<Item = Addition> {
    let movements = Addition {
        marks: vec![Mark::Entry(entry.id)],
        postings: step.movements,
    };
    let endings = step.endings.into_iter().map(Addition::of);
    std::iter::once(movements).chain(endings)
}

/// Adds what the entries tell to `rows`, in the days of `zone`.
pub(super) fn folded(
    replay: &mut Replay,
    entries: &[Entry],
    zone: Tz,
    rows: &mut domain::reports::Rows,
) -> Result<(), Fault> {
    for entry in entries {
        let step = replay.step(entry, zone).map_err(Fault::broken)?;
        step.postings().for_each(|posting| rows.add(&posting));
    }
    Ok(())
}
