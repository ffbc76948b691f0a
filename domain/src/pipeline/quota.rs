//! Quotas: what a representative is to sell in a period.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{Opportunity, PipelineRefusal, Status};
use crate::packages::is_default;
use crate::reports::Share;
use crate::{ActorId, Instant, Money, Name, OpportunityId, Put, QuotaId, Refusal};

/// The longest period of a quota: a leap year.
const MAX_QUOTA_DAYS: i64 = 366;

/// What a representative is to sell in a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quota {
    /// Its id.
    pub id: QuotaId,
    /// What holds for it.
    pub terms: QuotaTerms,
    /// What it came to, once it is closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frozen: Option<Attained>,
    /// When it was closed.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "chrono::serde::ts_milliseconds_option"
    )]
    pub closed_at: Option<Instant>,
    /// Counts what was linked to it, and what it had won that was taken from it: whoever changes it goes
    /// by what they saw of that.
    #[serde(default, skip_serializing_if = "is_default")]
    pub links: u64,
    /// Counts the edits, from 1.
    pub version: u64,
}

/// The part of a quota that can be edited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuotaTerms {
    /// What it is called.
    pub name: Name,
    /// Whose it is.
    pub representative: ActorId,
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day.
    pub to: NaiveDate,
    /// What is to be sold.
    pub target: QuotaTarget,
}

/// What is to be sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum QuotaTarget {
    /// This much; opportunities in other currencies do not count for it.
    Amount(Money),
    /// So many opportunities.
    Count(u32),
}

/// What a quota came to: of its linked opportunities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Attained {
    /// Won in the period: how many.
    pub won_count: u32,
    /// Won in the period: for how much, in minor units of the target's currency; 0 for a count.
    pub won_minor: u64,
    /// Open and expected in the period: how many.
    pub open_count: u32,
    /// Open and expected in the period: for how much.
    pub open_minor: u64,
    /// Won in the period in another currency than the target's: how many. Neither they nor the next are
    /// among those above.
    #[serde(default, skip_serializing_if = "is_default")]
    pub won_elsewhere: u32,
    /// Open and expected in the period, in another currency: how many.
    #[serde(default, skip_serializing_if = "is_default")]
    pub open_elsewhere: u32,
}

/// What a quota knows of an opportunity that is linked to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// Which.
    pub opportunity: OpportunityId,
    /// What it is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Name>,
    /// Whether it is still one.
    pub status: Status,
    /// When it was decided, or is expected to be.
    pub close_on: NaiveDate,
    /// What it comes to over its term.
    pub value: Money,
}

impl Counted {
    /// The quota that an opportunity counts for, and what that knows of it.
    pub(super) fn of(opportunity: &Opportunity) -> Option<(QuotaId, Self)> {
        let position = &opportunity.position;
        let link = Self {
            opportunity: opportunity.id,
            title: opportunity.title.clone(),
            status: position.status,
            close_on: position.close_on(),
            value: position.value,
        };
        opportunity.quota.map(|quota| (quota, link))
    }

    /// What `after` changes of what quotas know of the opportunity: nothing where that stays the same.
    pub(super) fn changed(before: Option<&Opportunity>, after: &Opportunity) -> Vec<Put> {
        let (old, new) = (before.and_then(Self::of), Self::of(after));
        if old == new {
            return Vec::new();
        }
        let kept = new.as_ref().map(|(quota, _)| *quota);
        let left = old.filter(|(quota, _)| Some(*quota) != kept);
        let left = left.map(|(quota, link)| Put::Uncounted(quota, link.opportunity));
        let new = new.map(|(quota, link)| Put::Counted(quota, link));
        left.into_iter().chain(new).collect()
    }
}

impl Quota {
    /// Whether an opportunity that is linked to it was won in its period.
    pub(super) fn has_won(&self, opportunity: &Opportunity) -> bool {
        let position = &opportunity.position;
        let inside = |day| (self.terms.from..=self.terms.to).contains(&day);
        position.status == Status::Won && position.closed_on.is_some_and(inside)
    }
}

impl QuotaTerms {
    /// # Errors
    /// In this order: [`PipelineRefusal::QuotaPeriod`], [`PipelineRefusal::QuotaTarget`].
    pub(super) fn check(&self) -> Result<(), Refusal> {
        let days = self.to.signed_duration_since(self.from).num_days() + 1;
        let years = [self.from.year(), self.to.year()];
        let far = years.iter().any(|year| !(1..=9999).contains(year));
        if far || !(1..=MAX_QUOTA_DAYS).contains(&days) {
            return Err(PipelineRefusal::QuotaPeriod.into());
        }
        let nothing = match self.target {
            QuotaTarget::Amount(amount) => amount.amount_minor() == 0,
            QuotaTarget::Count(count) => count == 0,
        };
        match nothing {
            true => Err(PipelineRefusal::QuotaTarget.into()),
            false => Ok(()),
        }
    }

    /// Whether a linked opportunity counts: won in the period, or open and expected in it.
    pub fn has(&self, linked: &Counted) -> bool {
        let counts = match linked.status {
            Status::Won | Status::Open => true,
            Status::Suspended | Status::Lost | Status::Abandoned => false,
        };
        counts && (self.from..=self.to).contains(&linked.close_on)
    }

    /// What those of these linked opportunities come to that count.
    pub fn attained(&self, linked: &[Counted]) -> Attained {
        let mut sum = Attained::default();
        for linked in linked.iter().filter(|linked| self.has(linked)) {
            let minor = self.target.counted(linked.value);
            let (count, total, elsewhere) = match linked.status {
                Status::Won => (
                    &mut sum.won_count,
                    &mut sum.won_minor,
                    &mut sum.won_elsewhere,
                ),
                Status::Open => (
                    &mut sum.open_count,
                    &mut sum.open_minor,
                    &mut sum.open_elsewhere,
                ),
                Status::Suspended | Status::Lost | Status::Abandoned => continue,
            };
            match minor {
                Some(minor) => {
                    *count = count.saturating_add(1);
                    *total = total.saturating_add(minor);
                }
                None => *elsewhere = elsewhere.saturating_add(1),
            }
        }
        sum
    }
}

impl QuotaTarget {
    /// What an opportunity of this value adds to the sums of minor units; none where it does not count.
    fn counted(self, value: Money) -> Option<u64> {
        match self {
            QuotaTarget::Count(_) => Some(0),
            QuotaTarget::Amount(target) if target.currency() == value.currency() => {
                Some(value.amount_minor())
            }
            QuotaTarget::Amount(_) => None,
        }
    }

    /// Whether an opportunity in this currency can count for it.
    pub(super) fn fits(self, value: Money) -> bool {
        self.counted(value).is_some()
    }

    /// How much is to be sold: minor units, or opportunities.
    pub fn size(self) -> u64 {
        match self {
            QuotaTarget::Amount(amount) => amount.amount_minor(),
            QuotaTarget::Count(count) => count.into(),
        }
    }

    /// What of `attained` is measured against it: minor units or opportunities, won and open.
    pub fn measured(self, attained: &Attained) -> (u64, u64) {
        match self {
            QuotaTarget::Amount(_) => (attained.won_minor, attained.open_minor),
            QuotaTarget::Count(_) => (attained.won_count.into(), attained.open_count.into()),
        }
    }

    /// How much of it was sold.
    pub fn attainment(self, attained: &Attained) -> Share {
        Share {
            numerator: self.measured(attained).0.into(),
            denominator: self.size().into(),
        }
    }

    /// How much of it is missing: never below 0.
    pub fn gap(self, attained: &Attained) -> u64 {
        self.size().saturating_sub(self.measured(attained).0)
    }

    /// What is open ÷ what is missing; none when nothing is.
    pub fn coverage(self, attained: &Attained) -> Option<Share> {
        let gap = self.gap(attained);
        (gap > 0).then(|| Share {
            numerator: self.measured(attained).1.into(),
            denominator: gap.into(),
        })
    }
}
