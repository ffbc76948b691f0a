//! Editing a draft.

use super::super::{Goods, OpportunityEvent, Quote, QuoteStatus};
use super::draft::written;
use super::{QuoteDraft, Quoting};
use crate::{Context, Decision, Refusal};

/// Writes a draft anew, with the prices and terms of this moment. None when this very request did it
/// before.
///
/// # Errors
/// In this order: [`Refusal::VersionMismatch`], [`super::super::PipelineRefusal::QuoteNotDraft`] or what
/// became of it, then those of [`super::draft_quote`] from [`Refusal::SettingsMissing`] on.
pub fn edit_quote(
    quoting: &Quoting<'_>,
    quote: &Quote,
    draft: &QuoteDraft,
    goods: &Goods,
    expected: u64,
    context: &Context,
) -> Result<Option<Decision>, Refusal> {
    if quote.version == expected + 1 && quote.changed_by == context.fingerprint {
        return Ok(None);
    }
    quote.must_be_version(expected)?;
    quote.status.must_be_draft()?;
    quoting.may_be_offered()?;
    let next = quote.becomes(QuoteStatus::Draft, context);
    let next = written(next, draft, quoting, goods, context)?;
    let event = OpportunityEvent::QuoteEdited(quote.id);
    let after = quoting.opportunity.clone();
    quoting.changed(after, vec![next], event, context).map(Some)
}
