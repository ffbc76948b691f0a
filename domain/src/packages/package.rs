//! A sold package: a snapshot of terms, a standing that changes, and pools.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::terms::{PackageTerms, is_default};
use super::{Balance, Pool, Stage, Standing, Unit, is_zero};
use crate::calendar::Validity;
use crate::journal::Entry;
use crate::{CustomerId, Instant, OpportunityId, PackageId, Refusal, TemplateId};

/// What a customer holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Package {
    /// Its id.
    pub id: PackageId,
    /// Who holds it.
    pub customer: CustomerId,
    /// What it was made from; none where it was put together for the customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<TemplateId>,
    /// The package its units were transferred from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<PackageId>,
    /// The opportunity whose accepted quote sold it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opportunity: Option<OpportunityId>,
    /// Whether it also pays for what was booked before it became active.
    #[serde(default, skip_serializing_if = "is_default")]
    pub pays_existing: bool,
    /// What was agreed.
    #[serde(flatten)]
    pub terms: PackageTerms,
    /// When it was made: sold at once, or offered. [`Package::agreed_at`] is when it was sold.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub sold_at: Instant,
    /// What changes beside its units.
    pub standing: Standing,
    /// Its balances.
    pub pools: Vec<Pool>,
    /// How many journal entries have changed it, its sale included.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub version: u64,
    /// When the last of them did; none before the first after its sale.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "chrono::serde::ts_milliseconds_option"
    )]
    pub changed_at: Option<Instant>,
}

/// What a package can be used for now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Waits for the customer's answer.
    Offer,
    /// The customer did not want it.
    Declined,
    /// Waits for its deposit.
    PendingPayment,
    /// It can pay.
    Active,
    /// It rests.
    Frozen,
    /// A payment came back: it pays only as far as it is paid.
    Blocked,
    /// Nothing is available or held any more.
    Exhausted,
    /// Its time is over; an offer's, too.
    Expired,
    /// It was sold by mistake.
    Voided,
    /// What was left was paid back.
    Refunded,
}

impl Package {
    /// When it last changed.
    pub fn last_change(&self) -> Instant {
        self.changed_at.unwrap_or(self.sold_at)
    }

    /// When a change that is decided at `now` is recorded: after its last one, also within one
    /// millisecond and with a clock that is behind.
    pub fn changes_at(&self, now: Instant) -> Instant {
        match self.version {
            0 => now,
            1.. => now.max(self.last_change() + TimeDelta::milliseconds(1)),
        }
    }

    /// When it was sold: for an offer, when it was accepted or, until then, when it was made.
    pub fn agreed_at(&self) -> Instant {
        self.standing.accepted_at.unwrap_or(self.sold_at)
    }

    /// Since when it can be used: when it was sold or, where a payment was needed first, since that.
    pub fn active_since(&self) -> Instant {
        self.standing.activated_at.unwrap_or(self.agreed_at())
    }

    /// Whether units of it, or a pass's time, went to other customers.
    pub fn has_given_away(&self) -> bool {
        let mut pools = self.pools.iter();
        pools.any(|pool| pool.balance.transferred > 0 || pool.transferred_minor > 0)
    }

    /// Whether it was ever sold: what is or was but offered was not.
    pub fn is_sold(&self) -> bool {
        match self.standing.stage {
            Stage::Offered | Stage::Declined => false,
            Stage::Pending
            | Stage::Active
            | Stage::Voided
            | Stage::Refunded
            | Stage::Transferred => true,
        }
    }

    /// The status at `now`. A package that was used up is exhausted, even after its expiry.
    pub fn status(&self, now: Instant) -> Status {
        let standing = &self.standing;
        match standing.stage {
            Stage::Offered if standing.offered_until.is_some_and(|until| until <= now) => {
                Status::Expired
            }
            Stage::Offered => Status::Offer,
            Stage::Declined => Status::Declined,
            Stage::Pending if standing.ended_at(now) => Status::Expired,
            Stage::Pending => Status::PendingPayment,
            Stage::Voided => Status::Voided,
            Stage::Refunded => Status::Refunded,
            Stage::Transferred => Status::Exhausted,
            // What was left at its end went then, whether that is written down yet or not.
            Stage::Active if standing.ended_at(now) && self.has_expired() => Status::Expired,
            Stage::Active if self.is_used_up() => Status::Exhausted,
            Stage::Active if standing.ended_at(now) => Status::Expired,
            Stage::Active if standing.frozen_at(now) => Status::Frozen,
            Stage::Active if standing.blocked => Status::Blocked,
            Stage::Active => Status::Active,
        }
    }

    /// Whether this customer may redeem from it: who holds it, and its members.
    pub fn may_be_redeemed_by(&self, customer: CustomerId) -> bool {
        self.customer == customer || self.standing.members.contains(&customer)
    }

    fn has_expired(&self) -> bool {
        self.pools.iter().any(Pool::has_expired)
    }

    fn is_used_up(&self) -> bool {
        self.pools.iter().all(|pool| match pool.unit {
            Unit::Visit | Unit::Money(_) => pool.balance.owed() == 0,
            Unit::Unlimited => {
                let cap = pool.caps.and_then(|caps| caps.per_period);
                let drawn = pool.balance.granted >= cap.map_or(u64::MAX, u64::from);
                drawn && pool.balance.held == 0
            }
        })
    }

    /// Whether it can pay now or later: sold, not over, and something is left.
    pub fn is_usable(&self, now: Instant) -> bool {
        match self.status(now) {
            Status::Active | Status::Frozen | Status::Blocked => true,
            Status::Offer
            | Status::Declined
            | Status::PendingPayment
            | Status::Exhausted
            | Status::Expired
            | Status::Voided
            | Status::Refunded => false,
        }
    }

    /// Each pool's balance at `now`: from the package's end on, what was still available counts as
    /// expired, whether or not anyone has written that down yet. Units under a hold stay.
    pub fn balances(&self, now: Instant) -> impl Iterator<Item = (&Pool, Balance)> {
        let ended = self.standing.ended_at(now);
        self.pools.iter().map(move |pool| {
            let mut balance = pool.balance;
            if ended {
                balance.expired += balance.available;
                balance.available = 0;
            }
            (pool, balance)
        })
    }

    /// What is owed to the customer, in minor units of the price's currency, whether or not it is
    /// paid: the worth of what is available or held.
    pub fn worth_minor(&self) -> u64 {
        self.pools.iter().map(|pool| pool.worth_minor).sum()
    }

    /// When the time that an unlimited pool is paid for begins; none before a first use that its
    /// validity counts from.
    pub fn begins_at(&self) -> Option<Instant> {
        match self.terms.validity {
            Some(Validity::FromFirstUse(_)) => self.first_use(),
            Some(Validity::Until(_) | Validity::FromSale(_)) | None => Some(self.agreed_at()),
        }
    }

    /// What an unlimited pool will still be worth at `at`: its price falls evenly, instant by
    /// instant, from the beginning of its time to the end, and not while it rests.
    pub fn unearned_minor(&self, pool: &Pool, at: Instant) -> u64 {
        let (Some(begins_at), Some(ends_at)) = (self.begins_at(), self.standing.expires_at) else {
            return pool.worth_minor;
        };
        // A rest whose end is known has moved the end already, another has not.
        let rest = self.standing.frozen.filter(|rest| rest.since <= at);
        let at = match rest {
            Some(rest) => rest.until.map_or(rest.since, |until| at.max(until)),
            None => at,
        };
        let all = (ends_at - begins_at).num_milliseconds() - self.standing.rested_millis;
        let all = all.max(1);
        let left = (ends_at - at).num_milliseconds().clamp(0, all);
        let price = i128::from(pool.price_minor);
        let unearned = (price * i128::from(left) + i128::from(all) - 1) / i128::from(all);
        u64::try_from(unearned)
            .unwrap_or_default()
            .min(pool.worth_minor)
    }

    /// The package as the entry leaves it.
    ///
    /// # Errors
    /// [`Refusal::PackageNotFound`] for a pool that is not there, and those of a line.
    pub fn after(&self, entry: &Entry) -> Result<Package, Refusal> {
        let mut after = self.clone();
        after.apply(entry)?;
        Ok(after)
    }

    /// Applies what the entry says of this package.
    ///
    /// # Errors
    /// [`Refusal::PackageNotFound`] for a pool that is not there, and those of a line.
    pub(crate) fn apply(&mut self, entry: &Entry) -> Result<(), Refusal> {
        let mut after = self.clone();
        for line in entry.lines.iter().filter(|line| line.package == self.id) {
            let pool = after.pools.get_mut(line.pool);
            pool.ok_or(Refusal::PackageNotFound)?.apply(line)?;
            after.version = line.version;
        }
        for change in entry.standings.iter().filter(|c| c.package == self.id) {
            after.standing = change.standing.clone();
            after.version = change.version;
        }
        if after.version != self.version {
            after.changed_at = Some(entry.at);
        }
        *self = after;
        Ok(())
    }
}
