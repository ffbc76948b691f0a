//! Taking a quote back.

use super::super::{OpportunityEvent, PipelineRefusal, Quote, QuoteStatus};
use super::Quoting;
use crate::{Context, Decision, Refusal};

/// The business takes a quote back, also a draft, and one that has lapsed. Where the amount followed it,
/// it follows the last other quote that can be accepted, or none. None when that was done before.
///
/// # Errors
/// In this order: [`PipelineRefusal::QuoteAccepted`], [`PipelineRefusal::QuoteRejected`],
/// [`PipelineRefusal::QuoteSuperseded`], [`Refusal::SettingsMissing`],
/// [`PipelineRefusal::OpportunityClosed`].
pub fn withdraw_quote(
    quoting: &Quoting<'_>,
    quote: &Quote,
    context: &Context,
) -> Result<Option<Decision>, Refusal> {
    match quote.status {
        QuoteStatus::Withdrawn => return Ok(None),
        QuoteStatus::Draft | QuoteStatus::Sent => {}
        QuoteStatus::Accepted => return Err(PipelineRefusal::QuoteAccepted.into()),
        QuoteStatus::Rejected => return Err(PipelineRefusal::QuoteRejected.into()),
        QuoteStatus::Superseded => return Err(PipelineRefusal::QuoteSuperseded.into()),
    }
    let today = quoting.rules.today(context.now)?;
    quoting.opportunity.position.status.must_be_undecided()?;
    let mut after = quoting.opportunity.clone();
    after.follow_another_than(quote.id, today);
    let next = quote.becomes(QuoteStatus::Withdrawn, context);
    let event = OpportunityEvent::QuoteWithdrawn(quote.id);
    quoting.changed(after, vec![next], event, context).map(Some)
}
