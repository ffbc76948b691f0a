//! A situation that may end in a sale.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    ActivityKind, Earned, ForecastCategory, LineItem, Milestone, PipelineRefusal, Position,
    QuoteStatus, Requirement, total,
};
use crate::packages::is_default;
use crate::{
    ActivityId, Actor, ActorId, CompanyId, CustomerId, Fingerprint, Instant, Money, Name, Note,
    OpportunityId, PackageId, QuotaId, QuoteId, Refusal, Slug,
};

/// The most of each thing that an opportunity has.
pub const MAX_LINKS: usize = 20;
/// See [`MAX_LINKS`].
pub const MAX_TAGS: usize = 20;
/// See [`MAX_LINKS`].
pub const MAX_PLANNED: usize = 50;
/// See [`MAX_LINKS`].
pub const MAX_QUOTES: usize = 20;
/// The assignments that the record keeps; the journal has all.
pub(super) const KEPT_ASSIGNMENTS: usize = 50;

/// An opportunity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opportunity {
    /// Its id.
    pub id: OpportunityId,
    /// The customer or lead.
    pub customer: CustomerId,
    /// What it is called. None once the person was erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Name>,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Note>,
    /// When what is sold would begin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts_on: Option<NaiveDate>,
    /// What it is thought to be worth, until lines or a quote say so.
    pub estimate: Money,
    /// How often the amount is earned.
    #[serde(default, skip_serializing_if = "is_default")]
    pub earned: Earned,
    /// Where somebody says that it stands in the forecast; else the stage says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forecast: Option<ForecastCategory>,
    /// What would be sold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<LineItem>,
    /// Its quotes, in the order in which they were made.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quotes: Vec<QuoteRef>,
    /// The quote that the amount follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub primary: Option<QuoteId>,
    /// Other people, and companies, who have to do with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Words it is found by.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub tags: BTreeSet<Slug>,
    /// What is to be done, first things first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub planned: Vec<Planned>,
    /// Who opened it.
    pub creator: Actor,
    /// Who answered for it since when, the present one last.
    pub assignments: Vec<Assignment>,
    /// When it is to be resumed, while it rests.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resume_on: Option<NaiveDate>,
    /// When it was last resumed, in the stage it is in.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "chrono::serde::ts_milliseconds_option"
    )]
    pub resumed_at: Option<Instant>,
    /// What somebody wrote when it was closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closing_note: Option<Note>,
    /// What it was opened from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// Whether the next one is opened when it is won.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recurs: Option<Recurrence>,
    /// The one that was opened when it was won: there is one, however often it is won.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<OpportunityId>,
    /// The quota it counts for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quota: Option<QuotaId>,
    /// The packages that its accepted quote sold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub packages: Vec<PackageId>,
    /// The facts of its packages that have moved it on.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub reached: BTreeSet<Milestone>,
    /// What requests about it are digested with before the journal has them: erased with the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub salt: Option<Fingerprint>,
    /// Where it stands.
    pub position: Position,
    /// When it last changed.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub changed_at: Instant,
    /// Counts the changes, from 1: the sequence number of its entries.
    pub version: u64,
}

/// A quote, as its opportunity knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuoteRef {
    /// Which.
    pub id: QuoteId,
    /// How it stands, as far as somebody said so: a sent one may have lapsed.
    pub status: QuoteStatus,
    /// What it comes to.
    pub total: Money,
    /// The last day on which it can be accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<NaiveDate>,
}

/// Somebody who has to do with an opportunity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Who.
    pub party: Party,
    /// As what, such as decision-maker.
    pub role: Slug,
    /// The one to turn to first; one at most.
    #[serde(default, skip_serializing_if = "is_default")]
    pub primary: bool,
}

/// A person or a company.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// A customer or lead.
    CustomerId(CustomerId),
    /// A company.
    CompanyId(CompanyId),
}

/// Something to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned {
    /// Which activity.
    pub id: ActivityId,
    /// What kind.
    pub kind: ActivityKind,
    /// When it is due or begins.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub at: Instant,
}

/// Who answered for an opportunity from when on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    /// Who.
    pub representative: ActorId,
    /// Since when.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub since: Instant,
}

/// What an opportunity was opened from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// Somebody copied this one.
    DuplicateOf(OpportunityId),
    /// This one was won, and recurs.
    RecurrenceOf(OpportunityId),
    /// This package will be used up before it ends.
    RenewalOf(PackageId),
}

/// When the next one is expected to be decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recurrence {
    /// So many months after this one was won, from 1 to 60.
    pub every_months: u8,
}

impl Opportunity {
    /// Where the amount comes from, and the amount: the primary quote, else the lines, else the estimate.
    ///
    /// # Errors
    /// [`Refusal::TooLarge`].
    pub fn amount(&self) -> Result<Money, Refusal> {
        let primary = self
            .quotes
            .iter()
            .find(|quote| Some(quote.id) == self.primary);
        if let Some(quote) = primary {
            return Ok(quote.total);
        }
        Ok(total(&self.lines)?.unwrap_or(self.estimate))
    }

    /// Whether the amount follows lines or a quote.
    pub fn amount_follows(&self) -> bool {
        self.primary.is_some() || !self.lines.is_empty()
    }

    /// Whether a quote was sent that still stands on `today`, or is accepted.
    pub fn has_quote(&self, today: NaiveDate) -> bool {
        self.quotes.iter().any(|quote| match quote.status {
            QuoteStatus::Sent => !quote.has_lapsed(today),
            QuoteStatus::Accepted => true,
            QuoteStatus::Draft
            | QuoteStatus::Rejected
            | QuoteStatus::Withdrawn
            | QuoteStatus::Superseded => false,
        })
    }

    /// Whether it has what a stage asks for.
    pub fn has(&self, requirement: Requirement) -> bool {
        match requirement {
            Requirement::Description => self.description.is_some(),
            Requirement::Amount => self.amount().is_ok_and(|amount| amount.amount_minor() > 0),
            Requirement::Lines => !self.lines.is_empty() || self.primary.is_some(),
            Requirement::StartsOn => self.starts_on.is_some(),
            Requirement::Link => !self.links.is_empty(),
            Requirement::NextActivity => !self.planned.is_empty(),
        }
    }

    /// What is to be done first.
    pub fn next_activity(&self) -> Option<Planned> {
        self.planned
            .iter()
            .copied()
            .min_by_key(|planned| (planned.at, planned.id))
    }

    /// Whether the person it is about is known: of nobody else anything is written down.
    ///
    /// # Errors
    /// [`Refusal::CustomerErased`].
    pub(super) fn must_be_of_somebody(&self) -> Result<(), Refusal> {
        match self.salt {
            Some(_) => Ok(()),
            None => Err(Refusal::CustomerErased),
        }
    }

    /// Whether the next one is opened when it is won: there is one, and none of a person who was erased.
    /// Only the customer's own record says for sure whether they were.
    pub fn may_open_next(&self) -> bool {
        self.recurs.is_some() && self.next.is_none() && self.salt.is_some()
    }

    /// Whether a person or company is its customer or linked to it.
    pub(super) fn has_to_do_with(&self, party: Party) -> bool {
        let linked = self.links.iter().any(|link| link.party == party);
        linked || party == Party::CustomerId(self.customer)
    }

    /// # Errors
    /// [`PipelineRefusal::TooMany`] for more of something than an opportunity has.
    pub(super) fn check_size(&self) -> Result<(), Refusal> {
        for (count, most, what) in [
            (self.links.len(), MAX_LINKS, "20 links"),
            (self.tags.len(), MAX_TAGS, "20 tags"),
            (self.planned.len(), MAX_PLANNED, "50 planned activities"),
            (self.quotes.len(), MAX_QUOTES, "20 quotes"),
        ] {
            if count > most {
                return Err(PipelineRefusal::TooMany(what).into());
            }
        }
        Ok(())
    }
}
