//! Sending a quote: from then on it stays as it is.

use super::super::{OpportunityEvent, PipelineRefusal, Quote, QuoteStatus};
use super::Quoting;
use super::packages::gives_for_nothing;
use crate::{Context, Decision, Refusal};

/// How a quote is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sending {
    /// The version that was read; whichever there is if left out.
    pub expected: Option<u64>,
    /// Whether who sends it may give packages for nothing.
    pub may_give: bool,
}

/// Sends a draft. The quote it revises, `revised`, is superseded by it. The amount of the opportunity
/// follows it where it followed that one, or none. None when it was sent before.
///
/// # Errors
/// In this order: [`Refusal::VersionMismatch`], what became of it (such as
/// [`PipelineRefusal::QuoteWithdrawn`]), [`Refusal::SettingsMissing`],
/// [`PipelineRefusal::OpportunityClosed`], [`Refusal::CustomerNotFound`], [`Refusal::CustomerErased`],
/// [`Refusal::DayOutOfRange`] for a `valid_until` that is over, [`PipelineRefusal::QuoteGoodwill`],
/// [`PipelineRefusal::QuoteMissing`] for a revised one that was not found,
/// [`PipelineRefusal::QuoteSuperseded`] where another revision of it was sent,
/// [`PipelineRefusal::StageRequires`].
pub fn send_quote(
    quoting: &Quoting<'_>,
    quote: &Quote,
    revised: Option<&Quote>,
    sending: Sending,
    context: &Context,
) -> Result<Option<Decision>, Refusal> {
    let sent = quote.status == QuoteStatus::Sent;
    if let Some(expected) = sending.expected {
        // Sent again, the same request says the version that it sent.
        quote.must_be_version(if sent { expected + 1 } else { expected })?;
    }
    if sent {
        return Ok(None);
    }
    quote.status.must_be_draft()?;
    quoting.may_be_offered()?;
    let today = quoting.rules.today(context.now)?;
    if quote.valid_until.is_some_and(|last| last < today) {
        return Err(Refusal::DayOutOfRange("valid_until"));
    }
    if gives_for_nothing(quote) && !sending.may_give {
        return Err(PipelineRefusal::QuoteGoodwill.into());
    }
    let next = quote.becomes(QuoteStatus::Sent, context);
    let mut quotes = vec![next];
    let mut after = quoting.opportunity.clone();
    if let Some(old) = quote.revises {
        let old = revised.filter(|revised| revised.id == old);
        let old = old.ok_or(PipelineRefusal::QuoteMissing)?;
        if old.status == QuoteStatus::Superseded {
            return Err(PipelineRefusal::QuoteSuperseded.into());
        }
        if old.status.stands() {
            quotes.push(old.becomes(QuoteStatus::Superseded, context));
        }
    }
    let mut known = after.quotes.iter();
    let primary = known.find(|known| Some(known.id) == after.primary);
    let lapsed = primary.is_none_or(|primary| primary.has_lapsed(today));
    if lapsed || after.primary == quote.revises {
        after.primary = Some(quote.id);
    }
    for quote in &quotes {
        after.refer_to(quote);
    }
    quoting.rules.may_stay(quoting.opportunity, &after)?;
    let event = OpportunityEvent::QuoteSent(quote.id);
    quoting.changed(after, quotes, event, context).map(Some)
}
