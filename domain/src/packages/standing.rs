//! What changes in a package beside its units.

use serde::{Deserialize, Serialize};

use super::DirectDebit;
use super::terms::is_default;
use crate::calendar::End;
use crate::{CustomerId, Instant};

/// How far a package has come from an offer to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Offered, neither accepted nor declined.
    Offered,
    /// Offered, and the customer does not want it.
    Declined,
    /// Sold, and to be used once the deposit is paid.
    Pending,
    /// Sold.
    Active,
    /// Sold by mistake: as if it had never been.
    Voided,
    /// What was left was paid back.
    Refunded,
    /// All of it was given to another customer.
    Transferred,
}

impl Stage {
    /// What it is called where it is stored.
    pub fn name(self) -> &'static str {
        match self {
            Stage::Offered => "offered",
            Stage::Declined => "declined",
            Stage::Pending => "pending",
            Stage::Active => "active",
            Stage::Voided => "voided",
            Stage::Refunded => "refunded",
            Stage::Transferred => "transferred",
        }
    }
}

/// A time in which a package rests: no appointment in it is paid, and its validity does not run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Freeze {
    /// From when on.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub since: Instant,
    /// Strictly until; none until it is ended.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "chrono::serde::ts_milliseconds_option"
    )]
    pub until: Option<Instant>,
}

/// When something happened, and when it was heard of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heard {
    /// By the clock of who told it.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub told_at: Instant,
    /// Here.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub at: Instant,
}

/// What changes in a package beside its units. Written whole by each entry that changes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// How far it has come.
    pub stage: Stage,
    /// An offer can be accepted strictly before; none at any time.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "chrono::serde::ts_milliseconds_option"
    )]
    pub offered_until: Option<Instant>,
    /// When the offer was accepted; none for what was sold at once.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "chrono::serde::ts_milliseconds_option"
    )]
    pub accepted_at: Option<Instant>,
    /// Bought online, it lapses when nothing was paid by then.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "chrono::serde::ts_milliseconds_option"
    )]
    pub pay_until: Option<Instant>,
    /// When its deposit was paid, or its price where that had to be; none for what was active at once.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "chrono::serde::ts_milliseconds_option"
    )]
    pub activated_at: Option<Instant>,
    /// Since when it could be used, by the clock of the payment's provider, where a payment online made it
    /// active; no later than that was heard of here.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "chrono::serde::ts_milliseconds_option"
    )]
    pub paid_since: Option<Instant>,
    /// What customers are told: usable strictly before. None never expires, or has not begun.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "chrono::serde::ts_milliseconds_option"
    )]
    pub expires_at: Option<Instant>,
    /// The same with the days of grace: the end that counts.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "chrono::serde::ts_milliseconds_option"
    )]
    pub ends_at: Option<Instant>,
    /// Whether its end was set by hand, so that a first use no longer moves it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub end_is_set: bool,
    /// Milliseconds of the appointments that hold units of it, earliest first: kept where validity
    /// counts from the first use.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drawn_at: Vec<i64>,
    /// The first use, in milliseconds, once something was used or lost: the earliest appointment that
    /// was drawn by then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub begun_at: Option<i64>,
    /// By how many milliseconds the end was moved because it rested.
    #[serde(default, skip_serializing_if = "is_default")]
    pub rested_millis: i64,
    /// Resting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frozen: Option<Freeze>,
    /// Others who may redeem from it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<CustomerId>,
    /// What has to be paid for it, top-ups included and less what went on with units that were given
    /// away, in minor units of its price's currency.
    pub price_minor: u64,
    /// What has been paid, less what came back, was paid back or went on with units.
    #[serde(default, skip_serializing_if = "is_default")]
    pub paid_minor: u64,
    /// A payment came back: only what is paid can be redeemed until as much is paid again and nothing
    /// is overdue.
    #[serde(default, skip_serializing_if = "is_default")]
    pub blocked: bool,
    /// Since when it is blocked: when the payment came back, by the clock of who told it.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "chrono::serde::ts_milliseconds_option"
    )]
    pub blocked_since: Option<Instant>,
    /// The last payment, or coming back of one, that its provider told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heard: Option<Heard>,
    /// What came back of the payments, less what has been paid since.
    #[serde(default, skip_serializing_if = "is_default")]
    pub returned_minor: u64,
    /// What came back of the money that its units came with, from who gave them.
    #[serde(default, skip_serializing_if = "is_default")]
    pub withdrawn_minor: u64,
    /// The part of what has to be paid that is for no units of its own: what was paid back, here or to a
    /// receiver, and came back to who had paid it all the same.
    #[serde(default, skip_serializing_if = "is_default")]
    pub again_minor: u64,
    /// How far its plan has been collected, where it is by direct debit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub debit: Option<DirectDebit>,
}

impl Standing {
    /// That of something sold or offered for `price_minor`.
    pub(crate) fn new(stage: Stage, price_minor: u64, end: Option<End>) -> Self {
        Self {
            stage,
            offered_until: None,
            accepted_at: None,
            pay_until: None,
            activated_at: None,
            paid_since: None,
            expires_at: end.map(|end| end.expires_at),
            ends_at: end.map(|end| end.ends_at),
            end_is_set: false,
            drawn_at: Vec::new(),
            begun_at: None,
            rested_millis: 0,
            frozen: None,
            members: Vec::new(),
            price_minor,
            paid_minor: 0,
            blocked: false,
            blocked_since: None,
            heard: None,
            returned_minor: 0,
            withdrawn_minor: 0,
            again_minor: 0,
            debit: None,
        }
    }

    /// Lets it end then; none is never, or not yet known.
    pub(crate) fn end_at(&mut self, end: Option<End>) {
        self.expires_at = end.map(|end| end.expires_at);
        self.ends_at = end.map(|end| end.ends_at);
        self.rested_millis = 0;
    }

    /// Blocks it, because a payment came back then; as it was heard, if it was told.
    pub(super) fn block(&mut self, (since, heard): (Instant, Option<Heard>)) {
        self.heard = heard.or(self.heard);
        let earlier = self.blocked_since.filter(|_| self.blocked);
        self.blocked = true;
        self.blocked_since = Some(earlier.map_or(since, |earlier| earlier.min(since)));
    }

    /// What is still to be paid: nothing for what is but offered.
    pub fn outstanding_minor(&self) -> u64 {
        match self.stage {
            Stage::Offered | Stage::Declined => 0,
            Stage::Pending
            | Stage::Active
            | Stage::Voided
            | Stage::Refunded
            | Stage::Transferred => self.price_minor.saturating_sub(self.paid_minor),
        }
    }

    /// What of it the bank was given to collect and may still pay.
    pub fn in_flight_minor(&self) -> u64 {
        self.debit.as_ref().map_or(0, DirectDebit::in_flight_minor)
    }

    /// Whether it rests at `at`.
    pub fn frozen_at(&self, at: Instant) -> bool {
        self.frozen
            .is_some_and(|freeze| freeze.since <= at && freeze.until.is_none_or(|until| at < until))
    }

    /// Whether it has ended at `at`. What rests without an end does not end.
    pub fn ended_at(&self, at: Instant) -> bool {
        let resting = self.frozen.is_some_and(|freeze| freeze.until.is_none());
        !resting && self.ends_at.is_some_and(|end| end <= at)
    }
}
