//! Drafting a quote.

use chrono::NaiveDate;

use super::super::{
    Goods, Item, LineDraft, LineItem, Opportunity, OpportunityEvent, PipelineRefusal, Quote,
    QuoteLine, QuoteStatus, priced, total,
};
use super::Quoting;
use super::packages::{check_count, packages};
use crate::calendar::check_last_day;
use crate::catalog::Deposit;
use crate::packages::InstalmentPlan;
use crate::{Context, Decision, Note, QuoteId, Refusal};

/// A quote as somebody wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuoteDraft {
    /// What it offers; the opportunity's lines if left out.
    pub lines: Option<Vec<LineDraft>>,
    /// The last day on which it can be accepted; any if left out.
    pub valid_until: Option<NaiveDate>,
    /// What must be paid of the packages before they can be used: an amount is shared among them by
    /// price. What the templates say if left out.
    pub deposit: Option<Deposit>,
    /// How the rest of each package is paid; as the templates say if left out.
    pub plan: Option<InstalmentPlan>,
    /// What the customer is told beside it.
    pub note: Option<Note>,
}

/// Drafts the quote `id`; `found` is what is there under that id. None when this very request drafted it
/// before.
///
/// # Errors
/// In this order: [`Refusal::KeyReused`], [`Refusal::SettingsMissing`],
/// [`PipelineRefusal::OpportunityClosed`], [`Refusal::CustomerNotFound`], [`Refusal::CustomerErased`],
/// those of the lines (see [`priced`]), [`PipelineRefusal::QuoteEmpty`],
/// [`PipelineRefusal::QuoteTerms`] for too many packages, [`Refusal::DayOutOfRange`] for `valid_until`,
/// [`PipelineRefusal::QuoteTerms`] for a deposit or instalments that do not fit all packages together,
/// [`Refusal::PackageTerms`] for terms that do not fit one of them, [`PipelineRefusal::TooMany`].
pub fn draft_quote(
    quoting: &Quoting<'_>,
    draft: &QuoteDraft,
    goods: &Goods,
    (id, found): (QuoteId, Option<&Quote>),
    context: &Context,
) -> Result<Option<Decision>, Refusal> {
    if drafted_before(quoting.opportunity, found, context)? {
        return Ok(None);
    }
    quoting.may_be_offered()?;
    let opportunity = quoting.opportunity;
    let blank = Quote {
        id,
        opportunity: opportunity.id,
        customer: opportunity.customer,
        revision: 1,
        revises: None,
        status: QuoteStatus::Draft,
        lines: Vec::new(),
        total: opportunity.estimate,
        deposit: None,
        plan: None,
        valid_until: None,
        note: None,
        created_at: context.now,
        sent_at: None,
        answered_at: None,
        packages: Vec::new(),
        drafted_by: context.fingerprint.clone(),
        changed_by: context.fingerprint.clone(),
        version: 1,
    };
    let quote = written(blank, draft, quoting, goods, context)?;
    added(quoting, quote, context).map(Some)
}

/// Whether this very request drafted what was found.
///
/// # Errors
/// [`Refusal::KeyReused`] when another one did.
pub(super) fn drafted_before(
    opportunity: &Opportunity,
    found: Option<&Quote>,
    context: &Context,
) -> Result<bool, Refusal> {
    match found {
        None => Ok(false),
        Some(found)
            if found.opportunity == opportunity.id && found.drafted_by == context.fingerprint =>
        {
            Ok(true)
        }
        Some(_) => Err(Refusal::KeyReused),
    }
}

/// The decision that adds a draft to its opportunity.
///
/// # Errors
/// [`PipelineRefusal::TooMany`].
pub(super) fn added(
    quoting: &Quoting<'_>,
    quote: Quote,
    context: &Context,
) -> Result<Decision, Refusal> {
    let mut after = quoting.opportunity.clone();
    after.refer_to(&quote);
    after.check_size()?;
    let event = OpportunityEvent::QuoteDrafted(quote.id);
    quoting.changed(after, vec![quote], event, context)
}

/// The quote with what somebody wants in it: priced, and with the templates' terms as they are now.
///
/// # Errors
/// Those of [`draft_quote`], from the lines' on.
pub(super) fn written(
    quote: Quote,
    draft: &QuoteDraft,
    quoting: &Quoting<'_>,
    goods: &Goods,
    context: &Context,
) -> Result<Quote, Refusal> {
    let own = || quoting.opportunity.lines.iter().map(again).collect();
    let lines = priced(draft.lines.clone().unwrap_or_else(own), goods)?;
    let total = total(&lines)?.ok_or(PipelineRefusal::QuoteEmpty)?;
    check_count(&lines)?;
    if let Some(day) = draft.valid_until {
        check_last_day(day, "valid_until", context.now, quoting.rules.zone()?)?;
    }
    let lines = lines.into_iter().map(|line| QuoteLine {
        terms: goods.terms_of(line.item),
        line,
    });
    let quote = Quote {
        lines: lines.collect(),
        total,
        deposit: draft.deposit,
        plan: draft.plan,
        valid_until: draft.valid_until,
        note: draft.note.clone(),
        ..quote
    };
    packages(&quote)?;
    Ok(quote)
}

/// The line as it would be written again: at the price it has.
fn again(line: &LineItem) -> LineDraft {
    LineDraft {
        item: line.item,
        quantity: line.quantity,
        unit_price: Some(line.unit_price),
        discount: line.discount,
    }
}

impl Goods {
    fn terms_of(&self, item: Item) -> Option<crate::catalog::TemplateTerms> {
        match item {
            Item::ServiceId(_) => None,
            Item::TemplateId(id) => {
                let template = self.templates.iter().find(|template| template.id == id);
                template.map(|template| template.terms.clone())
            }
        }
    }
}
