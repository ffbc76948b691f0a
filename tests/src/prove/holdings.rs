//! What the model keeps of packages and bookings. Hours count from when a history begins.

use super::answer::{Draw, Shown};
use super::ask::{Ask, Paying};

/// What is in each account of a pool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pool {
    /// The services; none for credit, which pays for everything.
    pub(super) covers: Option<Vec<usize>>,
    pub(super) available: u64,
    pub(super) held: u64,
    pub(super) used: u64,
    pub(super) forfeited: u64,
    pub(super) expired: u64,
}

#[derive(Debug, Clone)]
pub(super) struct Package {
    pub(super) id: String,
    pub(super) sold: i64,
    /// When it expires, and when it ends: after the days of grace of its terms, and those in which what was
    /// given back can be used.
    pub(super) expires: Option<i64>,
    pub(super) ends: Option<i64>,
    pub(super) grace_days: i64,
    /// Since when it rests or rested last, and until when, where that is known.
    pub(super) rest: Option<(i64, Option<i64>)>,
    pub(super) voided: bool,
    pub(super) pools: Vec<Pool>,
}

/// Where units of a booking went when it was resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum To {
    Available,
    Forfeited,
    Used,
}

/// What happened to a booking last: sent again, it is not done again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Last {
    Cancelled { waive: bool },
    Completed,
    WalkedIn,
    Missed,
    Other,
}

#[derive(Debug, Clone)]
pub(super) struct Booking {
    pub(super) asked: Ask,
    pub(super) first: Shown,
    pub(super) walk_in: bool,
    pub(super) status: &'static str,
    pub(super) starts_at: i64,
    pub(super) services: Vec<usize>,
    pub(super) pay: Paying,
    pub(super) partial: bool,
    pub(super) lines: Vec<Option<Draw>>,
    pub(super) last: Last,
    /// When it became what it is: by the clock of who told it, or here.
    pub(super) happened: i64,
    /// When somebody here took back last what was recorded.
    pub(super) taken_back: Option<i64>,
    /// What it held before it was resolved, and where that went.
    pub(super) before: Vec<Option<Draw>>,
    pub(super) went: Vec<(Draw, To)>,
}

impl Booking {
    pub(super) fn shown(&self) -> Shown {
        Shown {
            status: self.status,
            starts_at: self.starts_at,
            paid_by: self.lines.clone(),
        }
    }
}

impl Pool {
    /// What is available, held, used, forfeited and expired; where the package is over, nothing is available.
    pub(super) fn counted(&self, over: bool) -> [u64; 5] {
        let lost = if over { self.available } else { 0 };
        [
            self.available - lost,
            self.held,
            self.used,
            self.forfeited,
            self.expired + lost,
        ]
    }
}

impl Package {
    /// What rests without an end does not end.
    pub(super) fn ended(&self, at: i64) -> bool {
        let rests = matches!(self.rest, Some((_, None)));
        !rests && self.ends.is_some_and(|ends| ends <= at)
    }

    pub(super) fn rests(&self, at: i64) -> bool {
        let rest = self.rest;
        rest.is_some_and(|(since, until)| since <= at && until.is_none_or(|until| at < until))
    }

    /// What is available is lost.
    pub(super) fn write_off(&mut self) {
        for pool in &mut self.pools {
            pool.expired += std::mem::take(&mut pool.available);
        }
    }
}
