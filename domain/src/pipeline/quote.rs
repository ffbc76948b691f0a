//! Quotes: what a business offers to sell, for how much and until when. A quote that was sent stays as it
//! is; its next revision is a quote of its own.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::LineItem;
use crate::catalog::{Deposit, TemplateTerms};
use crate::packages::InstalmentPlan;
use crate::{CustomerId, Instant, Money, Note, OpportunityId, PackageId, QuoteId};

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
