//! What the model keeps of packages and bookings. Hours count from when a history begins.

use super::books::Books;
use super::choice::Reason;
use super::pools::{Account, Moved, Pool};
use super::terms::Terms;
use crate::prove::asked::answer::{Draw, Shown};
use crate::prove::asked::ask::{Ask, Paying};

/// How far a package has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// To be accepted: nothing of it is granted before.
    Offered,
    Declined,
    /// For its deposit to be paid.
    Waits,
    Active,
    Voided,
    Refunded,
}

#[derive(Debug, Clone)]
pub(crate) struct Package {
    pub(crate) id: String,
    /// When it was sold, in milliseconds, as it is shown: two of one hour are told apart by it.
    pub(crate) sold: i64,
    pub(crate) terms: &'static Terms,
    pub(crate) holder: usize,
    /// The opportunity that sold it, or what it was given from.
    pub(crate) opportunity: Option<usize>,
    /// Who else may redeem from it.
    pub(crate) members: Vec<usize>,
    /// When it expires, and when it ends: after the days of grace of its terms, and those in which what was
    /// given back can be used.
    pub(crate) expires: Option<i64>,
    pub(crate) ends: Option<i64>,
    /// Since when it rests or rested last, and until when, where that is known.
    pub(crate) rest: Option<(i64, Option<i64>)>,
    pub(crate) stage: Stage,
    /// Until when it can be accepted, whether it was told that it no longer can, and whether it was.
    pub(crate) offered_until: Option<i64>,
    pub(crate) lapse_told: bool,
    pub(crate) accepted: bool,
    /// The price that was agreed when it was sold.
    pub(crate) agreed: u64,
    /// What is to be paid for it, and was.
    pub(crate) price: u64,
    pub(crate) paid: u64,
    pub(crate) books: Books,
    /// How often it has changed, at least.
    pub(crate) changes: u64,
    pub(crate) pools: Vec<Pool>,
}

/// What happened to a booking last: sent again, it is not done again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Last {
    Cancelled { waive: bool },
    Completed,
    WalkedIn,
    Missed,
    Other,
}

#[derive(Debug, Clone)]
pub(crate) struct Booking {
    pub(crate) customer: usize,
    pub(crate) asked: Ask,
    pub(crate) first: Shown,
    pub(crate) walk_in: bool,
    pub(crate) status: &'static str,
    pub(crate) starts_at: i64,
    pub(crate) services: Vec<usize>,
    pub(crate) pay: Paying,
    pub(crate) partial: bool,
    pub(crate) lines: Vec<Option<Draw>>,
    pub(crate) last: Last,
    /// When it became what it is: by the clock of who told it, or here.
    pub(crate) happened: i64,
    /// When somebody here took back last what was recorded.
    pub(crate) taken_back: Option<i64>,
    /// What it held before it was resolved, and where that went, in order.
    pub(crate) before: Vec<Option<Draw>>,
    pub(crate) went: Vec<Moved>,
    /// Every package that it ever drew on.
    pub(crate) drew: Vec<usize>,
}

impl Booking {
    /// These pay for it from now on.
    pub(crate) fn draws(&mut self, lines: Vec<Option<Draw>>) {
        self.drew
            .extend(lines.iter().flatten().map(|draw| draw.package));
        self.lines = lines;
    }

    pub(crate) fn shown(&self) -> Shown {
        Shown {
            status: self.status,
            starts_at: self.starts_at,
            paid_by: self.lines.clone(),
        }
    }
}

impl Package {
    /// What rests without an end does not end.
    pub(crate) fn ended(&self, at: i64) -> bool {
        let rests = matches!(self.rest, Some((_, None)));
        !rests && self.ends.is_some_and(|ends| ends <= at)
    }

    pub(crate) fn rests(&self, at: i64) -> bool {
        let rest = self.rest;
        rest.is_some_and(|(since, until)| since <= at && until.is_none_or(|until| at < until))
    }

    /// Whether an offer can no longer be accepted.
    pub(crate) fn lapsed(&self, at: i64) -> bool {
        self.stage == Stage::Offered && self.offered_until.is_some_and(|until| until <= at)
    }

    /// What it is called then: used up it is exhausted, also after its end, unless something was lost then.
    pub(crate) fn status(&self, at: i64) -> &'static str {
        let used_up = self.pools.iter().all(Pool::is_used_up);
        match self.stage {
            Stage::Offered if self.lapsed(at) => "expired",
            Stage::Offered => "offer",
            Stage::Declined => "declined",
            Stage::Voided => "voided",
            Stage::Refunded => "refunded",
            Stage::Waits if !self.ended(at) => "pending-payment",
            Stage::Waits => "expired",
            Stage::Active if used_up && !(self.ended(at) && self.has_any(&[Account::Expired])) => {
                "exhausted"
            }
            Stage::Active if self.ended(at) => "expired",
            Stage::Active if self.rests(at) => "frozen",
            Stage::Active if self.books.blocked.is_some() => "blocked",
            Stage::Active => "active",
        }
    }

    /// It was sold, and something may change it still; or the code of why not.
    pub(crate) fn must_be_open(&self) -> Result<(), &'static str> {
        match self.stage {
            Stage::Offered | Stage::Declined => Err("package-not-sold"),
            Stage::Voided | Stage::Refunded => Err("package-over"),
            Stage::Waits | Stage::Active => Ok(()),
        }
    }

    pub(crate) fn is_open(&self) -> bool {
        self.must_be_open().is_ok()
    }

    /// Whether the customer may redeem from it.
    pub(crate) fn is_for(&self, customer: usize) -> bool {
        self.holder == customer || self.members.contains(&customer)
    }

    /// Whether there is anything in one of these accounts.
    pub(crate) fn has_any(&self, accounts: &[Account]) -> bool {
        let any = |pool: &Pool| accounts.iter().any(|account| pool.has(*account) > 0);
        self.pools.iter().any(any)
    }

    /// Whether it has the units to be drawn beside these, which are drawn from it, and is paid so far.
    pub(crate) fn can_give(&self, draw: Draw, drawn: &[Draw]) -> Result<(), Reason> {
        let of = |pool: usize| -> u64 {
            let drawn = drawn.iter().chain([&draw]);
            let drawn = drawn.filter(|drawn| drawn.pool == pool);
            drawn.map(|drawn| drawn.units).sum()
        };
        let pool = &self.pools[draw.pool];
        if pool.caps.is_some() && !pool.has_room(draw.day, of(draw.pool)) {
            return Err(Reason::CapReached);
        }
        if pool.caps.is_none() && pool.available() < of(draw.pool) {
            return Err(Reason::Insufficient);
        }
        let pools = self.pools.iter().enumerate();
        let earned: u64 = pools.map(|(number, pool)| pool.earned(of(number))).sum();
        let up_to_paid = self.terms.up_to_paid || self.books.blocked.is_some();
        match up_to_paid && earned > self.paid {
            true => Err(Reason::NotPaid),
            false => Ok(()),
        }
    }

    /// What is available is lost to time.
    pub(crate) fn write_off(&mut self) {
        self.pools.iter_mut().for_each(Pool::write_off);
    }
}

/// What would be paid back for a package.
#[derive(Debug, Clone)]
pub(crate) struct Quote {
    pub(crate) id: String,
    pub(crate) package: usize,
    pub(crate) amount: u64,
    /// When, and after how many changes.
    pub(crate) at: i64,
    pub(crate) changes: u64,
}
