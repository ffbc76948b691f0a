//! Working off the agenda: month by month, in the order in which things fell due.

use std::collections::{BTreeMap, HashSet};

use chrono::{Datelike, Days, Months, NaiveDate};
use domain::due::DueOf;
use domain::{BusinessId, Instant};
use futures::future::BoxFuture;
use futures::{StreamExt as _, stream};
use infra::{Fault, FoundDue};
use serde::Serialize;

use super::anew::make_anew;
use super::attempt::{Attempt, attempt};
use crate::{App, Deadline};

/// How many days back it looks when it is not known how far the agenda was worked off.
const LOOK_BACK_DAYS: u64 = 31;
/// How many records are worked on at once.
const SIDE_BY_SIDE: usize = 16;

/// What became of what was due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Worked {
    /// Recorded, now or by another who did the same at once.
    pub done: u32,
    /// Not to be done any more.
    pub nothing: u32,
    /// To be tried again: it failed, or something of the same record that comes before it did.
    pub failed: u32,
    /// Failed too often, or cannot be read: it stands in a list of its own, and is not tried again.
    pub set_aside: u32,
    /// Whether the agenda was seen to its end, and not the time's.
    pub finished: bool,
}

/// Works off what is due by now, from the month on that was reached the last time, until the time is up; then
/// makes anew the agendas of businesses that changed their settings. Yesterday's month is always looked at
/// again: what the stream told of it at midnight may have come after. Stopped anywhere, the next call does the
/// rest: a thing leaves the agenda after it was done, and what was done is found to be done.
pub(super) fn work(app: &App, deadline: Deadline) -> BoxFuture<'_, Result<Worked, Fault>> {
    Box::pin(async move {
        let mut run = Run {
            app,
            deadline,
            now: app.clock.now(),
            worked: Worked::default(),
            held: HashSet::new(),
        };
        let ended = run.all().await;
        let Worked {
            done,
            failed,
            set_aside,
            ..
        } = run.worked;
        app.store.metrics().worked_off(done, failed, set_aside);
        ended.map(|()| run.worked)
    })
}

fn before(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(day)
}

/// The first day of its month.
fn month_of(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

/// One call.
struct Run<'a> {
    app: &'a App,
    deadline: Deadline,
    now: Instant,
    worked: Worked,
    /// Records of which something failed: what comes after it waits for it.
    held: HashSet<(BusinessId, DueOf)>,
}

impl Run<'_> {
    async fn all(&mut self) -> Result<(), Fault> {
        let store = &self.app.store;
        let today = self.now.date_naive();
        let yesterday = before(today, 1);
        let reached = store.agenda_reached().await?;
        let first = reached.unwrap_or(before(today, LOOK_BACK_DAYS));
        let mut month = month_of(first.min(yesterday));
        let mut all_done = true;
        while month <= today {
            let Some(done) = self.month(month).await? else {
                return Ok(());
            };
            all_done &= done;
            let next = month.checked_add_months(Months::new(1));
            let next = next.unwrap_or(NaiveDate::MAX);
            if all_done && next <= yesterday {
                store.note_agenda_reached(next).await?;
            }
            month = next;
        }
        // The first time, or after the clock was put back.
        if reached.is_none_or(|reached| reached > yesterday) && all_done {
            store.note_agenda_reached(yesterday).await?;
        }
        self.worked.finished = make_anew(self.app, self.deadline, self.now).await?;
        Ok(())
    }

    /// Works off a month. Whether nothing is left of it; none when the time is up.
    async fn month(&mut self, month: NaiveDate) -> Result<Option<bool>, Fault> {
        let (mut after, mut all_done): (Option<FoundDue>, bool) = (None, true);
        loop {
            if self.deadline.is_over() {
                return Ok(None);
            }
            let next = self
                .app
                .store
                .next_on_agenda(month, after.as_ref(), self.now);
            let page = next.await?;
            for at_once in page.chunk_by(|one, other| one.at() == other.at()) {
                let Some(done) = self.at_once(at_once).await else {
                    return Ok(None);
                };
                all_done &= done;
            }
            after = page.into_iter().next_back();
            if after.is_none() {
                return Ok(Some(all_done));
            }
        }
    }

    /// Does what falls due at one instant: of several records at once, of each one thing after the other.
    /// Whether all of it is off the agenda then; none when the time is up.
    async fn at_once(&mut self, found: &[FoundDue]) -> Option<bool> {
        let mut records: BTreeMap<&str, Vec<&FoundDue>> = BTreeMap::new();
        for found in found {
            records.entry(found.record()).or_default().push(found);
        }
        let this = &*self;
        let attempts: Vec<_> = records
            .into_values()
            .map(|found| this.record(found))
            .collect();
        let attempts = stream::iter(attempts)
            .buffer_unordered(SIDE_BY_SIDE)
            .collect::<Vec<_>>()
            .await;
        let (mut all_done, mut in_time) = (true, true);
        for attempt in attempts.into_iter().flatten() {
            match attempt {
                Some((_, Attempt::Done)) => self.worked.done += 1,
                Some((_, Attempt::Nothing)) => self.worked.nothing += 1,
                Some((_, Attempt::SetAside)) => self.worked.set_aside += 1,
                Some((record, Attempt::Failed)) => {
                    self.worked.failed += 1;
                    self.held.extend(record);
                    all_done = false;
                }
                None => in_time = false,
            }
        }
        in_time.then_some(all_done)
    }

    /// Does what is due of a record: what came of each, none of what there was no time for.
    async fn record(&self, all: Vec<&FoundDue>) -> Vec<Option<(Option<Held>, Attempt)>> {
        let mut attempts = Vec::with_capacity(all.len());
        let mut holds = false;
        for found in all {
            if self.deadline.is_over() {
                attempts.push(None);
                break;
            }
            let of = found.due.as_ref().ok();
            let of = of.map(|item| (item.business.clone(), item.of));
            holds |= of.as_ref().is_some_and(|of| self.held.contains(of));
            let came = match holds {
                true => Attempt::Failed,
                false => attempt(self.app, found).await,
            };
            holds |= came == Attempt::Failed;
            attempts.push(Some((of, came)));
        }
        attempts
    }
}

/// A record, as far as it is known which.
type Held = (BusinessId, DueOf);
