//! A random history of a few opportunities.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate, TimeDelta};
use chrono_tz::Tz;
use domain::calendar::day_of;
use domain::journal::{Entry, Fact};
use domain::pipeline::{
    Effort, ForecastCategory, OpportunityChange, OpportunityEvent, Outcome, Position, Status,
    Transition,
};
use domain::reports::{Posting, Rows, movements};
use domain::{EntryId, OpportunityId, SchemeId};
use proptest::prelude::*;

use crate::fixtures::{at, context, cus, money};

pub(super) const ZONE: Tz = chrono_tz::Europe::Istanbul;

/// One thing that somebody wants to do.
#[derive(Debug, Clone)]
pub(super) struct Wish {
    opportunity: u8,
    after_hours: i64,
    what: What,
}

#[derive(Debug, Clone)]
enum What {
    Write {
        value: u64,
        close_in: i64,
        rots_in: Option<u64>,
        percent: u8,
        category: usize,
    },
    Stage(u16),
    Suspend,
    Resume,
    Close(Outcome, u8),
    Reopen(u16),
    Assign(u8),
    Act,
}

pub(super) fn changes() -> impl Strategy<Value = Vec<Wish>> {
    let outcome = prop_oneof![
        Just(Outcome::Won),
        Just(Outcome::Lost),
        Just(Outcome::Abandoned)
    ];
    let what = prop_oneof![
        (
            0_u64..100_000,
            -20_i64..70,
            proptest::option::of(0_u64..30),
            0_u8..=100,
            0_usize..4
        )
            .prop_map(
                |(value, close_in, rots_in, percent, category)| What::Write {
                    value,
                    close_in,
                    rots_in,
                    percent,
                    category
                }
            ),
        (1_u16..=7).prop_map(What::Stage),
        Just(What::Suspend),
        Just(What::Resume),
        (outcome, 0_u8..2).prop_map(|(outcome, reason)| What::Close(outcome, reason)),
        (1_u16..=5).prop_map(What::Reopen),
        (0_u8..3).prop_map(What::Assign),
        Just(What::Act),
    ];
    let wish = (0_u8..4, 0_i64..300, what).prop_map(|(opportunity, after_hours, what)| Wish {
        opportunity,
        after_hours,
        what,
    });
    proptest::collection::vec(wish, 1..24)
}

/// What came of the wishes.
pub(super) struct History {
    pub(super) entries: Vec<Entry>,
}

impl History {
    pub(super) fn of(wishes: Vec<Wish>) -> Self {
        let mut history = Self {
            entries: Vec::new(),
        };
        let mut positions = BTreeMap::<u8, (u64, Position)>::new();
        let mut now = at("2026-10-25T20:30:00Z");
        for wish in wishes {
            now += TimeDelta::hours(wish.after_hours);
            let before = positions.get(&wish.opportunity).cloned();
            let after = match &before {
                None => Some(opened(wish.opportunity, &wish.what, now)),
                Some((_, position)) => done(position, &wish.what, now),
            };
            let Some(after) = after else { continue };
            let version = before.as_ref().map_or(1, |(version, _)| version + 1);
            positions.insert(wish.opportunity, (version, after.clone()));
            let change = OpportunityChange {
                opportunity: OpportunityId::from_bytes([wish.opportunity; 16]),
                customer: cus(1),
                version,
                event: OpportunityEvent::StageMoved,
                linked: Vec::new(),
                before: before.map(|(_, position)| position),
                after,
            };
            history.entries.push(entry(change, now));
        }
        history
    }

    pub(super) fn postings(&self) -> Vec<Posting> {
        let entries = self.entries.iter();
        entries
            .flat_map(|entry| movements(entry, &BTreeMap::new(), ZONE).unwrap())
            .collect()
    }

    pub(super) fn rows(&self) -> Rows {
        self.postings().into_iter().collect()
    }

    pub(super) fn days(&self) -> (NaiveDate, NaiveDate) {
        let day = |entry: Option<&Entry>| day_of(entry.unwrap().at, ZONE);
        (day(self.entries.first()), day(self.entries.last()))
    }

    /// The changes with the days on which they were made.
    pub(super) fn changes(&self) -> impl Iterator<Item = (NaiveDate, &OpportunityChange)> {
        self.entries
            .iter()
            .map(|entry| (day_of(entry.at, ZONE), entry.fact.opportunity().unwrap()))
    }

    /// Where every opportunity stood at the end of a day.
    pub(super) fn standing(&self, day: NaiveDate) -> Vec<&Position> {
        let mut standing = BTreeMap::new();
        for (on, change) in self.changes() {
            if on <= day {
                standing.insert(change.opportunity, &change.after);
            }
        }
        standing.into_values().collect()
    }
}

/// Opened at `now`, expected to be decided and rotting after so many days.
pub(super) fn opened_on(now: domain::Instant, close_in: i64, rots_in: u64) -> Position {
    let what = What::Write {
        value: 100,
        close_in,
        rots_in: Some(rots_in),
        percent: 10,
        category: 0,
    };
    opened(1, &what, now)
}

pub(super) fn entry(change: OpportunityChange, now: domain::Instant) -> Entry {
    let context = context(now);
    Entry {
        id: EntryId::new(now, change.version.into()),
        at: now,
        business: context.business,
        customer: None,
        actor: context.actor,
        cause: context.cause,
        fingerprint: context.fingerprint,
        fact: Fact::OpportunityChanged(Box::new(change)),
        lines: Vec::new(),
        also: Vec::new(),
        standings: Vec::new(),
        told_at: None,
    }
}

fn opened(number: u8, what: &What, now: domain::Instant) -> Position {
    let currency = if number == 0 { "RON" } else { "TRY" };
    let mut stage = 1;
    if let What::Stage(wanted) = what {
        stage = (*wanted).min(5);
    }
    let position = Position {
        status: Status::Open,
        scheme: SchemeId::from_bytes([0; 16]),
        stage,
        stage_since: now,
        probability_percent: 33,
        forecast: ForecastCategory::Pipeline,
        amount: money(999, currency),
        value: money(999, currency),
        representative: "rep-0".parse().unwrap(),
        opened_at: now,
        expected_close_on: day_of(now, ZONE) + Days::new(10),
        closed_on: None,
        reason: None,
        rots_on: None,
        effort: Effort::default(),
    };
    done(&position, what, now).map_or(position, |written| Position {
        status: Status::Open,
        closed_on: None,
        reason: None,
        effort: Effort::default(),
        stage,
        ..written
    })
}

/// The position after a wish; none for what is not possible.
fn done(before: &Position, what: &What, now: domain::Instant) -> Option<Position> {
    let today = day_of(now, ZONE);
    let mut after = before.clone();
    match what {
        What::Write {
            value,
            close_in,
            rots_in,
            percent,
            category,
        } if !before.status.is_closed() => {
            after.value = money(*value, before.value.currency().code());
            after.amount = after.value;
            after.expected_close_on = today + chrono::TimeDelta::days(*close_in);
            after.rots_on = rots_in.map(|days| today + Days::new(days));
            after.probability_percent = *percent;
            after.forecast = ForecastCategory::ALL[*category];
        }
        What::Write { .. } => return None,
        What::Stage(stage) => {
            // After the win from the sixth on, before it up to the fifth.
            let fits = match before.status {
                Status::Open => *stage <= 5,
                Status::Won => *stage > 5,
                Status::Suspended | Status::Lost | Status::Abandoned => false,
            };
            if !fits || *stage == before.stage {
                return None;
            }
            (after.stage, after.stage_since) = (*stage, now);
        }
        What::Suspend => after.status = before.status.after(Transition::Suspend).ok()?,
        What::Resume => after.status = before.status.after(Transition::Resume).ok()?,
        What::Close(outcome, reason) => {
            after.status = before.status.after(Transition::Close(*outcome)).ok()?;
            after.closed_on = Some(today);
            let reason = format!("reason-{reason}").parse().unwrap();
            after.reason = Some(reason).filter(|_| *outcome != Outcome::Won);
        }
        What::Reopen(stage) => {
            after.status = before.status.after(Transition::Reopen).ok()?;
            (after.stage, after.stage_since) = (*stage, now);
            (after.closed_on, after.reason) = (None, None);
        }
        What::Assign(to) => after.representative = format!("rep-{to}").parse().unwrap(),
        What::Act => {
            after.effort.calls += 1;
            after.effort.notes += 2;
        }
    }
    (after != *before).then_some(after)
}
