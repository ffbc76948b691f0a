//! The next revision of a quote.

use super::super::{Quote, QuoteStatus};
use super::Quoting;
use super::draft::{added, drafted_before};
use crate::{Context, Decision, QuoteId, Refusal};

/// Drafts the next revision of a quote under the id `id`, with the same content; `found` is what is there
/// under that id. The old one stays as it is until the new one is sent. None when this very request
/// drafted it before.
///
/// # Errors
/// In this order: [`Refusal::KeyReused`], [`super::super::PipelineRefusal::QuoteNotSent`] for a draft,
/// [`super::super::PipelineRefusal::QuoteAccepted`], [`super::super::PipelineRefusal::QuoteSuperseded`],
/// [`Refusal::SettingsMissing`], [`super::super::PipelineRefusal::OpportunityClosed`],
/// [`Refusal::CustomerNotFound`], [`Refusal::CustomerErased`], [`super::super::PipelineRefusal::TooMany`].
pub fn revise_quote(
    quoting: &Quoting<'_>,
    quote: &Quote,
    (id, found): (QuoteId, Option<&Quote>),
    context: &Context,
) -> Result<Option<Decision>, Refusal> {
    if drafted_before(quoting.opportunity, found, context)? {
        return Ok(None);
    }
    match quote.status {
        QuoteStatus::Sent | QuoteStatus::Rejected | QuoteStatus::Withdrawn => {}
        QuoteStatus::Draft | QuoteStatus::Accepted | QuoteStatus::Superseded => {
            quote.status.must_be_sent()?;
        }
    }
    quoting.may_be_offered()?;
    let revision = Quote {
        id,
        revision: quote.revision.saturating_add(1),
        revises: Some(quote.id),
        status: QuoteStatus::Draft,
        created_at: context.now,
        sent_at: None,
        answered_at: None,
        drafted_by: context.fingerprint.clone(),
        changed_by: context.fingerprint.clone(),
        version: 1,
        ..quote.clone()
    };
    added(quoting, revision, context).map(Some)
}
