//! Making a quote the one that the amount follows.

use super::super::{OpportunityEvent, PipelineRefusal};
use super::Quoting;
use crate::{Context, Decision, QuoteId, Refusal};

/// Makes a sent quote the primary one: the opportunity's amount follows it. The quote itself stays as it
/// is; how it stands is what the opportunity knows of it. None when it is the primary one.
///
/// # Errors
/// In this order: [`PipelineRefusal::QuoteMissing`], [`PipelineRefusal::QuoteNotSent`] or what became of
/// it, [`Refusal::SettingsMissing`], [`PipelineRefusal::OpportunityClosed`],
/// [`PipelineRefusal::QuoteLapsed`], [`PipelineRefusal::StageRequires`].
pub fn make_primary(
    quoting: &Quoting<'_>,
    quote: QuoteId,
    context: &Context,
) -> Result<Option<Decision>, Refusal> {
    let mut quotes = quoting.opportunity.quotes.iter();
    let known = quotes.find(|known| known.id == quote);
    let known = known.ok_or(PipelineRefusal::QuoteMissing)?;
    known.status.must_be_sent()?;
    if quoting.opportunity.primary == Some(quote) {
        return Ok(None);
    }
    let today = quoting.rules.today(context.now)?;
    quoting.opportunity.position.status.must_be_undecided()?;
    if known.has_lapsed(today) {
        return Err(PipelineRefusal::QuoteLapsed.into());
    }
    let mut after = quoting.opportunity.clone();
    after.primary = Some(quote);
    quoting.rules.may_stay(quoting.opportunity, &after)?;
    let event = OpportunityEvent::QuotePrimary(quote);
    quoting.changed(after, Vec::new(), event, context).map(Some)
}
