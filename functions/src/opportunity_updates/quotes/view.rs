//! Quotes as clients see them.

use chrono::{DateTime, NaiveDate, Utc};
use domain::catalog::{Kind, Template, TemplateTerms};
use domain::pipeline::{Quote, QuoteLine, QuoteStatus};
use domain::{CustomerId, Money, Note, OpportunityId, PackageId, QuoteId, TemplateId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::line::LineView;
use crate::catalog::{
    CapsField, CoverView, DepositField, InstalmentsField, TemplateView, ValidityField,
};
use crate::edge::MoneyField;

/// A quote.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = Quote)]
pub(crate) struct QuoteView {
    /// Its id: each revision has its own.
    #[schema(value_type = String)]
    id: QuoteId,
    /// The opportunity it is of.
    #[schema(value_type = String)]
    opportunity_id: OpportunityId,
    /// The customer it is for.
    #[schema(value_type = String)]
    customer_id: CustomerId,
    /// Counts the revisions, from 1.
    revision: u16,
    /// The quote that this is the next revision of.
    #[schema(value_type = Option<String>)]
    revises_id: Option<QuoteId>,
    /// How it stands.
    status: QuoteStatusField,
    /// What it offers.
    lines: Vec<QuoteLineView>,
    /// What all of it costs.
    #[schema(value_type = MoneyField)]
    total: Money,
    /// What must be paid of the packages before they can be used; null is as their templates said.
    deposit: Option<DepositField>,
    /// How the rest of each package is paid; null is as its template said.
    instalments: Option<InstalmentsField>,
    /// The last day on which it can be accepted; null is any.
    #[schema(value_type = Option<String>)]
    valid_until: Option<NaiveDate>,
    /// What the customer is told beside it.
    #[schema(value_type = Option<String>)]
    note: Option<Note>,
    /// When it was drafted.
    created_at: DateTime<Utc>,
    /// When it was sent.
    sent_at: Option<DateTime<Utc>>,
    /// When it was accepted, rejected, withdrawn or superseded.
    answered_at: Option<DateTime<Utc>>,
    /// The packages that its acceptance sold, in the order of the lines.
    #[schema(value_type = Vec<String>)]
    package_ids: Vec<PackageId>,
    /// Counts the changes; the ETag.
    version: u64,
}

/// How a quote stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = QuoteStatus)]
pub(crate) enum QuoteStatusField {
    /// Being written.
    Draft,
    /// Sent: it can be accepted.
    Sent,
    /// Accepted: what it has is sold.
    Accepted,
    /// The customer does not want it.
    Rejected,
    /// Its last day is over, and nobody answered.
    Expired,
    /// The business took it back.
    Withdrawn,
    /// Another quote was accepted, or its next revision sent.
    Superseded,
}

/// A line of a quote.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = QuoteLine)]
pub(crate) struct QuoteLineView {
    /// What and for how much.
    #[serde(flatten)]
    line: LineView,
    /// What each package of the line grants: as its template said when the quote was last written,
    /// whatever became of that. Null for a service.
    package: Option<QuotedPackageView>,
}

/// What a package would grant.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = QuotedPackage)]
pub(crate) struct QuotedPackageView {
    /// `visits`, `bundle`, `credit` or `pass`.
    #[schema(value_type = String)]
    kind: Kind,
    /// How long it is valid from when it is accepted; null is for ever.
    validity: Option<ValidityField>,
    /// For visits: how many.
    quantity: Option<u64>,
    /// For credit: how much.
    #[schema(value_type = Option<MoneyField>)]
    credit: Option<Money>,
    /// For a pass: how often it may be used; null is without limit.
    caps: Option<CapsField>,
    /// What it pays for; null is everything.
    services: Option<Vec<CoverView>>,
}

impl QuoteView {
    /// The quote as it stands on `today`.
    pub(super) fn of(quote: Quote, today: NaiveDate) -> Self {
        let lapsed = quote.has_lapsed(today);
        Self {
            id: quote.id,
            opportunity_id: quote.opportunity,
            customer_id: quote.customer,
            revision: quote.revision,
            revises_id: quote.revises,
            status: match quote.status {
                QuoteStatus::Draft => QuoteStatusField::Draft,
                QuoteStatus::Sent if lapsed => QuoteStatusField::Expired,
                QuoteStatus::Sent => QuoteStatusField::Sent,
                QuoteStatus::Accepted => QuoteStatusField::Accepted,
                QuoteStatus::Rejected => QuoteStatusField::Rejected,
                QuoteStatus::Withdrawn => QuoteStatusField::Withdrawn,
                QuoteStatus::Superseded => QuoteStatusField::Superseded,
            },
            lines: quote.lines.into_iter().map(QuoteLineView::from).collect(),
            total: quote.total,
            deposit: quote.deposit.map(Into::into),
            instalments: quote.plan.map(Into::into),
            valid_until: quote.valid_until,
            note: quote.note,
            created_at: quote.created_at,
            sent_at: quote.sent_at,
            answered_at: quote.answered_at,
            package_ids: quote.packages,
            version: quote.version,
        }
    }
}

impl From<QuoteLine> for QuoteLineView {
    fn from(line: QuoteLine) -> Self {
        Self {
            line: line.line.into(),
            package: line.terms.map(QuotedPackageView::from),
        }
    }
}

impl From<TemplateTerms> for QuotedPackageView {
    /// What a template of these terms shows.
    fn from(terms: TemplateTerms) -> Self {
        let template = TemplateView::from(Template {
            id: TemplateId::from_bytes([0; 16]),
            terms,
            archived: false,
            version: 1,
        });
        Self {
            kind: template.kind,
            validity: template.validity,
            quantity: template.quantity,
            credit: template.credit,
            caps: template.caps,
            services: template.services,
        }
    }
}
