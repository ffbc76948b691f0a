//! The customer does not want a quote.

use super::super::{OpportunityEvent, PipelineRefusal, Quote, QuoteStatus};
use super::Quoting;
use crate::{Context, Decision, Refusal};

/// Rejects a sent quote, for the customer or as the customer. Where the amount followed it, it follows
/// the last other quote that can be accepted, or none. None when that was done before.
///
/// # Errors
/// In this order: [`PipelineRefusal::QuoteNotSent`], [`PipelineRefusal::QuoteAccepted`],
/// [`PipelineRefusal::QuoteWithdrawn`], [`PipelineRefusal::QuoteSuperseded`],
/// [`Refusal::SettingsMissing`], [`PipelineRefusal::QuoteClosed`], [`PipelineRefusal::QuoteLapsed`].
pub fn reject_quote(
    quoting: &Quoting<'_>,
    quote: &Quote,
    context: &Context,
) -> Result<Option<Decision>, Refusal> {
    if quote.status == QuoteStatus::Rejected {
        return Ok(None);
    }
    quote.status.must_be_sent()?;
    let today = quoting.rules.today(context.now)?;
    let status = quoting.opportunity.position.status;
    status
        .must_be_undecided()
        .map_err(|_| PipelineRefusal::QuoteClosed)?;
    quote.must_be_valid(today)?;
    let mut after = quoting.opportunity.clone();
    after.follow_another_than(quote.id, today);
    let context = &context.naming(quote.customer);
    let next = quote.becomes(QuoteStatus::Rejected, context);
    let event = OpportunityEvent::QuoteRejected(quote.id);
    quoting.changed(after, vec![next], event, context).map(Some)
}
