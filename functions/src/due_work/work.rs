//! Working off the agenda: day by day, in the order in which things fell due.

use std::collections::HashSet;

use chrono::{Days, NaiveDate};
use domain::due::DueOf;
use domain::{BusinessId, Instant};
use futures::future::BoxFuture;
use infra::{Failure, Fault, OnAgenda};
use serde::Serialize;

use super::fall::{Outcome, fall};
use crate::{App, Deadline};

/// How many days back it looks when it is not known how far the agenda was worked off.
const LOOK_BACK_DAYS: u64 = 31;
/// How often something is tried that a rule or broken data refuses, before it is set aside.
const ATTEMPTS: u32 = 5;

/// What became of what was due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Worked {
    /// Recorded, now or by another who did the same at once.
    pub done: u32,
    /// Not to be done any more.
    pub nothing: u32,
    /// To be tried again: it failed, or something of the same record that comes before it did.
    pub failed: u32,
    /// Failed too often: it stands in a list of its own, and is not tried again.
    pub set_aside: u32,
    /// Whether the agenda was seen to its end, and not the time's.
    pub finished: bool,
}

/// Works off what is due by now, from the day on that was reached the last time, until the time is up.
/// Yesterday is always looked at again: what the stream told of it at midnight may have come after. Stopped
/// anywhere, the next call does the rest: a thing leaves the agenda after it was done, and what was done is
/// found to be done.
pub(super) fn work(app: &App, deadline: Deadline) -> BoxFuture<'_, Result<Worked, Fault>> {
    Box::pin(async move {
        let now = app.clock.now();
        let today = now.date_naive();
        let yesterday = before(today, 1);
        let reached = app.store.agenda_reached().await?;
        let mut day = reached
            .unwrap_or(before(today, LOOK_BACK_DAYS))
            .min(yesterday);
        let mut run = Run {
            app,
            deadline,
            now,
            worked: Worked::default(),
            held: HashSet::new(),
        };
        let mut all_done = true;
        while day <= today {
            let Some(done) = run.day(day).await? else {
                return Ok(run.worked);
            };
            all_done &= done;
            let next = day.succ_opt().unwrap_or(NaiveDate::MAX);
            if all_done && day < yesterday {
                app.store.note_agenda_reached(next).await?;
            }
            day = next;
        }
        // The first time, or after the clock was put back.
        if reached.is_none_or(|reached| reached > yesterday) && all_done {
            app.store.note_agenda_reached(yesterday).await?;
        }
        run.worked.finished = true;
        Ok(run.worked)
    })
}

fn before(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(day)
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
    /// Works off a day. Whether nothing is left of it; none when the time is up.
    async fn day(&mut self, day: NaiveDate) -> Result<Option<bool>, Fault> {
        let (mut after, mut all_done): (Option<OnAgenda>, bool) = (None, true);
        loop {
            if self.deadline.is_over() {
                return Ok(None);
            }
            let next = self.app.store.next_on_agenda(day, after.as_ref(), self.now);
            let items = next.await?;
            if items.is_empty() {
                return Ok(Some(all_done));
            }
            for item in items {
                if self.deadline.is_over() {
                    return Ok(None);
                }
                all_done &= self.item(&item).await?;
                after = Some(item);
            }
        }
    }

    /// Does what is due. Whether it is off the agenda then.
    async fn item(&mut self, item: &OnAgenda) -> Result<bool, Fault> {
        let record = (item.business.clone(), item.of);
        if self.held.contains(&record) {
            self.worked.failed += 1;
            return Ok(false);
        }
        let failed = match fall(self.app, item).await {
            Ok(outcome) => {
                self.app.store.done_on_agenda(item).await?;
                match outcome {
                    Outcome::Done => self.worked.done += 1,
                    Outcome::Nothing => self.worked.nothing += 1,
                }
                return Ok(true);
            }
            Err(failed) => failed,
        };
        let (of, what) = (item.of.to_string(), item.due.what.name());
        let reason = match &failed {
            // It passes: the next call tries it again, however often.
            Failure::Fault(fault @ Fault::Unavailable { .. }) => {
                tracing::warn!(of, what, cause = fault.cause(), "due, not done");
                self.held.insert(record);
                self.worked.failed += 1;
                return Ok(false);
            }
            Failure::Fault(fault @ Fault::Broken { .. }) => fault.cause().to_owned(),
            Failure::Refused(refusal) => refusal.code().to_owned(),
        };
        let store = &self.app.store;
        let aside = store.failed_on_agenda(item, &reason, ATTEMPTS).await?;
        tracing::error!(of, what, reason, aside, "due, not done");
        match aside {
            true => self.worked.set_aside += 1,
            false => {
                self.held.insert(record);
                self.worked.failed += 1;
            }
        }
        Ok(aside)
    }
}
