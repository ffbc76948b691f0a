//! Quotes: what a business offers to sell, for how much and until when. A quote that was sent stays as it
//! is; its next revision is a quote of its own.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{LineItem, PipelineRefusal, QuoteRef};
use crate::catalog::{Deposit, TemplateTerms};
use crate::packages::InstalmentPlan;
use crate::{
    CustomerId, Fingerprint, Instant, Money, Note, OpportunityId, PackageId, QuoteId, Refusal,
};

/// How a quote stands, as far as somebody said so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum QuoteStatus {
    /// Being written.
    Draft,
    /// Sent: it can be accepted.
    Sent,
    /// Accepted: what it has is sold.
    Accepted,
    /// The customer does not want it.
    Rejected,
    /// The business took it back.
    Withdrawn,
    /// Another quote was accepted, or its next revision sent.
    Superseded,
}

/// One revision of a quote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// Its id: each revision has its own.
    pub id: QuoteId,
    /// The opportunity it is of.
    pub opportunity: OpportunityId,
    /// The customer it is for.
    pub customer: CustomerId,
    /// Counts the revisions of a quote, from 1.
    pub revision: u16,
    /// The quote that this is the next revision of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revises: Option<QuoteId>,
    /// How it stands.
    pub status: QuoteStatus,
    /// What it offers.
    pub lines: Vec<QuoteLine>,
    /// What all of it costs.
    pub total: Money,
    /// What must be paid of the packages before they can be used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deposit: Option<Deposit>,
    /// How the rest of each package is paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<InstalmentPlan>,
    /// The last day on which it can be accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<NaiveDate>,
    /// What the customer is told beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
    /// When it was drafted.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub created_at: Instant,
    /// When it was sent.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "chrono::serde::ts_milliseconds_option"
    )]
    pub sent_at: Option<Instant>,
    /// When it was accepted, rejected, withdrawn or superseded.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "chrono::serde::ts_milliseconds_option"
    )]
    pub answered_at: Option<Instant>,
    /// The packages that its acceptance sold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub packages: Vec<PackageId>,
    /// The request that drafted it, so that a repeated one is known again.
    pub drafted_by: Fingerprint,
    /// The request that last changed it.
    pub changed_by: Fingerprint,
    /// Counts its changes, from 1.
    pub version: u64,
}

/// A line of a quote: priced and, for a package, with the terms it will be sold on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuoteLine {
    /// What and for how much.
    #[serde(flatten)]
    pub line: LineItem,
    /// The terms of each package, as they were when the quote was drafted or last edited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<TemplateTerms>,
}

impl QuoteStatus {
    /// Whether somebody may still accept it, now or once it is sent.
    pub(super) fn stands(self) -> bool {
        match self {
            QuoteStatus::Draft | QuoteStatus::Sent => true,
            QuoteStatus::Accepted
            | QuoteStatus::Rejected
            | QuoteStatus::Withdrawn
            | QuoteStatus::Superseded => false,
        }
    }

    /// # Errors
    /// [`PipelineRefusal::QuoteNotDraft`] for what was sent, else what became of it.
    pub(super) fn must_be_draft(self) -> Result<(), PipelineRefusal> {
        match self {
            QuoteStatus::Draft => Ok(()),
            QuoteStatus::Sent => Err(PipelineRefusal::QuoteNotDraft),
            QuoteStatus::Accepted
            | QuoteStatus::Rejected
            | QuoteStatus::Withdrawn
            | QuoteStatus::Superseded => self.must_be_sent(),
        }
    }

    /// # Errors
    /// [`PipelineRefusal::QuoteNotSent`] for a draft, else what became of it:
    /// [`PipelineRefusal::QuoteAccepted`], [`PipelineRefusal::QuoteRejected`],
    /// [`PipelineRefusal::QuoteWithdrawn`], [`PipelineRefusal::QuoteSuperseded`].
    pub(super) fn must_be_sent(self) -> Result<(), PipelineRefusal> {
        match self {
            QuoteStatus::Sent => Ok(()),
            QuoteStatus::Draft => Err(PipelineRefusal::QuoteNotSent),
            QuoteStatus::Accepted => Err(PipelineRefusal::QuoteAccepted),
            QuoteStatus::Rejected => Err(PipelineRefusal::QuoteRejected),
            QuoteStatus::Withdrawn => Err(PipelineRefusal::QuoteWithdrawn),
            QuoteStatus::Superseded => Err(PipelineRefusal::QuoteSuperseded),
        }
    }
}

impl Quote {
    /// As its opportunity knows it.
    pub fn reference(&self) -> QuoteRef {
        QuoteRef {
            id: self.id,
            status: self.status,
            total: self.total,
            valid_until: self.valid_until,
        }
    }

    /// Whether it was sent and nobody answered while it was valid.
    pub fn has_lapsed(&self, today: NaiveDate) -> bool {
        self.reference().has_lapsed(today)
    }

    /// # Errors
    /// [`PipelineRefusal::QuoteLapsed`].
    pub(super) fn must_be_valid(&self, today: NaiveDate) -> Result<(), PipelineRefusal> {
        match self.has_lapsed(today) {
            true => Err(PipelineRefusal::QuoteLapsed),
            false => Ok(()),
        }
    }

    /// # Errors
    /// [`Refusal::VersionMismatch`].
    pub(super) fn must_be_version(&self, expected: u64) -> Result<(), Refusal> {
        match self.version == expected {
            true => Ok(()),
            false => Err(Refusal::VersionMismatch),
        }
    }
}

impl QuoteRef {
    /// Whether it was sent and nobody answered while it was valid.
    pub fn has_lapsed(&self, today: NaiveDate) -> bool {
        let over = self.valid_until.is_some_and(|last| last < today);
        self.status == QuoteStatus::Sent && over
    }
}
